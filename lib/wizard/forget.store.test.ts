// Forgetting a setup, on both databases: not under somebody's run, and not without a trace in the log.
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { databases, newPerson, useDatabase } from '../../test-data/databases.ts'
import { log } from '../log.ts'
import type { Person } from '../session/session.ts'
import type { AtSetup } from './door.ts'
import { forgetUnlessAtWork } from './forget.ts'
import { findLease, releaseLease, takeLease } from './lease.ts'
import { createSetup, findSetup, rememberPerson, writeDiary } from './store.ts'

describe.each(databases)('on $name', ({ open }) => {
  let opened: { close(): Promise<void> }
  let ada: Person
  let setupId: string
  let at: Pick<AtSetup, 'row' | 'person'>
  const told = vi.spyOn(log, 'info')
  beforeAll(async () => {
    opened = await useDatabase(open)
    ada = await rememberPerson(newPerson())
  })
  afterAll(() => opened.close())
  beforeEach(async () => {
    told.mockClear()
    setupId = (await createSetup(ada.id, { name: 'Invoices', protocols: ['IMAP'], cloud: 'global' })).id
    await writeDiary(setupId, { who: 'ada', kind: 'note', says: 'Began' })
    const row = await findSetup(ada.id, setupId)
    if (!row) throw new Error('The setup was not made')
    at = { row, person: ada }
  })

  test('under a run is refused, with who is at work and since when', async () => {
    const lease = await takeLease(setupId, 'ben@contoso.example', 60_000)
    const since = (await findLease(setupId))?.since.toISOString().slice(11, 19)
    expect(await forgetUnlessAtWork(at)).toContain(`ben@contoso.example began it at ${since} UTC`)
    expect(await findSetup(ada.id, setupId)).toBeDefined()
    expect(await findLease(setupId)).toMatchObject({ who: 'ben@contoso.example' })
    expect(told).not.toHaveBeenCalled()
    if (lease.taken) await releaseLease(setupId, lease.holder)
    expect(await forgetUnlessAtWork(at)).toBeUndefined()
  })

  test('is told in the log, with whose and which it was', async () => {
    expect(await forgetUnlessAtWork(at)).toBeUndefined()
    expect(await findSetup(ada.id, setupId)).toBeUndefined()
    expect(told.mock.calls).toEqual([['setup forgotten', { personId: ada.id, setupId }]])
  })

  test('whose run has died may be forgotten', async () => {
    await takeLease(setupId, 'ben@contoso.example', -1)
    expect(await forgetUnlessAtWork(at)).toBeUndefined()
    expect(await findSetup(ada.id, setupId)).toBeUndefined()
  })
})
