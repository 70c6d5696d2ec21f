// Cmdlets that work on what comes down the pipeline. The rule it keeps: a script block runs in the caller's own scope with the
// object as `$_`; `return` in it ends that object's turn only.

import { type Cmdlet, parameters } from './cmdlet.ts'
import { blockResult, callForItem } from './invoke.ts'
import { callMethod } from './methods.ts'
import { binary } from './operators.ts'
import { looseProperty, property, propertyNames } from './properties.ts'
import { items, ScriptBlock, text, truth, type Value } from './values.ts'

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
      if (first instanceof ScriptBlock) return truth(blockResult(call.shell, first, item))
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

export const pipelineCmdlets: readonly Cmdlet[] = [whereObject, forEachObject]
