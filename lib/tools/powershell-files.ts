// The files of /tools/powershell: the name at the end of the address says which script, the query what goes into it.
// The rule it keeps: the same query makes the same bytes, whoever asks and however.
import { diagnosisScript } from '../powershell/diagnosis.ts'
import type { PowerShell } from '../powershell/quote.ts'
import { repairScript } from '../powershell/repair.ts'
import {
  mailboxesScript,
  registerScript,
  type ScriptInput,
  scriptProblems,
  undoScript,
  wholeScript
} from '../powershell/script.ts'
import { type ScriptFile, scriptFile } from '../powershell/script-file.ts'
import { type Asked, type ParameterProblem, scriptInputOf } from './powershell-query.ts'

type Kind = { title: string; why: string; called: string; make: (input: ScriptInput) => PowerShell; mailboxes: boolean }

export const scriptKinds = {
  'script.ps1': {
    title: 'The whole script',
    why: 'Registers the application in Exchange Online and opens the mailboxes. It checks where it is connected before it writes, can be run again without harm, and ends with a receipt.',
    called: 'exchange',
    make: wholeScript,
    mailboxes: false
  },
  'register.ps1': {
    title: 'Only register the application',
    why: 'The first half: Exchange Online learns of the application. No mailbox is opened.',
    called: 'register-in-exchange',
    make: registerScript,
    mailboxes: false
  },
  'mailboxes.ps1': {
    title: 'Only open the mailboxes',
    why: 'The second half, for an application that Exchange Online knows already.',
    called: 'open-the-mailboxes',
    make: mailboxesScript,
    mailboxes: true
  },
  'diagnosis.ps1': {
    title: 'Look, and change nothing',
    why: 'Looks at what Exchange Online holds for the application: its Object ID, and for each mailbox what it is, whether the application may open it and has Send As for it, and which protocols are on. Its receipt says what is wrong; paste it into the checker.',
    called: 'diagnosis',
    make: diagnosisScript,
    mailboxes: false
  },
  'repair.ps1': {
    title: 'Repair a wrong Object ID',
    why: 'Removes the application’s entry in Exchange Online where its Object ID is wrong, makes it again with the right one, and opens the mailboxes again. Where it is right already, nothing is removed.',
    called: 'repair',
    make: repairScript,
    mailboxes: false
  },
  'undo.ps1': {
    title: 'Undo',
    why: 'Takes the mailbox permissions, Send As included, away again and removes the application from Exchange Online. Protocol switches stay as they are.',
    called: 'undo',
    make: undoScript,
    mailboxes: false
  }
} as const satisfies Readonly<Record<string, Kind>>

export type ScriptName = keyof typeof scriptKinds

export const isScriptName = (name: string): name is ScriptName => Object.hasOwn(scriptKinds, name)

export type MadeFile = { ok: true; file: ScriptFile } | { ok: false; problems: readonly ParameterProblem[] }

/** One script as text for a page; undefined where it would do nothing. */
export function scriptFor(name: ScriptName, asked: Asked): PowerShell | undefined {
  const { make, mailboxes } = scriptKinds[name]
  return mailboxes && asked.mailboxes.length === 0 ? undefined : make(scriptInputOf(asked))
}

/** One script as a file. */
export function makeFile(name: ScriptName, asked: Asked): MadeFile {
  const wrong = scriptProblems(scriptInputOf(asked)).map(({ field, says }) => ({
    parameter: nameOf(field),
    problem: says
  }))
  if (wrong.length > 0) return { ok: false, problems: wrong }
  const script = scriptFor(name, asked)
  if (!script) return { ok: false, problems: [{ parameter: 'mailbox', problem: 'Name at least one mailbox.' }] }
  return { ok: true, file: scriptFile(script, `${asked.displayName} ${scriptKinds[name].called}`) }
}

const nameOf = (field: keyof ScriptInput) =>
  field === 'name'
    ? 'displayName'
    : field === 'mailboxes'
      ? 'mailbox'
      : field === 'exchangeEnvironmentName'
        ? 'cloud'
        : field
