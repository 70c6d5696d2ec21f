import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cut } from './cut.ts'

test('cuts to the length, and never through a sign', () => {
  expect(cut('abc', 2)).toBe('ab')
  expect(cut('abc', 3)).toBe('abc')
  expect(cut('a😀', 2)).toBe('a')
  expect(cut('a😀', 3)).toBe('a😀')
  expect(cut('', 0)).toBe('')
  const whole = fc.string({ unit: 'binary', maxLength: 30 })
  fc.assert(
    fc.property(whole, fc.nat({ max: 40 }), (text, length) => {
      const beginning = cut(text, length)
      expect(beginning).not.toMatch(/\p{Cs}/u)
      expect(text.startsWith(beginning)).toBe(true)
      expect(Math.min(text.length, length) - beginning.length).toBeLessThanOrEqual(1)
    })
  )
})
