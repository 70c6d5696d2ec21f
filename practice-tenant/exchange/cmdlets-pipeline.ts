// Cmdlets that work on what comes down the pipeline. The rule it keeps: a script block runs in the caller's own scope with the
// object as `$_`; `return` in it ends that object's turn only.

import { type Call, type Cmdlet, parameters, type Stream } from './cmdlet.ts'
import { order, same } from './compare.ts'
import { refuse } from './errors.ts'
import { callForItem, Enough } from './invoke.ts'
import { callMethod } from './methods.ts'
import { binary } from './operators.ts'
import { wildcard } from './patterns.ts'
import { looseProperty, property, propertyNames } from './properties.ts'
import { customObject, Hashtable, items, PSObject, ScriptBlock, text, truth, typeOf, type Value } from './values.ts'

function blockResult(call: Call, block: ScriptBlock, item: Value): Value {
  const outputs: Value[] = []
  callForItem(call.shell, block, item, value => outputs.push(value))
  return outputs.length === 1 ? outputs[0] : outputs.length === 0 ? undefined : outputs
}

/** Cmdlets that need everything before they say anything. */
function whole(call: Call, work: (list: Value[]) => void): Stream {
  const list: Value[] = []
  return {
    item: value => void list.push(value),
    end: () => work([...list, ...items(call.value('InputObject'))])
  }
}

const tests = [
  'EQ',
  'NE',
  'GT',
  'GE',
  'LT',
  'LE',
  'Like',
  'NotLike',
  'Match',
  'NotMatch',
  'Contains',
  'NotContains',
  'In',
  'NotIn'
]
const testNames = [...tests, ...tests.map(name => `C${name}`)]

const whereObject: Cmdlet = {
  name: 'Where-Object',
  origin: 'shell',
  parameters: parameters(
    'FilterScript:any Property@0:any Value@1:any InputObject:any Not:switch ~Is:switch ~IsNot:switch',
    testNames.map(name => `${name}:switch=i${name.toLowerCase()}`).join(' ')
  ),
  stream(call) {
    const first = call.value('FilterScript') ?? call.value('Property')
    const test = testNames.find(name => call.flag(name))?.toLowerCase()
    const passes = (item: Value): boolean => {
      if (first instanceof ScriptBlock) return truth(blockResult(call, first, item))
      const found = looseProperty(item, text(first))
      if (call.flag('Not')) return !truth(found)
      if (test === undefined) return truth(found)
      return truth(binary(test, found ?? null, call.value('Value') ?? null, call.place, () => {}))
    }
    const item = (value: Value) => {
      if (passes(value)) call.emit(value)
    }
    return { item, end: () => items(call.value('InputObject')).forEach(item) }
  }
}

const forEachObject: Cmdlet = {
  name: 'ForEach-Object',
  origin: 'shell',
  parameters: parameters(
    'Process@0:any Begin:any End:any ArgumentList:any=args MemberName InputObject:any ~Parallel:any ~RemainingScripts:any'
  ),
  stream(call) {
    const run = (block: Value, value: Value) => {
      if (block instanceof ScriptBlock) callForItem(call.shell, block, value, call.emit)
    }
    const process = call.value('Process')
    const item = (value: Value) => {
      if (process instanceof ScriptBlock) return run(process, value)
      const name = call.text('MemberName') || text(process)
      const found = looseProperty(value, name)
      if (found !== undefined) return items(found).forEach(call.emit)
      const list = items(call.value('ArgumentList'))
      if (propertyNames(value).length > 0 || value === null)
        items(property(call.shell, value, name, call.place)).forEach(call.emit)
      else call.emit(callMethod(call.shell, value, name, list, call.place))
    }
    run(call.value('Begin'), null)
    return {
      item,
      end: () => {
        items(call.value('InputObject')).forEach(item)
        run(call.value('End'), null)
      }
    }
  }
}

/** One column of Select-Object: a name, a pattern, or `@{Name=...; Expression={...}}`. */
function addColumn(call: Call, into: PSObject, item: Value, wanted: Value): void {
  if (wanted instanceof Hashtable) {
    const name = ['Name', 'N', 'Label', 'L'].map(key => wanted.get(key)).find(one => one !== null)
    const expression = wanted.get('Expression') ?? wanted.get('E')
    const value =
      expression instanceof ScriptBlock ? blockResult(call, expression, item) : looseProperty(item, text(expression))
    into.set(text(name), value ?? null)
    return
  }
  const name = text(wanted)
  if (!name.includes('*')) {
    into.set(
      propertyNames(item).find(one => one.toLowerCase() === name.toLowerCase()) ?? name,
      looseProperty(item, name) ?? null
    )
    return
  }
  const fits = wildcard(name)
  for (const one of propertyNames(item)) if (fits.test(one)) into.set(one, looseProperty(item, one) ?? null)
}

const selectObject: Cmdlet = {
  name: 'Select-Object',
  origin: 'shell',
  parameters: parameters(
    'Property@0:any ExpandProperty First:int Last:int Skip:int Unique:switch InputObject:any ~ExcludeProperty:any ~Index:any ~SkipLast:int ~Wait:switch'
  ),
  stream(call) {
    const columns = call.has('Property') ? items(call.value('Property')) : undefined
    const expand = call.text('ExpandProperty')
    const seen: Value[] = []
    const last: Value[] = []
    let taken = 0
    let skipped = 0
    const shape = (item: Value): readonly Value[] => {
      if (expand !== '') {
        const found = looseProperty(item, expand)
        if (found === undefined) {
          call.error({
            message: `Property "${expand}" cannot be found.`,
            id: 'ExpandPropertyNotFound',
            category: 'InvalidArgument',
            target: text(item)
          })
          return []
        }
        return items(found)
      }
      if (!columns) return [item]
      const object = new PSObject(customObject)
      for (const column of columns) addColumn(call, object, item, column)
      return [object]
    }
    const pass = (item: Value) => {
      for (const value of shape(item)) {
        if (call.flag('Unique')) {
          if (seen.some(one => same(one, value, true) || text(one) === text(value))) continue
          seen.push(value)
        }
        call.emit(value)
      }
    }
    const stream: Stream = {
      item: value => {
        if (skipped < Number(call.value('Skip') ?? 0)) {
          skipped += 1
          return
        }
        if (call.has('Last')) {
          last.push(value)
          if (last.length > Number(call.value('Last'))) last.shift()
          return
        }
        if (call.has('First') && taken >= Number(call.value('First'))) throw new Enough(stream)
        taken += 1
        pass(value)
        if (call.has('First') && taken >= Number(call.value('First'))) throw new Enough(stream)
      },
      end: () => {
        items(call.value('InputObject')).forEach(pass)
        last.forEach(pass)
      }
    }
    return stream
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
        return one instanceof ScriptBlock ? blockResult(call, one, item) : (looseProperty(item, text(one)) ?? null)
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
            ? blockResult(call, by, item)
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

const getMember: Cmdlet = {
  name: 'Get-Member',
  origin: 'shell',
  parameters: parameters('InputObject:any Name@0:strings ~MemberType ~Static:switch ~Force:switch'),
  stream: call =>
    whole(call, list => {
      for (const name of propertyNames(list[0]))
        call.emit(new PSObject(customObject, { TypeName: typeOf(list[0]), Name: name, MemberType: 'NoteProperty' }))
    })
}

export const pipelineCmdlets: readonly Cmdlet[] = [
  whereObject,
  forEachObject,
  selectObject,
  sortObject,
  measureObject,
  groupObject,
  getMember
]
