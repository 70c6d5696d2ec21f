// A script's own function seen as a cmdlet, so that its arguments are bound by the same rules.

import type { Cmdlet } from './cmdlet.ts'
import type { Block } from './syntax.ts'

const known = new WeakMap<Block, Cmdlet>()

export function functionAsCmdlet(name: string, block: Block): Cmdlet {
  const found = known.get(block)
  if (found) return found
  let position = 0
  const parameters = block.parameters.map(parameter => {
    const isSwitch = /^(?:switch|System\.Management\.Automation\.SwitchParameter)$/i.test(parameter.type ?? '')
    return {
      name: parameter.name,
      aliases: [],
      type: isSwitch ? 'switch' : 'any',
      mandatory: parameter.mandatory,
      position: isSwitch ? undefined : position++,
      fromPipeline: false,
      simulated: true,
      allowed: []
    }
  })
  const cmdlet: Cmdlet = { name, origin: 'shell', parameters }
  known.set(block, cmdlet)
  return cmdlet
}
