// What the wizard remembers of setups, on both databases: whose they are, what was answered, seen, made and written down.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { databases, newPerson, useDatabase } from '../../test-data/databases.ts'
import { database } from '../db/client.ts'
import type { Person } from '../session/session.ts'
import { addPermissions } from '../steps/add-permissions.ts'
import { createASecret } from '../steps/create-a-secret.ts'
import { registerInExchange } from '../steps/register-in-exchange.ts'
import { registerTheApplication } from '../steps/register-the-application.ts'
import type { Standing } from '../steps/step.ts'
import { setupOf } from './setup.ts'
import { rememberSighting } from './sightings.ts'
import {
  addMailboxes,
  createSetup,
  dropSecrets,
  dropSightings,
  findSetup,
  forgetSetup,
  hasStored,
  listSetups,
  loseSecret,
  nameTenant,
  noteAttempt,
  noteByHand,
  noteNoUpsert,
  noteRunner,
  noteSecret,
  noteStored,
  readDiary,
  rememberPerson,
  type SetupRow,
  saveAnswer,
  saveMailboxes,
  writeDiary
} from './store.ts'

const tenantA = 'aaaaaaaa-0000-4000-8000-000000000000'
const tenantB = 'bbbbbbbb-0000-4000-8000-000000000000'
const done = (found: object): Standing => ({ kind: 'done', found, facts: [] })
const unseen: Standing = { kind: 'unseen', question: 'Is it?' }

describe.each(databases)('on $name', ({ open }) => {
  let opened: { close(): Promise<void> }
  let ada: Person
  let ben: Person
  let setupId: string
  beforeAll(async () => {
    opened = await useDatabase(open)
    ada = await rememberPerson(newPerson())
    ben = await rememberPerson(newPerson())
  })
  afterAll(() => opened.close())
  beforeEach(async () => {
    setupId = (await createSetup(ada.id, { name: 'Invoices', protocols: ['IMAP', 'SMTP'], cloud: 'global' })).id
  })

  const row = async () => (await findSetup(ada.id, setupId)) as SetupRow
  const setup = async () =>
    setupOf(await row(), { name: 'global', wizard: undefined } as never, {
      admin: undefined,
      wizardClientId: undefined
    })

  describe('a person', () => {
    test('is one account of one tenant in one cloud, and keeps its ID when the name changes', async () => {
      const { id: _, ...same } = ada
      const again = await rememberPerson({ ...same, name: 'Ada L.' })
      expect([again.id, again.name]).toEqual([ada.id, 'Ada L.'])
      expect((await rememberPerson({ ...same, cloud: 'china' })).id).not.toBe(ada.id)
      expect((await rememberPerson({ ...same, tenantId: tenantA })).id).not.toBe(ada.id)
    })

    test('that signs in twice at the same moment is still one', async () => {
      const person = newPerson()
      const both = await Promise.all([rememberPerson(person), rememberPerson(person)])
      expect(new Set(both.map(({ id }) => id)).size).toBe(1)
    })
  })

  describe('a setup', () => {
    test('of somebody else is not found, like one that never was', async () => {
      expect(await findSetup(ben.id, setupId)).toBeUndefined()
      expect(await findSetup(ada.id, randomUUID())).toBeUndefined()
      expect((await listSetups(ben.id, 100)).some(({ id }) => id === setupId)).toBe(false)
    })

    test('has the tenant that it was given first, and no other', async () => {
      expect(await nameTenant(setupId, tenantA)).toBe(true)
      expect(await nameTenant(setupId, tenantA)).toBe(true)
      expect(await nameTenant(setupId, tenantB)).toBe(false)
      expect((await row()).tenantId).toBe(tenantA)
    })

    test('that two tabs give a tenant at the same moment has one of them, and the other is told', async () => {
      const both = await Promise.all([nameTenant(setupId, tenantA), nameTenant(setupId, tenantB)])
      expect([...both].sort()).toEqual([false, true])
      expect((await row()).tenantId).toBe(both[0] ? tenantA : tenantB)
    })

    test('remembers that its cloud has no upsert', async () => {
      expect((await setup()).findsBy).toBe('uniqueName')
      await noteNoUpsert(setupId)
      expect((await setup()).findsBy).toBe('tag')
    })

    test('that is forgotten takes everything with it', async () => {
      await saveAnswer(setupId, registerTheApplication.id, {})
      await saveMailboxes(setupId, ['a@contoso.example'])
      await writeDiary(setupId, { who: 'ada', kind: 'note', says: 'Began' })
      await noteAttempt(setupId, randomUUID(), 'x')
      await rememberSighting(setupId, registerTheApplication, 'graph', done({ appId: 'a' }))
      await forgetSetup(setupId)
      expect(await findSetup(ada.id, setupId)).toBeUndefined()
      const where = { where: { setupId } }
      const left = await Promise.all([
        database().answer.count(where),
        database().mailbox.count(where),
        database().logEntry.count(where),
        database().credential.count(where),
        database().sighting.count(where)
      ])
      expect(left).toEqual([0, 0, 0, 0, 0])
    })

    test('is listed where it was touched last, a page at a time, none twice and none left out', async () => {
      const owner = await rememberPerson(newPerson())
      const made: string[] = []
      for (let count = 0; count < 7; count++)
        made.push((await createSetup(owner.id, { name: `S${count}`, protocols: ['IMAP'], cloud: 'global' })).id)
      // Touched in the same millisecond: the ID decides.
      const touchedAt = new Date(Date.now() - 1000)
      await database().setup.updateMany({ where: { id: { in: made.slice(0, 4) } }, data: { touchedAt } })
      await saveAnswer(made[0] as string, 'x', {})
      const seen: string[] = []
      let last: { touchedAt: Date; id: string } | undefined
      for (;;) {
        const page = await listSetups(owner.id, 2, last)
        if (page.length === 0) break
        seen.push(...page.map(({ id }) => id))
        last = page.at(-1)
      }
      expect(seen).toHaveLength(7)
      expect(new Set(seen).size).toBe(7)
      expect(seen[0]).toBe(made[0])
    })
  })

  describe('an answer', () => {
    test('is the last one that was given', async () => {
      await saveAnswer(setupId, registerTheApplication.id, { clientId: 'a' })
      await saveAnswer(setupId, registerTheApplication.id, { clientId: 'b' })
      expect((await setup()).answered(registerTheApplication)).toEqual({ clientId: 'b' })
      expect((await setup()).answered(createASecret)).toBeUndefined()
    })

    test('touches its setup', async () => {
      const before = (await row()).touchedAt
      await new Promise(resolve => setTimeout(resolve, 5))
      await saveAnswer(setupId, 'x', {})
      expect((await row()).touchedAt.getTime()).toBeGreaterThan(before.getTime())
    })

    test('given in two tabs at the same moment is one of the two', async () => {
      const answers = Array.from({ length: 8 }, (_, index) => ({ days: index }))
      await Promise.all(answers.map(answer => saveAnswer(setupId, createASecret.id, answer)))
      expect(answers).toContainEqual((await setup()).answered(createASecret))
    })
  })

  test('who runs the scripts is noted once, and never over what somebody said', async () => {
    await noteRunner(setupId, { admin: 'ada@contoso.example' })
    await noteRunner(setupId, { admin: 'ben@contoso.example' })
    expect((await setup()).answered(registerInExchange)).toEqual({ admin: 'ada@contoso.example' })
  })

  describe('mailboxes', () => {
    test('keep their order, whatever the alphabet says', async () => {
      const mailboxes = ['zoe@contoso.example', 'ada@contoso.example', 'o’neil@contoso.example', 'ö@contoso.example']
      await saveMailboxes(setupId, mailboxes)
      expect((await setup()).mailboxes).toEqual(mailboxes)
      await saveMailboxes(setupId, mailboxes.toReversed())
      expect((await setup()).mailboxes).toEqual(mailboxes.toReversed())
      await saveMailboxes(setupId, [])
      expect((await setup()).mailboxes).toEqual([])
    })

    test('may be ten thousand', async () => {
      const mailboxes = Array.from({ length: 10_000 }, (_, index) => `mailbox${9_999 - index}@contoso.example`)
      await saveMailboxes(setupId, mailboxes)
      expect((await setup()).mailboxes).toEqual(mailboxes)
    })

    test('may be added to, each once, after those that are there', async () => {
      await saveMailboxes(setupId, ['b@contoso.example', 'a@contoso.example'])
      expect(await addMailboxes(setupId, ['c@contoso.example', 'a@contoso.example'], 10)).toBe(1)
      expect((await setup()).mailboxes).toEqual(['b@contoso.example', 'a@contoso.example', 'c@contoso.example'])
      expect(await addMailboxes(setupId, ['d@contoso.example', 'e@contoso.example'], 4)).toBeUndefined()
      expect((await setup()).mailboxes).toHaveLength(3)
    })

    test('added in several tabs at the same moment are all there, each in a place of its own', async () => {
      const tabs = Array.from({ length: 6 }, (_, tab) => [`${tab}a@contoso.example`, `${tab}b@contoso.example`])
      await Promise.all(tabs.map(more => addMailboxes(setupId, more, 100)))
      expect([...(await setup()).mailboxes].sort()).toEqual(tabs.flat())
    })

    test('saved in two tabs at the same moment are one list or the other', async () => {
      const lists = [['a@contoso.example', 'b@contoso.example'], ['b@contoso.example']]
      await Promise.all([...lists, ...lists].map(list => saveMailboxes(setupId, list)))
      expect(lists).toContainEqual((await setup()).mailboxes)
    })

    test('are all the old ones when the new ones cannot be saved', async () => {
      await saveMailboxes(setupId, ['a@contoso.example'])
      await expect(saveMailboxes(setupId, ['b@contoso.example', 'b@contoso.example'])).rejects.toThrow()
      expect((await setup()).mailboxes).toEqual(['a@contoso.example'])
    })
  })

  describe('a sighting', () => {
    test('is the last one, and what was found is there while the step is done', async () => {
      await rememberSighting(setupId, registerTheApplication, 'graph', done({ appId: 'a' }))
      expect((await setup()).found(registerTheApplication)).toEqual({ appId: 'a' })
      await rememberSighting(setupId, registerTheApplication, 'graph', {
        kind: 'blocked',
        problem: { id: 'x', title: 'X', happened: 'X.', todo: ['Y.'] }
      })
      expect((await setup()).found(registerTheApplication)).toBeUndefined()
    })

    test('that is not done any more still tells what was found last', async () => {
      const todo: Standing = { kind: 'todo', changes: [{ says: 'Do', method: 'PATCH', path: '/a' }], then: [] }
      await rememberSighting(setupId, registerTheApplication, 'graph', todo)
      expect((await setup()).lastFound(registerTheApplication)).toBeUndefined()
      await rememberSighting(setupId, registerTheApplication, 'graph', done({ appId: 'a' }))
      await rememberSighting(setupId, registerTheApplication, 'graph', todo)
      await rememberSighting(setupId, registerTheApplication, 'graph', todo)
      expect((await setup()).found(registerTheApplication)).toBeUndefined()
      expect((await setup()).lastFound(registerTheApplication)).toEqual({ appId: 'a' })
    })

    test('of a person outlives a look that cannot tell, and no other', async () => {
      await rememberSighting(setupId, registerInExchange, 'person', done({ confirmed: true }))
      await rememberSighting(setupId, registerInExchange, 'graph', unseen)
      expect((await setup()).found(registerInExchange)).toEqual({ confirmed: true })
      await rememberSighting(setupId, createASecret, 'graph', done({ keyId: 'k' }))
      await rememberSighting(setupId, createASecret, 'graph', unseen)
      expect((await setup()).found(createASecret)).toBeUndefined()
    })

    test('that is done outlives a look that Microsoft refused, for a refusal says nothing of the tenant', async () => {
      const problem = { id: 'x', title: 'X', happened: 'X.', todo: ['Y.'], reference: { status: 403 } }
      await rememberSighting(setupId, registerTheApplication, 'graph', done({ appId: 'a' }))
      await rememberSighting(setupId, registerTheApplication, 'graph', { kind: 'blocked', problem })
      expect((await setup()).found(registerTheApplication)).toEqual({ appId: 'a' })
      await rememberSighting(setupId, addPermissions, 'graph', { kind: 'blocked', problem })
      expect((await row()).sightings.find(({ stepId }) => stepId === addPermissions.id)?.standing).toMatchObject({
        kind: 'blocked'
      })
    })

    test('of another ID, found after the step was undone, voids what came after too', async () => {
      const todo: Standing = { kind: 'todo', changes: [{ says: 'Do', method: 'PATCH', path: '/a' }], then: [] }
      await rememberSighting(setupId, registerTheApplication, 'graph', done({ appId: 'a' }))
      await rememberSighting(setupId, registerInExchange, 'person', done({ confirmed: true }))
      await rememberSighting(setupId, registerTheApplication, 'graph', todo)
      await rememberSighting(setupId, registerTheApplication, 'graph', done({ appId: 'b' }))
      expect((await setup()).found(registerInExchange)).toBeUndefined()
    })

    test('of another application voids every step after it; of another Object ID only what Exchange was told', async () => {
      await rememberSighting(setupId, registerTheApplication, 'graph', done({ appId: 'a', enterpriseObjectId: 'e' }))
      await rememberSighting(setupId, addPermissions, 'graph', done({ roles: [] }))
      await rememberSighting(setupId, registerInExchange, 'person', done({ confirmed: true }))
      const kept = async () => (await row()).sightings.map(({ stepId }) => stepId).sort()
      await rememberSighting(setupId, registerTheApplication, 'graph', done({ appId: 'a', enterpriseObjectId: 'e' }))
      expect(await kept()).toEqual(['add-permissions', 'register-in-exchange', 'register-the-application'])
      await rememberSighting(setupId, registerTheApplication, 'token', done({ appId: 'a', enterpriseObjectId: 'f' }))
      expect(await kept()).toEqual(['add-permissions', 'register-the-application'])
      await rememberSighting(setupId, registerInExchange, 'person', done({ confirmed: true }))
      await rememberSighting(setupId, registerTheApplication, 'graph', done({ appId: 'b', enterpriseObjectId: 'g' }))
      expect(await kept()).toEqual(['register-the-application'])
    })

    test('is let go of by name', async () => {
      await rememberSighting(setupId, addPermissions, 'graph', done({}))
      await rememberSighting(setupId, createASecret, 'graph', done({}))
      await dropSightings(setupId, [addPermissions.id])
      expect((await row()).sightings.map(({ stepId }) => stepId)).toEqual([createASecret.id])
    })
  })

  describe('a client secret', () => {
    const known = {
      name: 'Mail OAuth Wizard 1',
      keyId: 'key',
      hint: 'abc',
      expiresAt: new Date(Date.now() + 24 * 60 * 60 * 1000)
    }

    test('is an attempt first, then a key, then stored by the person’s word', async () => {
      const attemptId = randomUUID()
      await noteAttempt(setupId, attemptId, 'Mail OAuth Wizard 1')
      expect((await setup()).secrets).toMatchObject([{ attemptId, name: 'Mail OAuth Wizard 1', keyId: undefined }])
      expect(await noteStored(setupId, 'key')).toBe(false)
      await noteSecret(setupId, attemptId, known)
      expect((await setup()).secrets).toMatchObject([{ keyId: 'key', stored: false }])
      expect(await hasStored(setupId)).toBe(false)
      expect(await noteStored(setupId, 'key')).toBe(true)
      expect((await setup()).secrets).toMatchObject([{ keyId: 'key', stored: true }])
      expect(await noteStored(setupId, 'key')).toBe(true)
      expect(await hasStored(setupId)).toBe(true)
    })

    test('that the wizard made and that has expired is not what the person speaks of', async () => {
      const attemptId = randomUUID()
      await noteAttempt(setupId, attemptId, 'one')
      await noteSecret(setupId, attemptId, { ...known, expiresAt: new Date(Date.now() - 1_000) })
      await noteStored(setupId, 'key')
      expect(await hasStored(setupId)).toBe(false)
      await noteByHand(setupId, randomUUID())
      expect((await setup()).secrets).toMatchObject([
        { keyId: 'key', stored: true },
        { keyId: undefined, stored: true }
      ])
    })

    test('that was lost reads as an orphan; a stored one stays', async () => {
      const [stored, lost] = [randomUUID(), randomUUID()]
      await noteAttempt(setupId, stored, 'one')
      await noteSecret(setupId, stored, { ...known, name: 'one' })
      await noteStored(setupId, 'key')
      await noteAttempt(setupId, lost, 'two')
      await noteSecret(setupId, lost, { ...known, name: 'two', keyId: 'other' })
      expect(await loseSecret(setupId, 'key')).toBe(false)
      expect(await loseSecret(setupId, 'other')).toBe(true)
      expect(await loseSecret(setupId, 'other')).toBe(false)
      expect((await setup()).secrets).toMatchObject([
        { name: 'one', keyId: 'key', stored: true },
        { name: 'two', keyId: undefined, stored: false }
      ])
    })

    test('is not marked, and not lost, by what is said of another', async () => {
      for (const keyId of ['first', 'second']) {
        const attemptId = randomUUID()
        await noteAttempt(setupId, attemptId, keyId)
        await noteSecret(setupId, attemptId, { ...known, keyId })
      }
      await noteStored(setupId, 'second')
      expect((await setup()).secrets.map(({ stored }) => stored)).toEqual([false, true])
      await loseSecret(setupId, 'first')
      expect((await setup()).secrets.map(({ keyId }) => keyId)).toEqual([undefined, 'second'])
    })

    test('whose attempt was let go of while it was made is known all the same', async () => {
      const attemptId = randomUUID()
      await noteAttempt(setupId, attemptId, 'Mail OAuth Wizard 1')
      await dropSecrets(setupId)
      await noteSecret(setupId, attemptId, known)
      expect((await setup()).secrets).toMatchObject([{ attemptId, name: 'Mail OAuth Wizard 1', keyId: 'key' }])
    })

    test('that was made by hand is known by the person’s word alone, once', async () => {
      await noteByHand(setupId, randomUUID())
      await noteByHand(setupId, randomUUID())
      expect((await setup()).secrets).toMatchObject([{ keyId: undefined, stored: true }])
      await dropSecrets(setupId)
      expect((await setup()).secrets).toEqual([])
    })

    test('is itself in no row', async () => {
      const columns = await database().$queryRaw<{ column_name: string }[]>`
        SELECT column_name FROM information_schema.columns WHERE table_name = 'Credential'`
      expect(columns.map(({ column_name }) => column_name).sort()).toEqual(
        ['attemptId', 'createdAt', 'expiresAt', 'hint', 'keyId', 'name', 'setupId', 'storedAt'].sort()
      )
    })
  })

  describe('the diary', () => {
    test('is read from its end, a page at a time, none twice and none left out', async () => {
      for (let count = 1; count <= 7; count++)
        await writeDiary(setupId, { who: 'ada', kind: 'note', says: `Entry ${count}` })
      const seen: string[] = []
      let before: bigint | undefined
      for (;;) {
        const page = await readDiary(setupId, 3, before)
        seen.push(...page.map(({ says }) => says))
        before = page.at(-1)?.id
        if (page.length < 3) break
      }
      expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1].map(count => `Entry ${count}`))
    })

    test('keeps what was sent and Microsoft’s reference, and is of one setup', async () => {
      const entry = {
        who: 'ada',
        kind: 'change',
        says: 'Made',
        method: 'PATCH',
        path: '/a',
        status: 201,
        requestId: 'r'
      } as const
      await writeDiary(setupId, entry)
      expect(await readDiary(setupId, 10)).toMatchObject([entry])
      const other = await createSetup(ben.id, { name: 'Other', protocols: ['IMAP'], cloud: 'global' })
      expect(await readDiary(other.id, 10)).toEqual([])
    })
  })
})
