// Select-Object: columns, the first or last of many, or one property's values. The rule it keeps: what it makes are new objects,
// which no longer follow the ones they were made from.

import { type Call, type Cmdlet, parameters, type Stream } from './cmdlet.ts'
import { same } from './compare.ts'
import { blockResult, Enough } from './invoke.ts'
import { wildcard } from './patterns.ts'
import { looseProperty, propertyNames } from './properties.ts'
import { customObject, Hashtable, items, PSObject, ScriptBlock, text, type Value } from './values.ts'

/** One column of Select-Object: a name, a pattern, or `@{Name=...; Expression={...}}`. */
function addColumn(call: Call, into: PSObject, item: Value, wanted: Value): void {
  if (wanted instanceof Hashtable) {
    const name = ['Name', 'N', 'Label', 'L'].map(key => wanted.get(key)).find(one => one !== null)
    const expression = wanted.get('Expression') ?? wanted.get('E')
    const value =
      expression instanceof ScriptBlock
        ? blockResult(call.shell, expression, item)
        : looseProperty(item, text(expression))
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

export const selectCmdlets: readonly Cmdlet[] = [selectObject]
