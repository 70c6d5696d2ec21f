// Whatever a browser posts becomes plain input, and takes no time over it.
import { describe, expect, test } from 'vitest'
import { fieldLengthMax, fieldsMax, inputOf } from './forms.ts'

function formOf(fields: Iterable<readonly [string, string | Blob]>): FormData {
  const form = new FormData()
  for (const [name, value] of fields) form.append(name, value)
  return form
}
const many = (count: number) => formOf(Array.from({ length: count }, (_, index) => ['mailbox', `m${index}`] as const))

describe('a form', () => {
  test('is all its fields with all their values in order, files as text, and nothing of Next’s own', async () => {
    const form = formOf([
      ['mailbox', 'a'],
      ['$ACTION_ID', 'x'],
      ['list', new Blob(['b\nc'])],
      ['mailbox', 'd']
    ])
    expect(await inputOf(form)).toEqual({ mailbox: ['a', 'd'], list: ['b\nc'] })
  })

  test('may call its fields what every object has, and changes no object by it', async () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf']
    const input = await inputOf(formOf(names.flatMap(name => [[name, '1'] as const, [name, '2'] as const])))
    expect(Object.entries(input)).toEqual(names.map(name => [name, ['1', '2']]))
    expect(Object.getPrototypeOf(input)).toBe(Object.prototype)
    expect(({} as Record<string, unknown>)['1']).toBeUndefined()
  })

  test('is empty where something else was sent', async () => {
    for (const sent of [undefined, null, 'text', 7, {}, [], new Map([[1, 2]]), { entries: 1 }])
      expect(await inputOf(sent as never)).toEqual({})
  })

  test('of as many fields as are taken is whole; with one more nothing of it is taken', async () => {
    expect((await inputOf(many(fieldsMax))).mailbox).toHaveLength(fieldsMax)
    expect(await inputOf(many(fieldsMax + 1))).toEqual({})
  })

  test('of a hundred thousand fields is refused at once', async () => {
    const form = many(100_000)
    const started = process.cpuUsage()
    expect(await inputOf(form)).toEqual({})
    const { user, system } = process.cpuUsage(started)
    expect((user + system) / 1_000_000).toBeLessThan(2)
  })

  test('has long fields and files cut off', async () => {
    const long = 'x'.repeat(fieldLengthMax + 1)
    const input = await inputOf(
      formOf([
        ['text', long],
        ['file', new Blob([long])]
      ])
    )
    expect([input.text?.[0]?.length, input.file?.[0]?.length]).toEqual([fieldLengthMax, fieldLengthMax])
  })
})
