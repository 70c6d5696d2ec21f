// How deep what is sent to an action may nest, and that a pasted text is not counted.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isTooDeep, jsonPartsMax, nestingMax, nestsTooDeep } from './nesting.ts'

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`
const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0

function form(...fields: readonly [name: string, value: string][]) {
  const body = new FormData()
  for (const [name, value] of fields) body.append(name, value)
  return new Request('http://localhost/', { method: 'POST', body })
}
const text = (body: string) =>
  new Request('http://localhost/', { method: 'POST', body, headers: { 'content-type': 'text/plain;charset=UTF-8' } })

describe('the depth of a JSON text', () => {
  test('is told at the first bracket too many, objects and lists alike', () => {
    expect(isTooDeep(nested(nestingMax))).toBe(false)
    expect(isTooDeep(nested(nestingMax + 1))).toBe(true)
    expect(isTooDeep('{"a":['.repeat(nestingMax))).toBe(true)
    expect(isTooDeep(`[${`${nested(nestingMax - 1)},`.repeat(1_000)}0]`)).toBe(false)
  })

  test('is what the value has, whatever its texts hold', () => {
    const texts = fc.string({ unit: fc.constantFrom('[', '{', '"', '\\', ']', 'a', '\u2028') })
    const { value } = fc.letrec(tie => ({
      value: fc.oneof({ maxDepth: 60, depthSize: 'max' }, texts, fc.array(tie('value'), { maxLength: 2 }))
    }))
    fc.assert(
      fc.property(value, fc.nat(2 * nestingMax), (inside, around) => {
        const whole = Array.from({ length: around }).reduce(within => [within], inside)
        expect(isTooDeep(JSON.stringify(whole))).toBe(depthOf(whole) > nestingMax)
      }),
      { numRuns: 500 }
    )
  })

  test('takes no longer for four megabytes of one sign than reading them', () => {
    for (const sign of ['[', '"', '\\', '"\\']) {
      const before = process.cpuUsage()
      isTooDeep(`"${sign.repeat(4_000_000 / sign.length)}`)
      expect(process.cpuUsage(before).user).toBeLessThan(1_000_000)
    }
  })
})

describe('what is sent to an action', () => {
  test('as a text is counted whole', async () => {
    expect(await nestsTooDeep(text(nested(2)))).toBe(false)
    expect(await nestsTooDeep(text(nested(1_900_000)))).toBe(true)
  })

  test.each(['0', '1', 'a', '$ACTION_1:0', '$ACTION_REF_1', '$ACTION_KEY'])(
    'as a form is counted in the part %s',
    async name => {
      expect(await nestsTooDeep(form([name, nested(nestingMax)]))).toBe(false)
      expect(await nestsTooDeep(form([name, nested(nestingMax + 1)]))).toBe(true)
    }
  )

  test.each(['output', '_1_output', '_a_mailboxes'])('is not counted in what a person pasted: %s', async name => {
    expect(await nestsTooDeep(form(['0', '["$K1"]'], [name, nested(1_000_000)]))).toBe(false)
  })

  test('may not be a long chain of parts either', async () => {
    const chain = (length: number) =>
      Array.from({ length }, (_, at): [string, string] => [at.toString(16), `["$${(at + 1).toString(16)}"]`])
    expect(await nestsTooDeep(form(...chain(jsonPartsMax)))).toBe(false)
    expect(await nestsTooDeep(form(...chain(jsonPartsMax + 1)))).toBe(true)
  })

  test('and is no form fails', async () => {
    const broken = new Request('http://localhost/', {
      method: 'POST',
      body: 'nonsense',
      headers: { 'content-type': 'multipart/form-data; boundary=x' }
    })
    await expect(nestsTooDeep(broken)).rejects.toThrow()
  })
})
