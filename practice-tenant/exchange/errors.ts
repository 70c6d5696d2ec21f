// Errors as PowerShell keeps and prints them, and the ways in which a script leaves a statement.
// The rule it keeps: a non-terminating error is printed and the script goes on; a terminating one runs up to a catch.

import type { Place } from './syntax.ts'
import { PSObject, type Value } from './values.ts'

export type Edition = '5.1' | '7.4' | '7.6'

/** What an error is made of. `type` is the exception's .NET name, `by` the command that gave it. */
export type Fault = {
  message: string
  id: string
  category: string
  type?: string
  by?: string
  target?: string
  /** What a script threw: `catch` sees it as `TargetObject`. */
  thrown?: Value
}

export class ErrorRecord extends PSObject {
  readonly fault: Fault
  readonly place: Place | undefined
  constructor(fault: Fault, place: Place | undefined) {
    const type = fault.type ?? 'System.Management.Automation.RuntimeException'
    const reason = type.split('.').at(-1) ?? type
    const exception = new PSObject(
      type,
      { Message: fault.message, InnerException: null, HResult: -2146233088 },
      `${type}: ${fault.message}`
    )
    super(
      'System.Management.Automation.ErrorRecord',
      {
        Exception: exception,
        TargetObject: fault.thrown ?? fault.target ?? null,
        CategoryInfo: new PSObject(
          'System.Management.Automation.ErrorCategoryInfo',
          { Category: fault.category, Activity: fault.by ?? '', Reason: reason, TargetName: fault.target ?? '' },
          `${fault.category}: (${shortened(fault.target ?? '')}:${fault.thrown === undefined ? '' : 'String'}) [${fault.by ?? ''}], ${reason}`
        ),
        FullyQualifiedErrorId: fault.id,
        InvocationInfo: new PSObject('System.Management.Automation.InvocationInfo', {
          ScriptLineNumber: place?.line ?? 0,
          OffsetInLine: place?.column ?? 0,
          Line: place ? firstLine(place) : '',
          MyCommand: fault.by ?? ''
        }),
        ScriptStackTrace: place ? `at <ScriptBlock>, <No file>: line ${place.line}` : ''
      },
      fault.message
    )
    this.fault = fault
    this.place = place
  }
}

/** An error on its way up. `wide`: `throw` and -ErrorAction Stop end the script, others only their statement. */
export class Thrown {
  readonly record: ErrorRecord
  readonly wide: boolean
  constructor(record: ErrorRecord, wide: boolean) {
    this.record = record
    this.wide = wide
  }
}

/** `break`, `continue`, `return` and `exit` on their way to what they leave. */
export class Leaving {
  readonly kind: 'break' | 'continue' | 'return' | 'exit'
  readonly value: Value
  constructor(kind: 'break' | 'continue' | 'return' | 'exit', value: Value = undefined) {
    this.kind = kind
    this.value = value
  }
}

/** The console's own end of patience: too many steps, too much output. Nothing in a script can catch it. */
export class LimitReached extends Error {}

export function fail(fault: Fault, place?: Place): never {
  throw new Thrown(new ErrorRecord(fault, place), false)
}

/** For what PowerShell knows and this console does not. No `catch` of a script sees it: a refusal is never lost. */
export class Refused extends Error {
  readonly place: Place | undefined
  constructor(what: string, place: Place | undefined) {
    super(
      `The practice console does not know ${what}. It runs the PowerShell that the wizard prints, and refuses the rest.`
    )
    this.place = place
  }
}

export function refuse(what: string, place?: Place): never {
  throw new Refused(what, place)
}

/** A target in the category's line keeps forty characters. */
function shortened(target: string): string {
  return target.length <= 40 ? target : `${target.slice(0, 19)}...${target.slice(-18)}`
}

function firstLine(place: Place): string {
  return place.source.split(/\r\n|\r|\n/)[0] as string
}

/** Lines of an error as the console prints them: Windows PowerShell's six, or PowerShell 7's concise view. */
export function errorLines(record: ErrorRecord, edition: Edition): string[] {
  const { fault, place } = record
  const by = fault.by ?? ''
  if (edition !== '5.1') {
    if (by !== '' || !place) return [`${by === '' ? 'Exception' : by}: ${fault.message}`]
    const number = String(place.line).padStart(4)
    const source = firstLine(place)
    return [
      `Exception: line ${place.line}`,
      'Line |',
      `${number} |  ${source}`,
      `     |  ${'~'.repeat(Math.max(1, source.trimEnd().length))}`,
      `     | ${fault.message}`
    ]
  }
  const head = by === '' ? fault.message : `${by} : ${fault.message}`
  const source = place ? firstLine(place).slice(0, 80) : ''
  const where = place
    ? [
        `At line:${place.line} char:${place.column}`,
        `+ ${source}`,
        `+ ${'~'.repeat(Math.max(1, source.trimEnd().length))}`
      ]
    : []
  return [
    head,
    ...where,
    `    + CategoryInfo          : ${String(record.get('CategoryInfo'))}`,
    `    + FullyQualifiedErrorId : ${fault.id}`
  ]
}
