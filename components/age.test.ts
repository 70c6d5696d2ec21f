// The words for how old a sighting is.
import { expect, it } from 'vitest'
import { ageInWords } from './age.tsx'

const at = '2026-01-01T00:00:00.000Z'

it.each([
  [0, 'just now'],
  [1.9, 'just now'],
  [-30, 'just now'],
  [2, '2 seconds ago'],
  [59.9, '59 seconds ago'],
  [60, '1 minute ago'],
  [119, '1 minute ago'],
  [7199, '1 hour ago'],
  [86_400, '1 day ago'],
  [864_000, '10 days ago']
])('after %d seconds it reads "%s"', (seconds, words) => {
  expect(ageInWords(at, new Date(Date.parse(at) + seconds * 1000).toISOString())).toBe(words)
})

it('a time that cannot be read is never shown as a number', () => {
  expect(ageInWords('', at)).toBe('just now')
})
