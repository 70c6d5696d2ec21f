// Sessions on both databases: they end, they are renamed with all that is sealed in them, and a copy of the database
// opens nothing.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { databases, newPerson, useDatabase } from '../../test-data/databases.ts'
import { database } from '../db/client.ts'
import { createSetup, rememberPerson } from '../wizard/store.ts'
import { dropHeldSecret, findHeldSecret, holdSecret } from './held-secrets.ts'
import { absoluteLimitMs, idleLimitMs } from './lifetime.ts'
import { keyOfCookie, newCookie, open as openSealed } from './seal.ts'
import { Secret } from './secret.ts'
import {
  createSession,
  endSession,
  findSession,
  isLiving,
  type Person,
  renameSession,
  type Session
} from './session.ts'
import { type Entered, findEntered, noteChallenge, noteMet, readTokenCache, saveTokenCache } from './token-caches.ts'

const tenantId = '11111111-0000-4000-8000-000000000000'
const otherTenant = '33333333-0000-4000-8000-000000000000'
const entered: Entered = {
  way: 'own',
  cloud: 'global',
  tenantId,
  objectId: '22222222-0000-4000-8000-000000000001',
  homeAccountId: 'home',
  username: 'ada@contoso.example',
  scopes: ['User.Read']
}
const cacheText = '{"RefreshToken":{"secret":"a refresh token"}}'

describe.each(databases)('on $name', ({ open }) => {
  let opened: { close(): Promise<void> }
  let ada: Person
  let setupId: string
  let session: Session
  let cookie: string
  beforeAll(async () => {
    opened = await useDatabase(open)
    ada = await rememberPerson(newPerson())
    setupId = (await createSetup(ada.id, { name: 'Invoices', protocols: ['IMAP'], cloud: 'global' })).id
  })
  afterAll(() => opened.close())
  beforeEach(async () => {
    ;({ session, cookie } = await createSession())
  })

  const backdate = (data: { seenAt?: Date; expiresAt?: Date }) =>
    database().session.update({ where: { id: session.id }, data })
  const ago = (ms: number) => new Date(Date.now() - ms)

  describe('a session', () => {
    test('is found by its cookie, and by nothing that stands in the database', async () => {
      expect((await findSession(cookie))?.id).toBe(session.id)
      expect(await findSession(session.id)).toBeUndefined()
      expect(await findSession(newCookie())).toBeUndefined()
      expect(await findSession(undefined)).toBeUndefined()
      expect(await findSession('')).toBeUndefined()
      expect(await findSession('x'.repeat(1_000_000))).toBeUndefined()
      expect(JSON.stringify(await database().session.findMany())).not.toContain(cookie)
    })

    test('belongs to nobody until somebody signs in', async () => {
      expect((await findSession(cookie))?.person).toBeUndefined()
      const renamed = await renameSession(session, ada.id)
      expect((await findSession(renamed.cookie))?.person).toMatchObject({ id: ada.id })
    })

    test('ends when nobody came for two hours, and lives on when somebody did', async () => {
      await backdate({ seenAt: ago(idleLimitMs - 60_000) })
      expect(await findSession(cookie)).toBeDefined()
      await backdate({ seenAt: ago(idleLimitMs + 1) })
      expect(await findSession(cookie)).toBeUndefined()
    })

    test('that is used is seen, at most once a minute', async () => {
      const seenAt = async () => (await database().session.findUniqueOrThrow({ where: { id: session.id } })).seenAt
      await backdate({ seenAt: ago(30_000) })
      const before = await seenAt()
      await findSession(cookie)
      expect(await seenAt()).toEqual(before)
      await backdate({ seenAt: ago(90_000) })
      await findSession(cookie)
      expect(Date.now() - (await seenAt()).getTime()).toBeLessThan(10_000)
    })

    test('ends after twelve hours, however much it is used', async () => {
      const { expiresAt } = await database().session.findUniqueOrThrow({ where: { id: session.id } })
      expect(Math.abs(expiresAt.getTime() - Date.now() - absoluteLimitMs)).toBeLessThan(10_000)
      await backdate({ expiresAt: ago(1), seenAt: new Date() })
      expect(await findSession(cookie)).toBeUndefined()
    })

    test('that has ended is swept away with all that was sealed in it', async () => {
      await saveTokenCache(session, entered, cacheText)
      await backdate({ expiresAt: ago(1) })
      await createSession()
      expect(await database().session.count({ where: { id: session.id } })).toBe(0)
      expect(await database().tokenCache.count({ where: { sessionId: session.id } })).toBe(0)
    })

    test('that was ended on the server is gone', async () => {
      await endSession(session)
      expect(await findSession(cookie)).toBeUndefined()
    })
  })

  describe('a session that is renamed', () => {
    beforeEach(async () => {
      session = (await renameSession(session, ada.id)).session
      await saveTokenCache(session, entered, cacheText)
      await holdSecret(session, setupId, new Secret('the client secret'), 'key')
    })

    test('carries what was sealed in it to the new cookie', async () => {
      const { session: renamed, cookie: fresh } = await renameSession(session, ada.id)
      const found = (await findSession(fresh)) as Session
      expect(renamed.id).not.toBe(session.id)
      expect(await readTokenCache(found, 'global', tenantId)).toBe(cacheText)
      const held = await findHeldSecret(found, setupId)
      expect([held?.secret.reveal(), held?.keyId]).toEqual(['the client secret', 'key'])
    })

    test('is not found by its old cookie, whose key opens nothing any more', async () => {
      const { session: renamed } = await renameSession(session, ada.id)
      expect(await database().session.count({ where: { id: session.id } })).toBe(0)
      expect(await readTokenCache({ ...renamed, key: session.key }, 'global', tenantId)).toBeUndefined()
      expect(await findHeldSecret({ ...renamed, key: session.key }, setupId)).toBeUndefined()
    })

    test('takes nothing any more for a run that began before: it is told so, and nothing of it is a fault', async () => {
      expect(await isLiving(session)).toBe(true)
      expect(await holdSecret(session, setupId, new Secret('another'), 'key')).toBe(true)
      const { session: renamed } = await renameSession(session, ada.id)
      expect(await isLiving(session)).toBe(false)
      expect(await holdSecret(session, setupId, new Secret('too late'), 'key')).toBe(false)
      expect(await saveTokenCache(session, entered, 'too late')).toBe(false)
      expect((await findHeldSecret(renamed, setupId))?.secret.reveal()).toBe('another')
      expect(await readTokenCache(renamed, 'global', tenantId)).toBe(cacheText)
    })

    test('still says what is a fault', async () => {
      await expect(holdSecret(session, otherTenant, new Secret('of no setup'), 'key')).rejects.toThrow()
    })

    test('ends no later for entering one tenant after another, and anew for another person', async () => {
      const soon = new Date(Date.now() + 60_000)
      const endOf = async (one: Session) =>
        (await database().session.findUniqueOrThrow({ where: { id: one.id } })).expiresAt
      await backdate({ expiresAt: soon })
      const same = (await renameSession(session, ada.id)).session
      expect(await endOf(same)).toEqual(soon)
      const ben = await rememberPerson(newPerson())
      expect((await endOf((await renameSession(same, ben.id)).session)).getTime()).toBeGreaterThan(soon.getTime())
    })

    test('for somebody else begins empty: nobody goes on in another person’s tenant', async () => {
      const ben = await rememberPerson(newPerson())
      const { session: renamed } = await renameSession(session, ben.id)
      expect(await findEntered(renamed, 'global', tenantId)).toBeUndefined()
      expect(await findHeldSecret(renamed, setupId)).toBeUndefined()
    })

    test('keeps everything where it was when it cannot be renamed', async () => {
      await expect(renameSession(session, '99999999-0000-4000-8000-000000000000')).rejects.toThrow()
      expect(await readTokenCache(session, 'global', tenantId)).toBe(cacheText)
    })
  })

  describe('a tenant that was entered', () => {
    test('is known with its account and opens with the session’s own key', async () => {
      await saveTokenCache(session, entered, cacheText)
      expect(await findEntered(session, 'global', tenantId)).toMatchObject(entered)
      expect(await findEntered(session, 'global', tenantId)).not.toHaveProperty('sealed')
      expect(await readTokenCache(session, 'global', tenantId)).toBe(cacheText)
    })

    const asked = '{"access_token":{}}'
    const claimsOf = async () => (await findEntered(session, 'global', tenantId))?.claims

    test('keeps what Microsoft asked of the next sign-in, under a new cookie too, until the person has entered', async () => {
      await saveTokenCache(session, entered, cacheText)
      await noteChallenge(session, entered, asked, 'directory')
      expect(await claimsOf()).toBeNull()
      await noteChallenge(session, entered, asked, 'steps')
      session = (await renameSession(session, ada.id)).session
      expect(await claimsOf()).toBe(asked)
      // Renewed without the person, and without anything asked of them.
      await saveTokenCache(session, entered, 'newer')
      expect(await readTokenCache(session, 'global', tenantId)).toBe('newer')
      expect(await claimsOf()).toBe(asked)
      await saveTokenCache(session, entered, cacheText, 'directory', 'entered')
      expect(await claimsOf()).toBe(asked)
      await saveTokenCache(session, entered, cacheText, 'steps', 'entered')
      expect(await claimsOf()).toBeNull()
    })

    test('keeps it until a token was given that was asked for with it, and with nothing else', async () => {
      await saveTokenCache(session, entered, cacheText)
      await noteChallenge(session, entered, asked, 'steps')
      await noteMet(session, entered, '{"access_token":{"other":{}}}', 'steps')
      await noteMet(session, entered, asked, 'directory')
      expect(await claimsOf()).toBe(asked)
      await noteMet(session, entered, asked, 'steps')
      expect(await claimsOf()).toBeNull()
    })

    test('is no other tenant’s, no other cloud’s, no other use’s and no other session’s', async () => {
      await saveTokenCache(session, entered, cacheText)
      const { session: stranger } = await createSession()
      expect(await readTokenCache(session, 'global', otherTenant)).toBeUndefined()
      expect(await readTokenCache(session, 'china', tenantId)).toBeUndefined()
      expect(await readTokenCache(session, 'global', tenantId, 'directory')).toBeUndefined()
      expect(await readTokenCache(stranger, 'global', tenantId)).toBeUndefined()
      expect(await findEntered(stranger, 'global', tenantId)).toBeUndefined()
    })

    test('cannot be passed off as another by whoever writes to the database', async () => {
      await saveTokenCache(session, entered, cacheText)
      await database().tokenCache.updateMany({
        where: { sessionId: session.id },
        data: { slot: `global:${otherTenant}`, tenantId: otherTenant }
      })
      expect(await readTokenCache(session, 'global', otherTenant)).toBeUndefined()
    })
  })

  describe('a client secret that is held', () => {
    test('is this browser’s for this setup only, and can be dropped', async () => {
      await holdSecret(session, setupId, new Secret('first'), undefined)
      await holdSecret(session, setupId, new Secret('second'), 'key')
      expect((await findHeldSecret(session, setupId))?.secret.reveal()).toBe('second')
      const { session: stranger } = await createSession()
      expect(await findHeldSecret(stranger, setupId)).toBeUndefined()
      await dropHeldSecret(session, setupId)
      expect(await findHeldSecret(session, setupId)).toBeUndefined()
    })

    test('is gone after eight hours, from the database too', async () => {
      await holdSecret(session, setupId, new Secret('value'), 'key')
      await database().heldSecret.updateMany({ where: { sessionId: session.id }, data: { expiresAt: ago(1) } })
      expect(await findHeldSecret(session, setupId)).toBeUndefined()
      expect(await database().heldSecret.count({ where: { sessionId: session.id } })).toBe(0)
    })
  })

  test('a copy of the database opens nothing, even beside the key of the app', async () => {
    await saveTokenCache(session, entered, cacheText)
    await holdSecret(session, setupId, new Secret('the client secret'), 'key')
    const everything = [
      ...(await database().tokenCache.findMany()).map(row => ({ label: row.slot, ...row })),
      ...(await database().heldSecret.findMany()).map(row => ({ label: row.setupId, ...row }))
    ]
    expect(everything.length).toBeGreaterThan(1)
    for (const row of everything) {
      expect(Buffer.from(row.sealed).toString('latin1')).not.toMatch(/secret|refresh/)
      for (const guess of [row.sessionId, row.label, setupId, ''])
        expect(openSealed(keyOfCookie(process.env.APP_KEY ?? '', guess), row.label, row.sealed)).toBeUndefined()
    }
  })
})
