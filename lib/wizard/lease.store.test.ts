// One run per setup at a time, on both databases. A server that died is not waited for longer than its lease.
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { databases, newPerson, useDatabase } from '../../test-data/databases.ts'
import { database } from '../db/client.ts'
import { createSetup, findLease, releaseLease, rememberPerson, renewLease, type Taken, takeLease } from './store.ts'

describe.each(databases)('on $name', ({ open }) => {
  let opened: { close(): Promise<void> }
  let ownerId: string
  let setupId: string
  beforeAll(async () => {
    opened = await useDatabase(open)
    ownerId = (await rememberPerson(newPerson())).id
  })
  afterAll(() => opened.close())
  beforeEach(async () => {
    setupId = (await createSetup(ownerId, { name: 'Invoices', protocols: ['IMAP'], cloud: 'global' })).id
  })

  const holderOf = (taken: Taken) => (taken.taken ? taken.holder : '')

  test('is taken by whoever asks first; the other is told who and since when', async () => {
    const before = Date.now()
    expect(await takeLease(setupId, 'ada', 60_000)).toMatchObject({ taken: true })
    const told = await takeLease(setupId, 'ben', 60_000)
    expect(told).toMatchObject({ taken: false, who: 'ada' })
    const since = told.taken ? 0 : told.since.getTime()
    expect(Math.abs(since - before)).toBeLessThan(5000)
    expect(await findLease(setupId)).toMatchObject({ who: 'ada' })
  })

  test('of one setup is in nobody’s way in another', async () => {
    const other = await createSetup(ownerId, { name: 'Other', protocols: ['IMAP'], cloud: 'global' })
    await takeLease(setupId, 'ada', 60_000)
    expect((await takeLease(other.id, 'ben', 60_000)).taken).toBe(true)
  })

  test('is renewed by its holder, who has had it since the beginning', async () => {
    const first = await takeLease(setupId, 'ada', 60_000)
    const since = (await findLease(setupId))?.since
    const until = async () => (await database().lease.findUniqueOrThrow({ where: { setupId } })).until.getTime()
    const before = await until()
    expect(await renewLease(setupId, holderOf(first), 90_000)).toBe(true)
    expect(await until()).toBeGreaterThan(before)
    expect(await takeLease(setupId, 'ada', 60_000, holderOf(first))).toEqual(first)
    expect((await findLease(setupId))?.since).toEqual(since)
  })

  test('given back is free, and giving back somebody else’s does nothing', async () => {
    const first = await takeLease(setupId, 'ada', 60_000)
    await releaseLease(setupId, 'somebody else')
    expect((await takeLease(setupId, 'ben', 60_000)).taken).toBe(false)
    await releaseLease(setupId, holderOf(first))
    expect(await findLease(setupId)).toBeUndefined()
    expect(await renewLease(setupId, holderOf(first), 60_000)).toBe(false)
    expect((await takeLease(setupId, 'ben', 60_000)).taken).toBe(true)
  })

  test('of a holder that died ends by itself, and the dead one does not get it back', async () => {
    const dead = await takeLease(setupId, 'ada', 40)
    await vi.waitFor(async () => expect((await takeLease(setupId, 'ben', 60_000)).taken).toBe(true))
    expect(await findLease(setupId)).toMatchObject({ who: 'ben' })
    expect((await takeLease(setupId, 'ada', 60_000, holderOf(dead))).taken).toBe(false)
    expect(await renewLease(setupId, holderOf(dead), 60_000)).toBe(false)
    await releaseLease(setupId, holderOf(dead))
    expect(await findLease(setupId)).toMatchObject({ who: 'ben' })
  })

  test('that ran out is nobody’s', async () => {
    await takeLease(setupId, 'ada', -1)
    expect(await findLease(setupId)).toBeUndefined()
  })

  test('that many ask for at the same moment is one’s', async () => {
    for (let round = 0; round < 10; round++) {
      const asking = Array.from({ length: 8 }, (_, index) => takeLease(setupId, `racer ${index}`, 60_000))
      const winners = (await Promise.all(asking)).filter(taken => taken.taken)
      expect(winners).toHaveLength(1)
      await releaseLease(setupId, holderOf(winners[0] as Taken))
    }
  })

  test('that ran out goes to one of those who ask for it at the same moment', async () => {
    for (let round = 0; round < 10; round++) {
      const dead = await takeLease(setupId, 'dead', -1)
      expect(dead.taken).toBe(true)
      const asking = Array.from({ length: 8 }, (_, index) => takeLease(setupId, `racer ${index}`, 60_000))
      const winners = (await Promise.all(asking)).filter(taken => taken.taken)
      expect(winners).toHaveLength(1)
      await releaseLease(setupId, holderOf(winners[0] as Taken))
    }
  })
})
