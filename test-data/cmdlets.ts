// What Microsoft's cmdlet pages say a command may be given, for tests. The rule: test-data/exchange-cmdlets.json is the extract
// of MicrosoftDocs/office-docs-powershell and MicrosoftDocs/PowerShell-Docs whose commits it names itself; it is not edited.

import data from './exchange-cmdlets.json' with { type: 'json' }
import type { Command } from './powershell-grammar.ts'

type Parameter = {
  required?: boolean
  position?: number
  validValues?: string[]
  deprecated?: boolean
  internal?: boolean
}
type Cmdlet = { parameterSets: Record<string, Record<string, Parameter>>; parameters: Record<string, Parameter> }

const exchange = data.cmdlets as unknown as Record<string, Cmdlet>
const all: Record<string, Cmdlet> = { ...(data.builtin as unknown as Record<string, Cmdlet>), ...exchange }
const common = new Set(data.commonParameters)

export function isExchangeCmdlet(name: string): boolean {
  return Object.hasOwn(exchange, name)
}

/** Why the pages do not allow this command, or undefined: a name, a parameter, a value or a parameter set that does not exist, or
 *  a required parameter that is not there. A parameter that is deprecated or Microsoft's own is never allowed. */
export function whyNotAllowed(command: Command): string | undefined {
  const cmdlet = Object.hasOwn(all, command.name) ? all[command.name] : undefined
  if (!cmdlet) return `${command.name} is no known cmdlet`
  const given = new Map<string, string | undefined>()
  const loose: string[] = []
  for (const { parameter, text } of command.arguments) {
    if (!parameter) loose.push(text ?? '')
    else if (given.has(parameter)) return `${command.name} has -${parameter} twice`
    else given.set(parameter, text)
  }
  for (const [name, value] of given) {
    if (common.has(name)) continue
    const known = Object.hasOwn(cmdlet.parameters, name) ? cmdlet.parameters[name] : undefined
    if (!known) return `${command.name} has no -${name}`
    if (known.deprecated || known.internal) return `${command.name} -${name} is not to be used`
    if (value && known.validValues && !value.startsWith('$') && !known.validValues.includes(value))
      return `${command.name} -${name} does not take ${value}`
  }
  const named = [...given.keys()].filter(name => !common.has(name))
  // New-ServicePrincipal's page marks the deprecated -ServiceId as required: a defect of the page.
  const onlySet = Object.keys(cmdlet.parameterSets).length === 1
  const refusals = Object.entries(cmdlet.parameterSets).map(([set, members]) => {
    const outside = named.find(name => !Object.hasOwn(members, name))
    if (outside) return `-${outside} is not in the set ${set}`
    const positional = Object.entries(members)
      .filter(([name, { position }]) => position !== undefined && !given.has(name))
      .sort(([, a], [, b]) => (a.position ?? 0) - (b.position ?? 0))
    if (loose.length > positional.length) return `${loose.length} values have no place in the set ${set}`
    const filled = new Set([...named, ...positional.slice(0, loose.length).map(([name]) => name)])
    const missing = Object.entries(members).find(
      ([name, { required }]) => required && !filled.has(name) && !(onlySet && cmdlet.parameters[name]?.deprecated)
    )
    return missing ? `the set ${set} needs -${missing[0]}` : undefined
  })
  if (refusals.length === 0 || refusals.includes(undefined)) return undefined
  return `${command.name}: ${refusals.join('; ')}`
}
