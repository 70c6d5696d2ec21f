// Sort-, Measure- and Group-Object: cmdlets that need everything before they say anything.

import { type Call, type Cmdlet, parameters, type Stream } from './cmdlet.ts'
import { order } from './compare.ts'
import { refuse } from './errors.ts'
import { blockResult } from './invoke.ts'
import { looseProperty } from './properties.ts'
import { Hashtable, items, PSObject, ScriptBlock, text, type Value } from './values.ts'

/** Cmdlets that need everything before they say anything. */
function whole(call: Call, work: (list: Value[]) => void): Stream {
  const list: Value[] = []
  return {
    item: value => void list.push(value),
    end: () => work([...list, ...items(call.value('InputObject'))])
  }
}

const sortObject: Cmdlet = {
  name: 'Sort-Object',
  origin: 'shell',
  parameters: parameters(
    'Property@0:any Descending:switch Unique:switch CaseSensitive:switch InputObject:any ~Culture ~Top:int ~Bottom:int ~Stable:switch'
  ),
  stream: call =>
    whole(call, list => {
      const by = call.has('Property') ? items(call.value('Property')) : [null]
      const key = (item: Value, one: Value): Value => {
        if (one === null) return item
        if (one instanceof Hashtable) refuse('Sort-Object with a hashtable', call.place)
        return one instanceof ScriptBlock
          ? blockResult(call.shell, one, item)
          : (looseProperty(item, text(one)) ?? null)
      }
      const compare = (a: Value, b: Value): number => {
        for (const one of by) {
          const found = order(key(a, one), key(b, one), call.flag('CaseSensitive'), call.place)
          if (found !== 0) return call.flag('Descending') ? -found : found
        }
        return 0
      }
      const sorted = [...list].sort(compare)
      sorted.forEach((item, index) => {
        if (!call.flag('Unique') || index === 0 || compare(sorted[index - 1], item) !== 0) call.emit(item)
      })
    })
}

const measureObject: Cmdlet = {
  name: 'Measure-Object',
  origin: 'shell',
  parameters: parameters(
    'Property@0:strings Sum:switch Average:switch Maximum:switch Minimum:switch InputObject:any ~Line:switch ~Word:switch ~Character:switch ~AllStats:switch'
  ),
  stream: call =>
    whole(call, list => {
      const [name] = call.list('Property')
      const values =
        name === undefined ? list : list.map(item => looseProperty(item, name)).filter(one => one !== undefined)
      const numbers = values.map(Number).filter(one => !Number.isNaN(one))
      const sum = numbers.reduce((total, one) => total + one, 0)
      call.emit(
        new PSObject('Microsoft.PowerShell.Commands.GenericMeasureInfo', {
          Count: values.length,
          Average: call.flag('Average') && numbers.length > 0 ? sum / numbers.length : null,
          Sum: call.flag('Sum') ? sum : null,
          Maximum: call.flag('Maximum') && numbers.length > 0 ? Math.max(...numbers) : null,
          Minimum: call.flag('Minimum') && numbers.length > 0 ? Math.min(...numbers) : null,
          Property: name ?? null
        })
      )
    })
}

const groupObject: Cmdlet = {
  name: 'Group-Object',
  origin: 'shell',
  parameters: parameters(
    'Property@0:any NoElement:switch InputObject:any ~AsHashTable:switch ~AsString:switch ~CaseSensitive:switch ~Culture'
  ),
  stream: call =>
    whole(call, list => {
      const groups = new Map<string, { name: string; members: Value[] }>()
      for (const item of list) {
        const by = call.value('Property')
        const value =
          by instanceof ScriptBlock
            ? blockResult(call.shell, by, item)
            : by === undefined
              ? item
              : looseProperty(item, text(by))
        const id = text(value).toLowerCase()
        const group = groups.get(id) ?? { name: text(value), members: [] }
        group.members.push(item)
        groups.set(id, group)
      }
      for (const { name, members } of groups.values())
        call.emit(
          new PSObject('Microsoft.PowerShell.Commands.GroupInfo', {
            Count: members.length,
            Name: name,
            ...(call.flag('NoElement') ? {} : { Group: members })
          })
        )
    })
}

export const sortCmdlets: readonly Cmdlet[] = [sortObject, measureObject, groupObject]
