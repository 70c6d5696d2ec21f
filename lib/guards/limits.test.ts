// Too many tries are told how long to wait, and a crowd behind one address is no runaway.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { counterOf, limits, waitWords, windowSeconds } from './limits.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const table = { knock: { person: 3, address: 5 }, other: { person: 3, address: 5 } }

describe('a limit', () => {
  test('lets through as many as it says, tells how long to wait, and lets through again after that', async () => {
    const wait = counterOf<'knock'>(table)
    const ada = { person: 'ada', address: '192.0.2.1' }
    for (let index = 0; index < 3; index++) expect(await wait('knock', ada)).toBeUndefined()
    vi.advanceTimersByTime(10_000)
    expect(await wait('knock', ada)).toBe(windowSeconds - 10)
    vi.advanceTimersByTime((windowSeconds - 10) * 1000)
    expect(await wait('knock', ada)).toBeUndefined()
  })

  test('counts each person, each address and each matter for itself', async () => {
    const wait = counterOf<'knock' | 'other'>(table)
    for (let index = 0; index < 4; index++) await wait('knock', { person: 'ada', address: 'a' })
    expect(await wait('knock', { person: 'ada', address: 'b' })).toBeGreaterThan(0)
    expect(await wait('knock', { person: 'ben', address: 'a' })).toBeUndefined()
    expect(await wait('knock', { person: 'cy', address: 'a' })).toBeGreaterThan(0)
    expect(await wait('knock', { person: 'cy', address: 'c' })).toBeUndefined()
    expect(await wait('other', { person: 'ada', address: 'a' })).toBeUndefined()
  })

  test('counts who is not signed in by address alone', async () => {
    const wait = counterOf<'knock'>(table)
    for (let index = 0; index < 5; index++)
      expect(await wait('knock', { person: undefined, address: 'a' })).toBeUndefined()
    expect(await wait('knock', { person: undefined, address: 'a' })).toBe(windowSeconds)
  })

  test('has room for two hundred people behind one address who all begin in the same half minute', () => {
    const people = 200
    // A walk: sign in, enter the tenant, each there and back; a round for each of six steps; three things told by hand; a look
    // at every step's page; a receipt.
    expect(limits['sign-in'].address).toBeGreaterThanOrEqual(people * 2 * 2)
    expect(limits.run.address).toBeGreaterThanOrEqual(people * 6)
    expect(limits.token.address).toBeGreaterThanOrEqual(people * 3)
    expect(limits.look.address).toBeGreaterThanOrEqual(people * 9)
    expect(limits.text.address).toBeGreaterThanOrEqual(people)
  })

  test('is said in words', () => {
    expect(waitWords(30)).toBe('Too many tries. Wait 30 seconds, then carry on.')
    expect(waitWords(1)).toBe('Too many tries. Wait 1 second, then carry on.')
  })
})
