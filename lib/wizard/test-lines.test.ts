// What a press on the page of the test asks for; whatever a browser sends, it asks for nothing wild.
import { describe, expect, test } from 'vitest'
import { askOf } from './test-lines.ts'

const now = new Date('2026-08-22T10:00:00.000Z')
const nowMs = now.getTime()
const dayMs = 24 * 60 * 60_000
const ask = (fields: Readonly<Record<string, string | Blob>> = {}) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  return askOf(form, now)
}

describe('a press', () => {
  test('without anything said tests everything, sends nothing, and begins now', () => {
    expect(ask()).toEqual({ which: 'all', place: undefined, send: false, every: false, sinceMs: nowMs })
  })

  test('may ask for what is not proved yet', () => {
    expect(ask({ which: 'failed' }).which).toBe('failed')
    for (const which of ['FAILED', 'none', '']) expect(ask({ which }).which).toBe('all')
  })

  test('sends only where that is what it says', () => {
    expect(ask({ send: 'yes' }).send).toBe(true)
    for (const send of ['no', 'true', 'YES', '']) expect(ask({ send }).send).toBe(false)
  })

  test('names a mailbox by a place of digits, and by nothing else', () => {
    expect([ask({ place: '0' }).place, ask({ place: '9999' }).place]).toEqual([0, 9999])
    for (const place of ['-1', '1.5', '1e3', '0x1', ' 1', '1\n', '123456', 'ada@contoso.example', ''])
      expect([place, ask({ place }).place]).toEqual([place, undefined])
  })

  test('that carries a file where a word belongs says nothing by it', () => {
    const file = new Blob(['yes'])
    expect(ask({ which: file, place: file, send: file, since: file })).toEqual(ask())
  })
})

describe('when a run began', () => {
  test('is what the line said, up to a day back', () => {
    for (const ago of [0, 1, 8_000, dayMs]) expect(ask({ since: String(nowMs - ago) }).sinceMs).toBe(nowMs - ago)
  })

  test('is never in the future, for nothing would ever be tried already', () => {
    for (const since of [String(nowMs + 1), '9999999999999']) expect(ask({ since }).sinceMs).toBe(nowMs)
  })

  test('is a day back at most, so that old results do not pass for this run’s', () => {
    for (const since of [String(nowMs - dayMs - 1), '1000000000000', '0000000000000'])
      expect(ask({ since }).sinceMs).toBe(nowMs - dayMs)
  })

  test('is now where it cannot be read', () => {
    for (const since of ['0', '-1', `${nowMs}0`, `${nowMs}.5`, `x${nowMs}`, `${nowMs - 1}x`, '1e12', 'NaN', ''])
      expect(ask({ since }).sinceMs).toBe(nowMs)
  })
})
