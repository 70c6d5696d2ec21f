// The scripts of the test's page: the diagnosis of what fails, and for a shut gate the one that opens just that.
// The rule it keeps: a script names only the mailboxes whose gate it opens.
import 'server-only'
import type { Diagnosis, Fix, GateId } from '../gates/gate.ts'
import { diagnosisScript } from '../powershell/diagnosis.ts'
import type { PowerShell } from '../powershell/quote.ts'
import { repairScript } from '../powershell/repair.ts'
import { mailboxesScript, wholeScript } from '../powershell/script.ts'
import type { ScriptInput } from '../powershell/script-input.ts'
import { sendAsScript } from '../powershell/send-as.ts'
import { switchesScript } from '../powershell/switches.ts'
import { registerInExchange } from '../steps/register-in-exchange.ts'
import { scriptInput, scriptPanel } from '../steps/scripts.ts'
import type { Panel, Protocol } from '../steps/step.ts'
import type { AtSetup } from './door.ts'
import { findGates, type Gates } from './gates.ts'

export type ScriptPanel = Extract<Panel, { kind: 'script' }>

const makers: Record<NonNullable<Fix['script']>, (input: ScriptInput) => PowerShell> = {
  // An entry that is made anew has been granted nothing.
  register: wholeScript,
  repair: repairScript,
  mailboxes: mailboxesScript,
  switches: switchesScript,
  'send-as': sendAsScript
}

const titles: Record<NonNullable<Fix['script']>, string> = {
  register: 'Register the application and open its mailboxes',
  repair: 'Give Exchange the right Object ID',
  mailboxes: 'Open these mailboxes',
  switches: 'Switch the protocol on for these mailboxes',
  'send-as': 'Grant the application Send As for these addresses'
}

/** The diagnosis of every mailbox that is refused without evidence which gate is shut. Where none of them has a gate left that
 *  it could show, it is another look and promises nothing; undefined where no mailbox may have any gate shut. */
export function diagnosisPanel(at: AtSetup, gates: Gates): ScriptPanel | undefined {
  const input = scriptInput(at.setup, registerInExchange)
  if (!input) return undefined
  const panel = (mailboxes: readonly string[], title: string, why: string) =>
    scriptPanel(at.setup, 'diagnosis', title, why, diagnosisScript({ ...input, mailboxes }))
  const decides = failing(at, gates, ({ next }) => next === 'diagnosis-script').mailboxes
  if (decides.length > 0)
    return panel(
      decides,
      'Find the shut gate',
      'It looks at Exchange and changes nothing. Paste its receipt below: that decides.'
    )
  const { mailboxes, found } = failing(at, gates, wasSeen)
  if (mailboxes.length === 0) return undefined
  const unseen = found.some(({ candidates }) => candidates.some(({ gate }) => gate === 'no-security-defaults'))
  return panel(mailboxes, 'Look at Exchange again', unseen ? `${lookAgain} ${lookInEntra}` : lookAgain)
}

const lookAgain =
  'All that this script shows was seen to be right. Run it again if something may have changed since: it changes nothing.'
const lookInEntra =
  'It cannot show security defaults: look in Microsoft Entra under Properties, Manage security defaults.'

/** The script that opens one gate for every mailbox where it is shut; undefined where no script does. */
export function fixPanel(at: AtSetup, gates: Gates, gate: GateId): ScriptPanel | undefined {
  const scriptOf = ({ shut }: Diagnosis) => shut.find(one => one.gate === gate)?.fix.script
  const shut = failing(at, gates, diagnosis => scriptOf(diagnosis) !== undefined)
  const [first] = shut.found
  const script = first && scriptOf(first)
  const input = scriptInput(at.setup, registerInExchange)
  if (!script || !input) return undefined
  const makesTheEntry = script === 'repair' || script === 'register'
  const code = makers[script]({
    ...input,
    mailboxes: makesTheEntry ? at.setup.mailboxes : shut.mailboxes,
    protocols: script === 'switches' ? shut.protocols : []
  })
  return scriptPanel(at.setup, `fix-${gate}`, titles[script], 'It does just that, and looks before it writes.', code)
}

/** The panel of one of these scripts by its ID, for the download. */
export async function findFixScript(at: AtSetup, id: string): Promise<ScriptPanel | undefined> {
  const gates = await findGates(at)
  if (!gates) return undefined
  return id === 'diagnosis' ? diagnosisPanel(at, gates) : fixPanel(at, gates, id.replace(/^fix-/, '') as GateId)
}

/** Refused, with everything right that the script shows: time is left to blame, what it cannot show, or nothing known. */
const wasSeen = ({ outcome, shut, candidates, changedSince, unexplained }: Diagnosis) =>
  outcome === 'refused' &&
  !changedSince &&
  shut.every(({ gate }) => gate === 'time-passed') &&
  shut.length + candidates.length + (unexplained?.length ?? 0) > 0

function failing({ setup }: AtSetup, gates: Gates, fits: (diagnosis: Diagnosis) => boolean) {
  const found: Diagnosis[] = []
  const mailboxes = new Set<string>()
  const protocols = new Set<Protocol>()
  for (const address of setup.mailboxes)
    for (const protocol of setup.protocols) {
      const diagnosis = gates.of(address, protocol)
      if (!fits(diagnosis)) continue
      found.push(diagnosis)
      mailboxes.add(address)
      protocols.add(protocol)
    }
  return { found, mailboxes: [...mailboxes], protocols: [...protocols] }
}
