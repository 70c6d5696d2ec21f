// One run per setup at a time, on both databases. A server that died is not waited for longer than its lease.
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { databases, newPerson, useDatabase } from '../../test-data/databases.ts'
import { database } from '../db/client.ts'
import { findLease, releaseLease, renewLease, type Taken, takeLease, underLease } from './lease.ts'
import { createSetup, rememberPerson } from './store.ts'

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

  describe.each([-3_600_000, 3_600_000])('with a server whose clock is wrong by %d ms', wrongMs => {
    const onWrongServer = async <T>(ask: () => Promise<T>): Promise<T> => {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + wrongMs })
      return ask().finally(() => vi.useRealTimers())
    }

    test('a living lease is not taken there, and its holder is told', async () => {
      await takeLease(setupId, 'ada', 60_000)
      expect(await onWrongServer(() => takeLease(setupId, 'ben', 60_000))).toMatchObject({ taken: false, who: 'ada' })
      expect(await onWrongServer(() => findLease(setupId))).toMatchObject({ who: 'ada' })
    })

    test('a lease from there is as long as any, renewed or not, and says the right time', async () => {
      const taken = await onWrongServer(() => takeLease(setupId, 'ada', 60_000))
      const { since, until } = await database().lease.findUniqueOrThrow({ where: { setupId } })
      expect(Math.abs(since.getTime() - Date.now())).toBeLessThan(5000)
      expect(until.getTime() - since.getTime()).toBe(60_000)
      expect((await takeLease(setupId, 'ben', 60_000)).taken).toBe(false)
      await onWrongServer(() => renewLease(setupId, holderOf(taken), 40))
      await vi.waitFor(async () => expect((await takeLease(setupId, 'ben', 60_000)).taken).toBe(true))
    })

    test('a dead lease is free there too', async () => {
      await takeLease(setupId, 'ada', -1)
      expect(await onWrongServer(() => findLease(setupId))).toBeUndefined()
      expect((await onWrongServer(() => takeLease(setupId, 'ben', 60_000))).taken).toBe(true)
    })
  })

  describe('is held by a run', () => {
    async function* run() {
      yield 'begun'
      yield 'ended'
      return 'through'
    }
    const busy = { kind: 'busy', who: 'ada' }

    test('while it lives, and not beside another', async () => {
      const first = underLease(setupId, 'ada', run)
      expect(await first.next()).toEqual({ value: 'begun', done: false })
      expect(await underLease(setupId, 'ben', run).next()).toMatchObject({ value: busy, done: true })
      await first.next()
      expect(await first.next()).toEqual({ value: 'through', done: true })
      expect(await findLease(setupId)).toBeUndefined()
    })

    test('and given back when it is stopped or fails', async () => {
      const stopped = underLease(setupId, 'ada', run)
      await stopped.next()
      await stopped.return('through')
      expect(await findLease(setupId)).toBeUndefined()
      // biome-ignore lint/correctness/useYield: it fails before it says anything.
      const failing = underLease(setupId, 'ada', async function* () {
        throw new Error('out of order')
      })
      await expect(failing.next()).rejects.toThrow('out of order')
      expect(await findLease(setupId)).toBeUndefined()
    })

    test('that asks whether it is still its own, and hears when it is not', async () => {
      let isStillOurs = async () => true
      const first = underLease(setupId, 'ada', async function* (lease) {
        isStillOurs = lease.isStillOurs
        yield 'begun'
      })
      await first.next()
      expect(await isStillOurs()).toBe(true)
      await database().lease.update({ where: { setupId }, data: { holder: 'ben' } })
      expect(await isStillOurs()).toBe(false)
      await first.return(undefined)
      expect(await findLease(setupId)).toBeDefined()
    })
  })

  test('of a run that hangs is renewed for so long and no longer: then it is free, and the run may not go on', async () => {
    const times = { leaseMs: 2_000, renewEveryMs: 200, runMaxMs: 3_000 }
    let isStillOurs = async () => true
    const hanging = underLease(
      setupId,
      'ada',
      async function* (lease) {
        isStillOurs = lease.isStillOurs
        yield 'begun'
      },
      times
    )
    const begunMs = performance.now()
    await hanging.next()
    await vi.waitFor(async () => expect((await takeLease(setupId, 'ben', 60_000)).taken).toBe(true), {
      timeout: 20_000,
      interval: 50
    })
    expect(performance.now() - begunMs).toBeGreaterThan(times.runMaxMs)
    expect(await isStillOurs()).toBe(false)
    await hanging.return(undefined)
    expect(await findLease(setupId)).toMatchObject({ who: 'ben' })
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
