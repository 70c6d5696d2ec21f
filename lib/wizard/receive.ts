// What a person pasted from the PowerShell window: read, judged against the setup, kept as evidence.
// The rule it keeps: the text itself is not kept, and what may be a client secret is not even read.
import 'server-only'
import { explain, type Finding } from '../diagnosis/explain.ts'
import type { ExchangeEvidence } from '../powershell/evidence.ts'
import { evidenceOf } from '../powershell/output/evidence.ts'
import { judge, type Verdict } from '../powershell/output/judge.ts'
import { mostRead, readOutput } from '../powershell/output/read.ts'
import { sidInExchange } from '../steps/exchange-stands.ts'
import { withoutSecretWords } from '../steps/fields.ts'
import { registerTheApplication } from '../steps/register-the-application.ts'
import { objectIdUnknown } from '../steps/scripts.ts'
import type { Input } from '../steps/step.ts'
import type { AtStep } from './door.ts'
import { saveReceipts } from './evidence-store.ts'
import { mailboxesInQuestion } from './in-question.ts'
import { standByEvidence } from './stand-by-evidence.ts'
import { writeDiary } from './store.ts'
import { whoOf } from './who.ts'

export type Received = {
  problem?: string
  verdicts: readonly Verdict[]
  /** Verdicts that are not given, as a page would be too long. */
  left: number
  /** Errors that PowerShell printed, with what the failure dictionary says of them. */
  errors: readonly { line: number; text: string }[]
  findings: readonly Finding[]
}

/** For the diary: of which scripts a receipt was pasted, and when they ran. */
export function pastedInWords(looks: readonly ExchangeEvidence[]): string {
  const receipts = looks.flatMap(look => (look.source === 'receipt' ? [`${look.script}, run at ${look.at}`] : []))
  return receipts.length > 0
    ? `Pasted a receipt of the script ${receipts.join('; ')}`
    : 'Pasted what PowerShell printed'
}

const mostVerdicts = 100
const mostErrors = 20
/** Nothing was read, and why. */
export const notRead = (problem: string): Received => ({ problem, verdicts: [], left: 0, errors: [], findings: [] })

/** Takes a receipt or an output, pasted or as a file; says what it means, and lets the steps stand accordingly. */
export async function receivePasted(at: AtStep, input: Input): Promise<Received> {
  const app = at.setup.found(registerTheApplication)
  if (app && !app.enterpriseObjectId) return notRead([`${objectIdUnknown.title}.`, ...objectIdUnknown.says].join(' '))
  if (!app?.enterpriseObjectId || !at.setup.tenantId)
    return notRead('Say first which application it is, on the page Register the application.')
  const text = withoutSecretWords([...(input.output ?? []), ...(input.details ?? [])].join('\n'))
  if (!text.trim()) return notRead('Paste what the PowerShell window shows, from its first line to its last.')
  if (text.length > mostRead) return notRead('This is too long. Paste the receipt alone, with its first and last line.')
  const expected = {
    appId: app.appId,
    objectId: app.enterpriseObjectId,
    unchecked: app.unchecked,
    applicationObjectId: app.applicationObjectId,
    tenantId: at.setup.tenantId,
    setupId: at.setup.id,
    mailboxes: at.setup.mailboxes,
    sid: sidInExchange(at.setup, app)
  }
  const found = readOutput(text)
  const looks = await evidenceOf(found, expected, at.setup.now.toISOString())
  const mailboxes = await mailboxesInQuestion(at.setup, app, found)
  const verdicts = await judge(found, { ...expected, mailboxes })
  if (looks.length > 0) {
    await saveReceipts(at.row.id, looks)
    await standByEvidence(at, 'receipt')
    await writeDiary(at.row.id, { stepId: at.step.id, who: whoOf(at), kind: 'word', says: pastedInWords(looks) })
  }
  const errors = found.errors.slice(0, mostErrors)
  const { findings } = explain(errors.map(error => error.text).join('\n'))
  return {
    verdicts: verdicts.slice(0, mostVerdicts),
    left: Math.max(0, verdicts.length - mostVerdicts),
    errors,
    findings
  }
}
