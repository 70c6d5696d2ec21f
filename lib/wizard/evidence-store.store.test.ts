// What is kept of receipts, tokens, logins and test messages, on both databases: the newest, of this application alone.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { databases, newPerson, useDatabase } from '../../test-data/databases.ts'
import { login } from '../../test-data/gates.ts'
import { database } from '../db/client.ts'
import type { LoginResult, Sent, TokenEvidence } from '../gates/evidence.ts'
import type { ExchangeEvidence } from '../powershell/evidence.ts'
import type { Person } from '../session/session.ts'
import { addPermissions } from '../steps/add-permissions.ts'
import { grantConsent } from '../steps/grant-consent.ts'
import { registerTheApplication } from '../steps/register-the-application.ts'
import type { Protocol, Standing } from '../steps/step.ts'
import { testTheConnection } from '../steps/test-the-connection.ts'
import {
  countProofs,
  dropProofs,
  lastChangeAt,
  readLogins,
  receiptsRead,
  saveProof,
  saveReceipts,
  saveSent,
  saveToken
} from './evidence-store.ts'
import { setupOf } from './setup.ts'
import { rememberSighting } from './sightings.ts'
import {
  createSetup,
  findSetup,
  forgetSetup,
  rememberPerson,
  type SetupRow,
  saveMailboxes,
  writeDiary
} from './store.ts'

const appId = '58d827e0-c69c-401f-8deb-b1224d129dc8'
const [zoe, ada] = ['zoe@contoso.example', 'ada@contoso.example']
const at = (minute: number) => `2026-08-22T10:${String(minute).padStart(2, '0')}:00.000Z`
const done = (found: object): Standing => ({ kind: 'done', found, facts: [] })
const look = (minute: number, more: Partial<ExchangeEvidence> = {}): ExchangeEvidence => ({
  source: 'receipt',
  at: at(minute),
  appId,
  mailboxes: [],
  failures: [],
  changed: false,
  ...more
})
const token: TokenEvidence = {
  kind: 'given',
  at: at(1),
  audience: 'https://outlook.office365.com',
  tenantId: 'aaaaaaaa-0000-4000-8000-000000000000',
  appId,
  objectId: undefined,
  roles: ['IMAP.AccessAsApp'],
  expiresAt: at(59)
}
const accepted: LoginResult = { kind: 'accepted' }
const refused: LoginResult = { kind: 'refused', said: 'NO AUTHENTICATE failed.', during: 'login' }
const unreachable: LoginResult = { kind: 'unreachable', why: 'time', says: 'No answer.' }
const sent = (minute: number): Sent => ({ kind: 'accepted', at: at(minute), said: '250 2.0.0 OK' })
const notSent = (minute: number): Sent => ({ kind: 'refused', at: at(minute), said: '554 5.2.252 SendAsDenied' })

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
    setupId = await newSetup()
  })

  const newSetup = async () => {
    const protocols = ['IMAP', 'POP', 'SMTP'] as const
    const { id } = await createSetup(person.id, { name: 'Invoices', protocols, cloud: 'global' })
    await saveMailboxes(id, [zoe, ada])
    await rememberSighting(id, registerTheApplication, 'graph', done({ appId, enterpriseObjectId: 'e' }))
    return id
  }
  const row = async () => (await findSetup(person.id, setupId)) as SetupRow
  const setup = async () =>
    setupOf(await row(), { name: 'global', wizard: undefined } as never, {
      admin: undefined,
      wizardClientId: undefined
    })
  const prove = (address: string, protocol: Protocol, result: LoginResult, minute: number) =>
    saveProof(setupId, login(protocol, result, at(minute), address))

  describe('looks at Exchange', () => {
    test('are read with the newest first, which of one paste is the last', async () => {
      await saveReceipts(setupId, [look(1), look(2)])
      await saveReceipts(setupId, [look(0)])
      await saveReceipts(setupId, [])
      expect((await setup()).exchange.map(one => one.at)).toEqual([at(0), at(2), at(1)])
    })

    test('are read whole', async () => {
      const whole = look(1, {
        script: 'diagnosis',
        principals: [{ objectId: 'e', sid: 'S-1-5-21-1-2-3-4' }],
        smtpAuthOfOrganization: false,
        mailboxes: [{ address: 'o’neil@contoso.example', grant: true, smtpAuth: null }],
        granted: { count: 1, sha256: 'f'.repeat(64) },
        failures: ['it’s “wrong”\\']
      })
      await saveReceipts(setupId, [whole])
      expect((await setup()).exchange).toEqual([whole])
    })

    test('are so many at most, the newest', async () => {
      const more = receiptsRead + 5
      await saveReceipts(
        setupId,
        Array.from({ length: more }, (_, minute) => look(minute))
      )
      const read = (await setup()).exchange.map(one => one.at)
      expect(read).toHaveLength(receiptsRead)
      expect([read[0], read.at(-1)]).toEqual([at(more - 1), at(more - receiptsRead)])
    })

    test('of another application are not of this setup, nor are any before the application is known', async () => {
      await saveReceipts(setupId, [look(1), look(2, { appId: '99999999-c69c-401f-8deb-b1224d129dc8' })])
      expect((await setup()).exchange.map(one => one.at)).toEqual([at(1)])
      // However many there are, they take no place of those that count.
      const another = look(3, { appId: '99999999-c69c-401f-8deb-b1224d129dc8' })
      await saveReceipts(setupId, Array(receiptsRead).fill(another))
      expect((await setup()).exchange.map(one => one.at)).toEqual([at(1)])
      const { id } = await createSetup(person.id, { name: 'New', protocols: ['IMAP'], cloud: 'global' })
      setupId = id
      await saveReceipts(setupId, [look(1)])
      expect((await setup()).exchange).toEqual([])
    })
  })

  test('a token’s claims are the last ones, and none at first', async () => {
    expect((await row()).token).toBeNull()
    await saveToken(setupId, token)
    await saveToken(setupId, { ...token, at: at(2), objectId: 'o' })
    expect((await row()).token).toEqual({ ...token, at: at(2), objectId: 'o' })
    await saveToken(setupId, { kind: 'silent', at: at(3) })
    expect((await row()).token).toEqual({ kind: 'silent', at: at(3) })
  })

  describe('a login', () => {
    test('takes the place of the one before, of its mailbox and protocol alone', async () => {
      await prove(zoe, 'IMAP', refused, 1)
      await prove(zoe, 'POP', refused, 1)
      await prove(ada, 'IMAP', unreachable, 1)
      await prove(zoe, 'IMAP', { kind: 'accepted', inbox: { messages: 3, bytes: 12_345 } }, 2)
      expect(await readLogins(setupId)).toEqual([
        { address: ada, protocol: 'IMAP', at: at(1), result: unreachable },
        {
          address: zoe,
          protocol: 'IMAP',
          at: at(2),
          result: { kind: 'accepted', inbox: { messages: 3, bytes: 12_345 } }
        },
        { address: zoe, protocol: 'POP', at: at(1), result: refused }
      ])
    })

    test.each([refused, unreachable])('that was accepted is told of beside a later one: $kind', async later => {
      await prove(zoe, 'IMAP', { kind: 'accepted', inbox: { messages: 3 } }, 1)
      await prove(zoe, 'IMAP', later, 2)
      await prove(zoe, 'IMAP', later, 3)
      expect(await readLogins(setupId)).toEqual([
        { address: zoe, protocol: 'IMAP', at: at(1), result: accepted },
        { address: zoe, protocol: 'IMAP', at: at(3), result: later }
      ])
      await prove(zoe, 'IMAP', accepted, 4)
      expect(await readLogins(setupId)).toEqual([{ address: zoe, protocol: 'IMAP', at: at(4), result: accepted }])
    })

    test('of another setup is not read', async () => {
      await prove(zoe, 'IMAP', accepted, 1)
      expect(await readLogins(await newSetup())).toEqual([])
    })

    test('saved in two tabs at the same moment is one of the two', async () => {
      await Promise.all([refused, accepted, refused, accepted].map(result => prove(zoe, 'IMAP', result, 1)))
      const newest = (await readLogins(setupId)).at(-1)
      expect([accepted, refused]).toContainEqual(newest?.result)
      const { accepted: open, refused: shut } = await countProofs(setupId, undefined)
      expect(open + shut).toBe(1)
    })
  })

  describe('a test message', () => {
    test('that was accepted had a login that was accepted, also where none was tried', async () => {
      await saveSent(setupId, zoe, sent(1))
      expect(await readLogins(setupId)).toEqual([
        { address: zoe, protocol: 'SMTP', at: at(1), result: { kind: 'accepted', sent: sent(1) } }
      ])
    })

    test('that was refused is told with the login that was not', async () => {
      await prove(zoe, 'SMTP', refused, 1)
      await saveSent(setupId, zoe, notSent(2))
      expect(await readLogins(setupId)).toEqual([
        { address: zoe, protocol: 'SMTP', at: at(2), result: { kind: 'accepted', sent: notSent(2) } }
      ])
    })

    test('stays proved over a later login, and the newest one counts', async () => {
      await saveSent(setupId, zoe, sent(1))
      await prove(zoe, 'SMTP', accepted, 2)
      expect(await readLogins(setupId)).toEqual([
        { address: zoe, protocol: 'SMTP', at: at(2), result: { kind: 'accepted', sent: sent(1) } }
      ])
      await saveSent(setupId, zoe, notSent(3))
      expect((await countProofs(setupId, undefined)).sent).toBe(0)
      await saveSent(setupId, zoe, sent(4))
      expect((await countProofs(setupId, undefined)).sent).toBe(1)
    })

    test('is no part of a refusal that came after it', async () => {
      await saveSent(setupId, zoe, sent(1))
      await prove(zoe, 'SMTP', refused, 2)
      const logins = await readLogins(setupId)
      expect(logins.map(({ at: when, result }) => [when, result.kind])).toEqual([
        [at(1), 'accepted'],
        [at(2), 'refused']
      ])
      expect(logins.at(-1)?.result).toEqual(refused)
    })
  })

  describe('the count', () => {
    const none = { accepted: 0, refused: 0, unreachable: 0, sent: 0, sendRefused: 0, opened: [], noToken: undefined }

    test('is of the newest logins, and comes with the setup', async () => {
      expect(await countProofs(setupId, undefined)).toEqual(none)
      await prove(zoe, 'IMAP', refused, 1)
      await prove(zoe, 'IMAP', accepted, 2)
      await prove(zoe, 'POP', unreachable, 2)
      await prove(ada, 'IMAP', refused, 2)
      await saveSent(setupId, ada, sent(2))
      const counted = {
        ...none,
        accepted: 2,
        refused: 1,
        unreachable: 1,
        sent: 1,
        opened: [{ address: zoe, at: at(2) }]
      }
      expect(await countProofs(setupId, undefined)).toEqual(counted)
      expect((await setup()).proof).toEqual(counted)
    })

    test('names a mailbox that was opened once, with the newest time, by IMAP or POP and not by SMTP', async () => {
      const opened = async () =>
        [...(await countProofs(setupId, undefined)).opened].sort((a, b) => (a.address < b.address ? -1 : 1))
      await prove(zoe, 'SMTP', accepted, 1)
      expect(await countProofs(setupId, undefined)).toEqual({ ...none, accepted: 1 })
      await prove(zoe, 'IMAP', accepted, 1)
      await prove(zoe, 'POP', accepted, 2)
      expect(await opened()).toEqual([{ address: zoe, at: at(2) }])
      await prove(ada, 'POP', accepted, 1)
      await prove(ada, 'POP', refused, 3)
      expect(await opened()).toEqual([
        { address: ada, at: at(1) },
        { address: zoe, at: at(2) }
      ])
    })

    test('says why there was no token, unless a login is newer', async () => {
      const problem = { id: 'secret-expired', title: 'X', happened: 'Y', todo: [] }
      await prove(zoe, 'IMAP', accepted, 2)
      const refusedToken = (minute: number) => ({ kind: 'refused', at: at(minute), problem }) as const
      expect((await countProofs(setupId, refusedToken(3))).noToken).toEqual(problem)
      expect((await countProofs(setupId, refusedToken(1))).noToken).toBeUndefined()
      expect((await countProofs(setupId, { kind: 'silent', at: at(3) })).noToken?.id).toBe('no-token-answer')
    })

    test('counts the messages that were refused', async () => {
      await saveSent(setupId, zoe, notSent(2))
      expect(await countProofs(setupId, undefined)).toMatchObject({ accepted: 1, sent: 0, sendRefused: 1 })
    })

    test('is of the mailboxes that are in the list now', async () => {
      await prove(zoe, 'IMAP', accepted, 1)
      await prove('gone@contoso.example', 'IMAP', accepted, 1)
      await saveSent(setupId, 'gone@contoso.example', sent(1))
      expect(await countProofs(setupId, undefined)).toEqual({
        ...none,
        accepted: 1,
        opened: [{ address: zoe, at: at(1) }]
      })
      await saveMailboxes(setupId, [ada])
      expect(await countProofs(setupId, undefined)).toEqual(none)
      await saveMailboxes(setupId, [ada, zoe])
      expect((await countProofs(setupId, undefined)).opened).toHaveLength(1)
    })

    test('is of one setup, although another has the same mailboxes', async () => {
      await prove(zoe, 'IMAP', accepted, 1)
      expect(await countProofs(await newSetup(), undefined)).toEqual(none)
    })
  })

  describe('what was proved', () => {
    /** How many logins and looks there are, and whether there is a token. */
    const kept = async (id = setupId) => {
      const where = { where: { setupId: id } }
      const { token: claims } = (await database().setup.findUnique({ where: { id } })) ?? { token: null }
      return [await database().proof.count(where), await database().receipt.count(where), claims !== null]
    }
    beforeEach(async () => {
      await prove(zoe, 'IMAP', accepted, 1)
      await saveSent(setupId, zoe, sent(1))
      await saveToken(setupId, token)
      await saveReceipts(setupId, [look(1)])
      await rememberSighting(setupId, testTheConnection, 'login', done({ confirmed: true }))
    })

    test('is dropped with the token, of one setup alone, and twice is no harm', async () => {
      const other = setupId
      setupId = await newSetup()
      await prove(zoe, 'IMAP', accepted, 1)
      await saveToken(setupId, token)
      await dropProofs(setupId)
      await dropProofs(setupId)
      await dropProofs(randomUUID())
      expect(await kept()).toEqual([0, 0, false])
      expect(await kept(other)).toEqual([2, 1, true])
    })

    test('goes with its setup', async () => {
      await forgetSetup(setupId)
      expect(await kept()).toEqual([0, 0, false])
    })

    test.each([
      ['application', { appId: '99999999-c69c-401f-8deb-b1224d129dc8', enterpriseObjectId: 'e' }],
      ['Object ID of the enterprise application', { appId, enterpriseObjectId: 'f' }]
    ])('is void with another %s', async (_, found) => {
      await rememberSighting(setupId, registerTheApplication, 'graph', done(found))
      expect(await kept()).toEqual([0, 1, false])
      expect((await setup()).found(testTheConnection)).toBeUndefined()
    })

    test('stays where the same application is seen again, or another step is', async () => {
      await rememberSighting(setupId, registerTheApplication, 'token', done({ appId, enterpriseObjectId: 'e' }))
      await rememberSighting(setupId, addPermissions, 'graph', done({ roles: [] }))
      expect(await kept()).toEqual([2, 1, true])
      expect((await setup()).found(testTheConnection)).toEqual({ confirmed: true })
    })
  })

  test('the last change of a step is the diary’s newest of that step, and of changes alone', async () => {
    expect(await lastChangeAt(setupId, grantConsent.id)).toBeUndefined()
    const write = (kind: 'change' | 'note', stepId: string) =>
      writeDiary(setupId, { who: 'ada', kind, says: 'x', stepId })
    await write('change', grantConsent.id)
    await write('change', grantConsent.id)
    await write('note', grantConsent.id)
    await write('change', addPermissions.id)
    const entries = await database().logEntry.findMany({ where: { setupId }, orderBy: { id: 'asc' } })
    // Told apart by a time of their own.
    for (const [index, { id }] of entries.entries())
      await database().logEntry.update({ where: { id }, data: { at: new Date(at(index)) } })
    expect((await lastChangeAt(setupId, grantConsent.id))?.toISOString()).toBe(at(1))
  })

  test('no column holds a token, a secret or a pasted text', async () => {
    const columns = await database().$queryRaw<{ name: string }[]>`
      SELECT table_name || '.' || column_name AS "name" FROM information_schema.columns
      WHERE table_name IN ('Receipt', 'Proof') ORDER BY 1`
    expect(columns.map(({ name }) => name).sort()).toEqual(
      [
        ...['acceptedAt', 'address', 'at', 'kind', 'protocol', 'result', 'sent', 'setupId'].map(
          name => `Proof.${name}`
        ),
        ...['at', 'evidence', 'id', 'setupId'].map(name => `Receipt.${name}`)
      ].sort()
    )
  })
})
