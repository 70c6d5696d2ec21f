// One PowerShell window: variables, functions, preferences, what was printed, and the limits of the console's patience.
// The rule it keeps: nothing here outlives a run; whatever a script could do without end is counted.

import type { Cmdlet } from './cmdlet.ts'
import { convert } from './convert.ts'
import { type Edition, type ErrorRecord, fail, LimitReached, Thrown } from './errors.ts'
import type { Session } from './session.ts'
import type { Block, Place } from './syntax.ts'
import { Hashtable, PSObject, text, type Value, Version } from './values.ts'

export type LineKind = 'output' | 'host' | 'warning' | 'error' | 'note'
export type Line = { kind: LineKind; text: string; color?: string }

const mostSteps = 8_000_000
const mostCharacters = 4_000_000
const mostDepth = 150

const readOnly = new Set(['true', 'false', 'host', 'pid', 'home', 'error', 'pshome', 'psversiontable', 'shellid', '?'])

export class Scope {
  readonly variables = new Map<string, { value: Value; type?: string }>()
  readonly parent: Scope | undefined
  /** What Set-StrictMode said here; undefined asks the parent. */
  strict: number | undefined
  constructor(parent: Scope | undefined) {
    this.parent = parent
  }
}

const versions: Readonly<Record<Edition, readonly number[]>> = {
  '5.1': [5, 1, 26100, 4652],
  '7.4': [7, 4, 11],
  '7.6': [7, 6, 0]
}

export class Shell {
  readonly edition: Edition
  readonly session: Session
  readonly cmdlets: ReadonlyMap<string, Cmdlet>
  readonly functions = new Map<string, { name: string; block: Block }>()
  readonly global = new Scope(undefined)
  readonly errors: Value[] = []
  readonly lines: Line[] = []
  scope: Scope
  script: Scope
  /** Where errors, warnings and the host's lines go; a function takes them as output. */
  streams: Record<'error' | 'warning' | 'host', 'show' | 'drop' | ((value: Value) => void)> = {
    error: 'show',
    warning: 'show',
    host: 'show'
  }
  /** Lists that only `+=` has touched since they were made: nothing else holds them, so they may grow in place. */
  readonly growing = new WeakSet<Value[]>()
  tryDepth = 0
  ok = true
  exitCode = 0
  /** Whether `exit` closed the window. */
  left = false
  /** Whether an error reached the window. */
  failed = false
  private begun = ''
  private depth = 0
  private steps = 0
  private characters = 0

  constructor(edition: Edition, session: Session, cmdlets: ReadonlyMap<string, Cmdlet>, asFile: boolean) {
    this.edition = edition
    this.session = session
    this.cmdlets = cmdlets
    this.script = asFile ? new Scope(this.global) : this.global
    this.scope = this.script
    for (const [name, value] of Object.entries(this.automatic()))
      this.global.variables.set(name.toLowerCase(), { value })
  }

  private automatic(): Record<string, Value> {
    const table = new Hashtable(false)
    table.set('PSVersion', new Version(versions[this.edition]))
    table.set('PSEdition', this.edition === '5.1' ? 'Desktop' : 'Core')
    if (this.edition !== '5.1') table.set('Platform', 'Win32NT')
    const home = 'C:\\Users\\Admin'
    return {
      true: true,
      false: false,
      null: null,
      PSVersionTable: table,
      ErrorActionPreference: 'Continue',
      WarningPreference: 'Continue',
      InformationPreference: 'SilentlyContinue',
      VerbosePreference: 'SilentlyContinue',
      DebugPreference: 'SilentlyContinue',
      ProgressPreference: 'Continue',
      ConfirmPreference: 'High',
      Error: this.errors,
      HOME: home,
      PWD: home,
      PSScriptRoot: this.script === this.global ? '' : home,
      PSCommandPath: this.script === this.global ? '' : `${home}\\script.ps1`,
      PSCulture: 'en-US',
      Host: new PSObject('System.Management.Automation.Internal.Host.InternalHost', { Name: 'ConsoleHost' }),
      PID: 4711,
      ...(this.edition === '5.1' ? {} : { IsWindows: true, IsLinux: false, IsMacOS: false, IsCoreCLR: true })
    }
  }

  /** Counts a step of work; a script without end is stopped here. */
  tick(): void {
    this.steps += 1
    if (this.steps > mostSteps)
      throw new LimitReached('The script has done more than the practice console runs in one go.')
  }

  /** Runs something in a scope of its own, no deeper than PowerShell itself would go. */
  within<T>(work: () => T, parent = this.scope): T {
    if (this.depth >= mostDepth)
      fail({
        message: 'The script failed due to call depth overflow.',
        id: 'CallDepthOverflow',
        category: 'InvalidOperation'
      })
    const before = this.scope
    this.scope = new Scope(parent)
    this.depth += 1
    try {
      return work()
    } finally {
      this.depth -= 1
      this.scope = before
    }
  }

  print(kind: LineKind, content: string, color?: string): void {
    this.characters += content.length + 1
    if (this.characters > mostCharacters)
      throw new LimitReached('The script has printed more than the practice console keeps.')
    for (const one of content.split(/\r\n|\r|\n/))
      this.lines.push(color ? { kind, text: one, color } : { kind, text: one })
  }

  /** Write-Host: without a newline the next words go on in the same line. */
  say(content: string, color: string | undefined, staysOnLine: boolean): void {
    const whole = this.begun + content
    this.begun = staysOnLine ? whole : ''
    if (!staysOnLine) this.print('host', whole, color)
  }

  /** Prints a line that Write-Host -NoNewline began, when nothing ends it. */
  endLine(): void {
    if (this.begun !== '') this.say('', undefined, false)
  }

  get strictness(): number {
    for (let scope: Scope | undefined = this.scope; scope; scope = scope.parent)
      if (scope.strict !== undefined) return scope.strict
    return 0
  }

  private holder(name: string, scope: string): Scope | undefined {
    if (scope === 'global') return this.global.variables.has(name) ? this.global : undefined
    if (scope === 'script') return this.script.variables.has(name) ? this.script : undefined
    for (let one: Scope | undefined = this.scope; one; one = scope === '' ? one.parent : undefined)
      if (one.variables.has(name)) return one
    return undefined
  }

  /** A variable's value; one that was never set is $null, or an error under strict mode. */
  read(name: string, scope = '', place?: Place): Value {
    if (name === '?') return this.ok
    const found = this.holder(name, scope)
    if (found) return found.variables.get(name)?.value
    if (this.strictness >= 1 && place)
      fail(
        {
          message: `The variable '$${name}' cannot be retrieved because it has not been set.`,
          id: 'VariableIsUndefined',
          category: 'InvalidOperation',
          target: name
        },
        place
      )
    return null
  }

  /** The type that a variable was declared with, if any. */
  declared(name: string, scope: string): string | undefined {
    return this.holder(name, scope === '' ? 'local' : scope)?.variables.get(name)?.type
  }

  write(name: string, value: Value, scope = '', type?: string, place?: Place): void {
    if (name === 'null') return
    if (readOnly.has(name))
      fail(
        {
          message: `Cannot overwrite variable ${name} because it is read-only or constant.`,
          id: 'VariableNotWritable',
          category: 'WriteError',
          target: name
        },
        place
      )
    const into = scope === 'global' ? this.global : scope === 'script' ? this.script : this.scope
    const kept = type ?? into.variables.get(name)?.type
    into.variables.set(name, kept ? { value, type: kept } : { value })
  }

  /** A parameter of a function: kept with its type, converted to it. */
  declare(name: string, value: Value, type?: string, place?: Place): void {
    const isSwitch = type?.toLowerCase() === 'switch'
    const isEmpty = value === undefined && (type === undefined || isSwitch)
    if (isEmpty) this.write(name, isSwitch ? false : null)
    else if (type === undefined) this.write(name, value)
    else this.write(name, convert(value ?? null, type, place), '', type, place)
  }

  /** Shows an error that nobody caught or stopped at. */
  report(record: ErrorRecord, render: (record: ErrorRecord, edition: Edition) => string[]): void {
    const stream = this.streams.error
    if (typeof stream === 'function') stream(record)
    if (stream !== 'show') return
    this.failed = true
    for (const line of render(record, this.edition)) this.print('error', line)
  }

  remember(record: ErrorRecord): void {
    this.ok = false
    if (this.errors[0] !== record) this.errors.unshift(record)
    if (this.errors.length > 256) this.errors.pop()
  }

  /** A preference in lower case. Functions of a module see only the global one.
   *  https://github.com/PowerShell/PowerShell/issues/4568 */
  preference(name: string, ofModule = false): string {
    const key = name.toLowerCase()
    return text(ofModule ? this.global.variables.get(key)?.value : this.read(key)).toLowerCase()
  }

  /** What -ErrorAction Stop does to a non-terminating error. */
  stop(record: ErrorRecord): never {
    this.remember(record)
    throw new Thrown(record, true)
  }
}
