// What a cmdlet is to this console: its parameters, and what it does with a call. The rule it keeps: every parameter that an
// Exchange cmdlet has online is known by name; one that is not simulated is marked with `~` and refused when it is used.

import type { Fault } from './errors.ts'
import type { Shell } from './shell.ts'
import type { Place } from './syntax.ts'
import type { Value } from './values.ts'

export type ParameterSpec = {
  name: string
  aliases: readonly string[]
  /** `string`, `strings`, `switch`, `bool`, `bool?`, `int`, `any`, `block`, `one-of` (see `allowed`). */
  type: string
  mandatory: boolean
  position: number | undefined
  /** Takes the object that comes down the pipeline. */
  fromPipeline: boolean
  simulated: boolean
  allowed: readonly string[]
}

/** What one call was given, by parameter name; conversions are done. */
export type Call = {
  shell: Shell
  cmdlet: Cmdlet
  place: Place
  bound: ReadonlyMap<string, Value>
  has(name: string): boolean
  value(name: string): Value
  text(name: string): string
  list(name: string): readonly string[]
  flag(name: string): boolean
  emit(value: Value): void
  warn(message: string): void
  /** A non-terminating error: what happens next is the caller's -ErrorAction. */
  error(fault: Fault): void
}

export type Stream = { item(value: Value): void; end(): void }

export type Cmdlet = {
  name: string
  /** `shell`: comes with PowerShell; `module`: with ExchangeOnlineManagement; `exchange`: loaded by connecting. */
  origin: 'shell' | 'module' | 'exchange'
  parameters: readonly ParameterSpec[]
  /** Once without a pipeline, else for each object that comes down. */
  run?(call: Call): void
  /** For cmdlets that see the whole pipeline. */
  stream?(call: Call): Stream
}

const common =
  'Verbose:switch=vb Debug:switch=db ErrorAction:action=ea ErrorVariable=ev WarningAction:action=wa WarningVariable=wv ' +
  'InformationAction:action=infa ~InformationVariable=iv ~OutVariable=ov ~OutBuffer=ob ~PipelineVariable=pv ~ProgressAction=proga'

/** Parameters out of a line: `Name`, then `!` mandatory, `@0` position, `<` from the pipeline, `:type`, `=alias,alias`,
 *  `{One|Two}` allowed values; `~` before a name: known, but not simulated. */
function specs(line: string): ParameterSpec[] {
  return line
    .split(/\s+/)
    .filter(word => word !== '')
    .map(word => {
      const match = /^(~?)(\w+)(!?)(?:@(\d+))?(<?)(?::([\w?]+))?(?:=([\w,]+))?(?:\{([^}]*)\})?$/.exec(word)
      if (!match) throw new Error(`Not a parameter: ${word}`)
      return {
        simulated: match[1] === '',
        name: match[2] as string,
        mandatory: match[3] === '!',
        position: match[4] === undefined ? undefined : Number(match[4]),
        fromPipeline: match[5] === '<',
        type: match[6] ?? 'string',
        aliases: match[7]?.split(',') ?? [],
        allowed: match[8]?.split('|') ?? []
      }
    })
}

/** The parameters in these lines together with the common ones. */
export function parameters(...lines: string[]): readonly ParameterSpec[] {
  return specs([...lines, common].join(' '))
}
