// Runs a script from beginning to end in a fresh window. The rule it keeps: whatever happens inside, an answer comes back: the
// lines in order, what was put on the clipboard and into files, and the exit code.

import type { Store } from '../state.ts'
import type { Cmdlet } from './cmdlet.ts'
import { connectCmdlets } from './cmdlets-connect.ts'
import { fileCmdlets } from './cmdlets-files.ts'
import { machineCmdlets } from './cmdlets-machine.ts'
import { moduleCmdlets } from './cmdlets-modules.ts'
import { organizationCmdlets } from './cmdlets-organization.ts'
import { outputCmdlets } from './cmdlets-output.ts'
import { permissionCmdlets } from './cmdlets-permissions.ts'
import { pipelineCmdlets } from './cmdlets-pipeline.ts'
import { principalCmdlets } from './cmdlets-principals.ts'
import { recipientCmdlets } from './cmdlets-recipients.ts'
import { selectCmdlets } from './cmdlets-select.ts'
import { sendAsCmdlets } from './cmdlets-send-as.ts'
import { sortCmdlets } from './cmdlets-sort.ts'
import { type Edition, ErrorRecord, errorLines, Leaving, LimitReached, Refused, Thrown } from './errors.ts'
import { runStatements } from './evaluate.ts'
import { Display } from './format.ts'
import { newestModule } from './module.ts'
import { parse, parseByLines } from './parse.ts'
import type { Machine, Session } from './session.ts'
import { type Line, Shell } from './shell.ts'
import type { Block } from './syntax.ts'
import { ParseError } from './tokens.ts'
import { text, truth, type Value } from './values.ts'

const all: readonly Cmdlet[] = [
  ...outputCmdlets,
  ...pipelineCmdlets,
  ...selectCmdlets,
  ...sortCmdlets,
  ...machineCmdlets,
  ...moduleCmdlets,
  ...fileCmdlets,
  ...connectCmdlets,
  ...principalCmdlets,
  ...permissionCmdlets,
  ...sendAsCmdlets,
  ...recipientCmdlets,
  ...organizationCmdlets
]
const cmdlets: ReadonlyMap<string, Cmdlet> = new Map(all.map(cmdlet => [cmdlet.name.toLowerCase(), cmdlet]))

export type RunRequest = {
  script: string
  /** User principal name of who sits at the keyboard. */
  as: string
  edition?: Edition
  /** `file`: as a .ps1; `lines`: pasted into a window that runs every statement by itself as soon as it is complete. */
  how?: 'file' | 'lines'
  machine?: Partial<Machine>
}

export type RunResult = {
  output: string
  lines: readonly Line[]
  clipboard: string | null
  files: readonly { name: string; text: string }[]
  exitCode: number
  failed: boolean
}

/** undefined when nobody of this name signs in here. */
export function findSignIn(store: Store, upn: string): Pick<Session, 'tenant' | 'person'> | undefined {
  const key = upn.toLowerCase()
  for (const tenant of store.state.tenants) {
    const person = tenant.people.find(one => one.userType === 'Member' && one.userPrincipalName.toLowerCase() === key)
    if (person) return { tenant, person }
  }
  return undefined
}

/** Runs a script as this person. Throws nothing of the script's making. */
export function runScript(
  store: Store,
  request: RunRequest,
  who: Pick<Session, 'tenant' | 'person'>,
  now = () => new Date()
): RunResult {
  const session: Session = {
    store,
    ...who,
    machine: { module: newestModule, executionPolicy: 'RemoteSigned', ...request.machine },
    moduleLoaded: false,
    connections: [],
    clipboard: undefined,
    files: new Map(),
    now
  }
  const asFile = request.how !== 'lines'
  const shell = new Shell(request.edition ?? '5.1', session, cmdlets, asFile)
  if (asFile) runWhole(shell, request.script)
  else runByLines(shell, request.script)
  shell.endLine()
  const lines = shell.lines
  return {
    output: lines.map(line => line.text).join('\n'),
    lines,
    clipboard: session.clipboard ?? null,
    files: [...session.files.values()],
    exitCode: shell.exitCode,
    failed: shell.failed
  }
}

function runWhole(shell: Shell, script: string): void {
  const block = parsed(shell, script)
  if (!block) return
  if (!runBlock(shell, block) && shell.exitCode === 0) shell.exitCode = 1
}

/** What a window does with pasted lines: each statement runs, whatever became of the one before. */
function runByLines(shell: Shell, script: string): void {
  for (const block of parseByLines(script)) {
    if (block instanceof ParseError) showParseError(shell, block, lineOf(script, block.line))
    else runBlock(shell, block)
    if (shell.left) return
  }
}

function lineOf(script: string, line: number): string {
  return script.split(/\r\n|\r|\n/)[line - 1] ?? ''
}

function parsed(shell: Shell, script: string): Block | undefined {
  try {
    return parse(script)
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    showParseError(shell, error, lineOf(script, error.line))
    shell.exitCode = 1
    return undefined
  }
}

function showParseError(shell: Shell, error: ParseError, line: string): void {
  shell.failed = true
  const mark = `${' '.repeat(Math.max(0, error.column - 1))}~`
  const lines =
    shell.edition === '5.1'
      ? [
          `At line:${error.line} char:${error.column}`,
          `+ ${line}`,
          `+ ${mark}`,
          error.message,
          '    + CategoryInfo          : ParserError: (:) [], ParentContainsErrorRecordException',
          `    + FullyQualifiedErrorId : ${error.id}`
        ]
      : [
          'ParserError:',
          'Line |',
          `${String(error.line).padStart(4)} | ${line}`,
          `     | ${mark}`,
          `     | ${error.message}`
        ]
  for (const one of lines) shell.print('error', one)
}

/** Runs what was parsed and shows its output; false when an error ended it. */
function runBlock(shell: Shell, block: Block): boolean {
  const display = new Display(shell.edition, line => shell.print('output', line))
  try {
    for (const parameter of block.parameters) shell.declare(parameter.name, undefined, parameter.type)
    runStatements(shell, block.body, (value: Value) => display.push(value))
    return true
  } catch (error) {
    return ended(shell, error)
  } finally {
    display.end()
  }
}

function ended(shell: Shell, error: unknown): boolean {
  if (error instanceof Leaving) {
    if (error.kind !== 'exit') return true
    shell.left = true
    shell.exitCode = Number(text(error.value)) || (truth(error.value) ? 1 : 0)
    return true
  }
  if (error instanceof Thrown) {
    shell.remember(error.record)
    shell.report(error.record, errorLines)
    return false
  }
  if (error instanceof Refused) {
    const fault = { message: error.message, id: 'PracticeConsoleDoesNotKnow', category: 'NotImplemented' }
    shell.report(new ErrorRecord(fault, error.place), errorLines)
    return false
  }
  const tooDeep = error instanceof RangeError
  if (!(error instanceof LimitReached || tooDeep)) throw error
  shell.failed = true
  shell.lines.push({
    kind: 'error',
    text: tooDeep ? 'The script is nested more deeply than the practice console runs.' : error.message
  })
  return false
}
