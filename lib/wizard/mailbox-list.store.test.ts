// Two windows on one list of mailboxes, on both databases: nobody replaces what they have not seen.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { databases, newPerson, useDatabase } from '../../test-data/databases.ts'
import type { Person } from '../session/session.ts'
import type { AtSetup } from './door.ts'
import { listAsShown, saveList } from './mailbox-list.ts'
import { createSetup, findSetup, readMailboxList, rememberPerson, saveMailboxes } from './store.ts'

const [ada, ben, cas] = ['ada@contoso.example', 'ben@contoso.example', 'cas@contoso.example'] as const

describe.each(databases)('on $name', ({ open }) => {
  let opened: { close(): Promise<void> }
  let person: Person
  let setupId: string
  beforeAll(async () => {
    opened = await useDatabase(open)
    person = await rememberPerson(newPerson())
  })
  afterAll(() => opened.close())
  beforeEach(async () => {
    setupId = (await createSetup(person.id, { name: 'Invoices', protocols: ['IMAP'], cloud: 'global' })).id
  })

  /** The setup as a request finds it. */
  async function now() {
    const row = await findSetup(person.id, setupId)
    if (!row) throw new Error('The setup was not made')
    const mailboxes = row.mailboxes.map(({ address }) => address)
    return { row, setup: { mailboxes } } as unknown as AtSetup
  }

  test('a list takes the place of the one that was shown', async () => {
    expect(await saveList(await now(), [ada], await listAsShown([]))).toBeUndefined()
    expect(await saveList(await now(), [ben], await listAsShown([ada]))).toBeUndefined()
    expect(await readMailboxList(setupId)).toEqual([ben])
  })

  test('a newer list stays, and what is only in it and only in the other is told', async () => {
    await saveMailboxes(setupId, [ada, ben])
    const says = (await saveList(await now(), [ben, cas], await listAsShown([ben])))?.map(problem => problem.says)
    expect(says?.[0]).toMatch(/changed in another window meanwhile, and yours was not saved/)
    expect(says?.slice(1)).toEqual([`Only in the newer list: ${ada}.`, `Only in yours: ${cas}.`])
    expect(await readMailboxList(setupId)).toEqual([ada, ben])
    // With the newer list seen, it is replaced.
    expect(await saveList(await now(), [ben, cas], await listAsShown([ada, ben]))).toBeUndefined()
    expect(await readMailboxList(setupId)).toEqual([ben, cas])
  })

  test('a form that says nothing of what it showed replaces no list', async () => {
    await saveMailboxes(setupId, [ada])
    expect(await saveList(await now(), [ben], undefined)).toBeDefined()
    expect(await readMailboxList(setupId)).toEqual([ada])
  })

  test('the same form sent twice is saved once and refused never', async () => {
    const shown = await listAsShown([])
    expect(await saveList(await now(), [ada, ben], shown)).toBeUndefined()
    expect(await saveList(await now(), [ada, ben], shown)).toBeUndefined()
    expect(await readMailboxList(setupId)).toEqual([ada, ben])
  })

  test('of two that save at the same moment the second is told', async () => {
    const at = await now()
    const shown = await listAsShown([])
    const answers = await Promise.all([saveList(at, [ada], shown), saveList(at, [ben], shown)])
    expect(answers.filter(answer => answer === undefined)).toHaveLength(1)
    expect(await readMailboxList(setupId)).toEqual([answers[0] === undefined ? ada : ben])
  })

  test('of a long list twenty are named and the others counted', async () => {
    await saveMailboxes(
      setupId,
      [...Array(25).keys()].map(count => `box-${count}@contoso.example`)
    )
    const says = (await saveList(await now(), [ada], undefined))?.[1]?.says
    expect(says).toMatch(/box-19@contoso\.example and 5 more\.$/)
  })
})
