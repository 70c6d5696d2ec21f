// What /tools/check-output is asked and what it answers. The rule it keeps: nothing goes into an address, nothing is kept,
// and what looks like a client secret is neither read nor repeated.

import { judge, type Verdict } from '../powershell/output/judge.ts'
import { readOutput } from '../powershell/output/read.ts'
import { textOf } from '../powershell/quote.ts'
import { guidIn, one, readGuid, readName, withoutSecretWords } from '../steps/fields.ts'
import { whichOtherId } from '../steps/register-the-application.manual.ts'
import type { Field, FieldProblem, Input } from '../steps/step.ts'
import { readMailboxParameters, withoutSecrets } from './mailbox-parameters.ts'
import { readIds } from './pasted-ids.ts'
import { scriptFor } from './powershell-files.ts'
import { cloudField, organizationField } from './powershell-form.ts'
import {
  type Asked,
  pairsOf,
  queryOf,
  readCloud,
  runnerProblems,
  type ToolCloud,
  usualName
} from './powershell-query.ts'

export type Repair = {
  /** undefined where it is too long to be read on a page. */
  code: string | undefined
  /** What the file is asked for by, as names and values of a form. */
  pairs: readonly (readonly [name: string, value: string])[]
}

export type Checked = {
  verdicts: readonly Verdict[]
  /** Verdicts that are not given, as a page would be too long. */
  left: number
  /** Errors that stood in the text, with their lines. */
  errors: readonly { line: number; text: string }[]
  /** Where Exchange's one entry has another Object ID and the tenant is known. */
  repair?: Repair
  /** Where it is another: the script maker, with these IDs where they suffice. */
  scriptsHref?: string
  /** Of the form; nothing has checked it. */
  objectId: string
}

export type Check = { fields: readonly Field[]; problems: readonly FieldProblem[]; checked?: Checked }

const longestShown = 100_000
const mostVerdicts = 500
const mostErrors = 50

/** Reads the form and answers it. Throws nothing. */
export async function checkOutput(input: Input, clouds: readonly ToolCloud[]): Promise<Check> {
  const fields = checkFields(input, clouds)
  const ids = readIds(input)
  const own = readGuid(input, 'applicationObjectId', 'application’s own Object ID', true)
  const mailboxes = readMailboxParameters(input)
  const cloud = readCloud(input, clouds)
  const text = withoutSecretWords(input.output?.[0] ?? '')
  const problems: FieldProblem[] = ids.problems
    .filter(({ parameter }) => parameter !== 'tenantId' || one(input, 'tenantId'))
    .map(({ parameter, problem }) => ({ field: parameter, says: problem }))
  const { appId, objectId, tenantId } = ids.found
  if (own.problem) problems.push(own.problem)
  const other = objectId && own.value === objectId && whichOtherId(objectId, undefined, own.value, undefined)
  if (other) problems.push({ field: 'objectId', says: other })
  problems.push(...mailboxes.problems.map(({ problem }) => ({ field: 'mailboxes', says: problem })))
  const asked: Asked = {
    appId,
    objectId,
    tenantId,
    displayName: usualName,
    cloud: cloud.found,
    protocols: [],
    mailboxes: mailboxes.mailboxes,
    delegatedOrganization: one(input, 'delegatedOrganization') || undefined
  }
  for (const { parameter, problem } of [...runnerProblems(asked), ...cloud.problems])
    problems.push({ field: parameter, says: problem })
  if (!text.trim()) problems.push({ field: 'output', says: 'Paste what PowerShell printed.' })
  if (problems.length > 0) return { fields, problems }

  const found = readOutput(text)
  const verdicts = await judge(found, {
    appId,
    objectId,
    // Nothing is sent to Microsoft from here, so nothing ever checks it.
    unchecked: true,
    applicationObjectId: own.value,
    tenantId: tenantId || undefined,
    mailboxes: mailboxes.mailboxes
  })
  const otherId = needsRepair(verdicts)
  const shownName = readName(found.principals.find(({ appId: id }) => id?.text === appId)?.displayName?.text ?? '')
  const named: Asked = { ...asked, displayName: typeof shownName === 'string' ? shownName : usualName }
  const checked: Checked = {
    verdicts: verdicts.slice(0, mostVerdicts),
    left: Math.max(0, verdicts.length - mostVerdicts),
    errors: found.errors.slice(0, mostErrors),
    objectId
  }
  if (!otherId) return { fields, problems: [], checked }
  if (!tenantId) return { fields, problems: [], checked: { ...checked, scriptsHref: '/tools/powershell' } }
  // The list stays out of the address: it may be longer than one, and the scripts' page asks for it.
  const scriptsHref = `/tools/powershell?${queryOf({ ...named, mailboxes: [] })}`
  return { fields, problems: [], checked: { ...checked, scriptsHref, repair: repairOf(named) } }
}

/** Whether Exchange's entry is the last that is shown, one, and has another Object ID: the repair stops at several, and mends
 *  nothing else. */
function needsRepair(verdicts: readonly Verdict[]): boolean {
  const entries = verdicts.filter(({ about, kind }) => about === 'principal' && kind !== 'not-shown')
  return entries.length > 0 && entries.every(({ is }) => is !== undefined)
}

function repairOf(asked: Asked): Repair {
  const script = scriptFor('repair.ps1', asked)
  const code = script && textOf(script)
  return {
    code: code && code.length <= longestShown ? code : undefined,
    pairs: [...pairsOf({ ...asked, mailboxes: [] }), ['mailboxes', asked.mailboxes.join(' ')]]
  }
}

/** The form as it stands. */
export function checkFields(input: Input, clouds: readonly ToolCloud[]): readonly Field[] {
  const id = (name: string) => [guidIn(one(input, name)) ?? '']
  return [
    {
      name: 'output',
      label: 'What PowerShell printed',
      hint: 'A receipt, or the output of Get-ServicePrincipal, Get-MailboxPermission or Get-CASMailbox. Take the commands along: they name the mailbox. Format-List shows IDs whole, tables often cut them.',
      kind: 'lines',
      value: [withoutSecretWords(input.output?.[0] ?? '')]
    },
    {
      name: 'appId',
      label: 'Application (client) ID',
      hint: 'App registrations, your application, Overview.',
      kind: 'text',
      value: id('appId'),
      autoComplete: 'off'
    },
    {
      name: 'objectId',
      label: 'Object ID of the enterprise application',
      hint: 'Enterprise applications, your application, Overview. Not the Object ID that App registrations shows.',
      kind: 'text',
      value: id('objectId'),
      autoComplete: 'off'
    },
    {
      name: 'applicationObjectId',
      label: 'The application’s own Object ID (optional)',
      hint: 'App registrations, your application, Overview. With it, the commonest mistake is called by its name.',
      kind: 'text',
      value: id('applicationObjectId'),
      autoComplete: 'off'
    },
    {
      name: 'tenantId',
      label: 'Directory (tenant) ID (optional)',
      hint: 'With it a receipt is checked against the tenant, and a wrong Object ID gets a script that repairs it.',
      kind: 'text',
      value: id('tenantId'),
      autoComplete: 'off'
    },
    {
      name: 'mailboxes',
      label: 'Mailboxes (optional)',
      hint: 'The ones that the application should open. Left empty, those in the output are checked.',
      kind: 'lines',
      value: [withoutSecrets((input.mailboxes ?? []).join('\n'))]
    },
    // How the script connects that repairs a wrong Object ID.
    organizationField(input),
    cloudField(input, clouds)
  ]
}
