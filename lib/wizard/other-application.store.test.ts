// A setup that goes on with another application: what was proved, held and made for the one before is not said of this one.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { atStep, newSetup } from '../../test-data/at-step.ts'
import { databases, newPerson, useDatabase } from '../../test-data/databases.ts'
import { findHeldSecret, holdSecret } from '../session/held-secrets.ts'
import { Secret } from '../session/secret.ts'
import { createSession, type Person, type Session } from '../session/session.ts'
import { createASecret } from '../steps/create-a-secret.ts'
import { openTheMailboxes } from '../steps/open-the-mailboxes.ts'
import { registerInExchange } from '../steps/register-in-exchange.ts'
import { registerTheApplication } from '../steps/register-the-application.ts'
import type { Standing, Step, TenantReader } from '../steps/step.ts'
import { answerStep, confirmStep, tellStep } from './act.ts'
import { saveProof, saveToken } from './evidence-store.ts'
import { findLease, releaseLease, takeLease } from './lease.ts'
import { rememberLook, rememberSighting } from './sightings.ts'
import { standByEvidence } from './stand-by-evidence.ts'
import { nameTenant, noteAttempt, noteSecret, rememberPerson, saveAnswer, saveMailboxes } from './store.ts'

const [tenantId, first, second, objectId] = [1, 2, 3, 4].map(
  digit => `${String(digit).repeat(8)}-0000-4000-8000-000000000000`
) as [string, string, string, string]
const mailbox = 'invoices@contoso.example'
const done = (found: object): Standing => ({ kind: 'done', found, facts: [] })
const doneAs = (appId: string) => done({ appId, enterpriseObjectId: objectId })

describe.each(databases)('on $name', ({ open }) => {
  let opened: { close(): Promise<void> }
  let person: Person
  let browsers: readonly Session[]
  let setupId: string
  beforeAll(async () => {
    opened = await useDatabase(open)
    person = await rememberPerson(newPerson())
    browsers = [(await createSession()).session, (await createSession()).session]
  })
  afterAll(() => opened.close())

  const at = (step: Step) => atStep({ person, session: browsers[0] as Session }, setupId, step)

  async function makeSecret(): Promise<void> {
    const [attemptId, name] = [randomUUID(), 'Mail OAuth Wizard 1']
    await noteAttempt(setupId, attemptId, name)
    await noteSecret(setupId, attemptId, { name, keyId: randomUUID(), hint: 'abc', expiresAt: new Date() })
  }

  /** A setup whose first application has a secret that was just shown in two browsers, a token, and a login. */
  async function proved(adopted: string | undefined): Promise<void> {
    setupId = await newSetup({ person })
    await nameTenant(setupId, tenantId)
    await saveAnswer(setupId, registerTheApplication.id, { clientId: adopted })
    await rememberSighting(
      setupId,
      registerTheApplication,
      'graph',
      done({ appId: first, enterpriseObjectId: objectId })
    )
    await saveMailboxes(setupId, [mailbox])
    await makeSecret()
    for (const browser of browsers) await holdSecret(browser, setupId, new Secret('a secret'), undefined)
    await saveToken(setupId, { kind: 'silent', at: new Date().toISOString() })
    await saveProof(setupId, {
      address: mailbox,
      protocol: 'IMAP',
      at: new Date().toISOString(),
      result: { kind: 'accepted' }
    })
    await standByEvidence(await at(registerInExchange), 'login')
  }

  /** Logins, tokens, secrets that were made, and browsers that hold one. */
  async function left(): Promise<readonly number[]> {
    const { row, setup } = await at(registerTheApplication)
    const held = await Promise.all(browsers.map(browser => findHeldSecret(browser, setupId)))
    const token = row.token === null ? 0 : 1
    return [setup.proof.accepted, token, setup.secrets.length, held.filter(one => one !== undefined).length]
  }
  const everything = [1, 1, 1, 2]
  const nothing = [0, 0, 0, 0]

  const answer = async (clientId: string | undefined) =>
    answerStep(await at(registerTheApplication), {
      which: [clientId === undefined ? 'new' : 'adopt'],
      clientId: [clientId ?? '']
    })
  const tell = async (appId: string) =>
    tellStep(await at(registerTheApplication), {
      appId: [appId],
      enterpriseObjectId: [objectId],
      applicationObjectId: ['']
    })

  describe('an answer', () => {
    test.each([
      ['adopts another in place of the new one', undefined, second],
      ['adopts another in place of an adopted one', first, second],
      ['goes back to a new one', first, undefined]
    ])('that %s leaves nothing of the one before', async (_name, before, next) => {
      await proved(before)
      expect(await left()).toEqual(everything)
      expect(await answer(next)).toMatchObject({ ok: true })
      expect(await left()).toEqual(nothing)
    })

    test.each([
      ['names the same adopted one', first, first],
      ['adopts the one that was made', undefined, first],
      ['wants the new one, as before', undefined, undefined]
    ])('that %s keeps it all', async (_name, before, next) => {
      await proved(before)
      expect(await answer(next)).toMatchObject({ ok: true })
      expect(await left()).toEqual(everything)
    })

    test('that is given twice before anybody looks counts as another still', async () => {
      await proved(undefined)
      await answer(undefined)
      await answer(second)
      expect(await left()).toEqual(nothing)
    })
  })

  test('a login of the application before proves nothing of this one, and no secret of it is waited for', async () => {
    await proved(undefined)
    expect((await at(registerInExchange)).setup.found(registerInExchange)).toEqual({ confirmed: true })
    await answer(second)
    await rememberSighting(
      setupId,
      registerTheApplication,
      'graph',
      done({ appId: second, enterpriseObjectId: objectId })
    )
    await confirmStep(await at(openTheMailboxes))
    const { setup, row } = await at(createASecret)
    expect(setup.found(registerInExchange)).toBeUndefined()
    expect(row.sightings.find(({ stepId }) => stepId === openTheMailboxes.id)?.source).toBe('person')
    const application = { id: objectId, appId: second, displayName: 'Other', passwordCredentials: [] }
    const tenant = { read: async () => application } as unknown as TenantReader
    expect(await createASecret.check(tenant, setup)).toMatchObject({ kind: 'todo' })
  })

  test('told by hand, another application leaves nothing of the one before, and the same one keeps it all', async () => {
    await proved(first)
    expect(await tell(first)).toMatchObject({ ok: true })
    expect(await left()).toEqual(everything)
    expect(await tell(second)).toMatchObject({ ok: true })
    expect(await left()).toEqual(nothing)
  })

  test('told by hand after an answer that was not looked at, it leaves nothing either', async () => {
    await proved(undefined)
    await answer(undefined)
    expect(await tell(second)).toMatchObject({ ok: true })
    expect(await left()).toEqual(nothing)
  })

  test('an application that was made again is another, by the look that finds it', async () => {
    await proved(undefined)
    await rememberSighting(
      setupId,
      registerTheApplication,
      'graph',
      done({ appId: second, enterpriseObjectId: objectId })
    )
    expect(await left()).toEqual(nothing)
  })

  describe('while a run is at work', () => {
    /** A run has sent what it needs for a secret of the first application; its answer is on its way. */
    async function underRun(act: () => Promise<unknown>): Promise<unknown> {
      const lease = await takeLease(setupId, 'ben@contoso.example', 60_000)
      if (!lease.taken) throw new Error('The lease was not free')
      const acted = await act()
      expect(await findLease(setupId)).toMatchObject({ who: 'ben@contoso.example' })
      await releaseLease(setupId, lease.holder)
      return acted
    }
    const refused = (field: string) => ({
      ok: false,
      problems: [{ field, says: expect.stringMatching(/ben@contoso\.example began it at \d\d:\d\d:\d\d UTC/) }]
    })

    test('no other application is chosen, and who is at work is told; after it one is', async () => {
      await proved(first)
      expect(await underRun(() => answer(second))).toEqual(refused('which'))
      expect(await underRun(() => tell(second))).toEqual(refused('appId'))
      expect((await at(registerTheApplication)).setup.answered(registerTheApplication)).toEqual({ clientId: first })
      expect(await left()).toEqual(everything)
      expect(await answer(second)).toMatchObject({ ok: true })
      expect(await left()).toEqual(nothing)
      expect(await findLease(setupId)).toBeUndefined()
    })

    test('the same application may be chosen again', async () => {
      await proved(first)
      expect(await underRun(() => answer(first))).toMatchObject({ ok: true })
      expect(await left()).toEqual(everything)
    })

    test('a look that finds another application is not kept', async () => {
      await proved(undefined)
      const known = await at(registerTheApplication)
      expect(await underRun(() => rememberLook(known, registerTheApplication, 'graph', doneAs(second)))).toBe(false)
      expect(await left()).toEqual(everything)
      expect(await rememberLook(known, registerTheApplication, 'graph', doneAs(second))).toBe(true)
      expect(await left()).toEqual(nothing)
    })

    test('whose lease was lost, what it sees of another application is not kept', async () => {
      await proved(undefined)
      await rememberSighting(setupId, registerTheApplication, 'graph', doneAs(second), false)
      expect(await left()).toEqual(everything)
    })
  })

  describe('a look that ends after the setup went on with another application', () => {
    test.each([
      ['chosen', async () => expect(await answer(second)).toMatchObject({ ok: true })],
      ['made again', () => rememberSighting(setupId, registerTheApplication, 'graph', doneAs(second))]
    ])('is not kept where that was %s, and lets go of nothing', async (_name, goOn) => {
      await proved(undefined)
      const [application, secret] = [await at(registerTheApplication), await at(createASecret)]
      await goOn()
      await rememberSighting(setupId, registerTheApplication, 'graph', doneAs(second))
      await makeSecret()
      const before = (await at(registerTheApplication)).row.sightings
      expect(await rememberLook(application, registerTheApplication, 'graph', doneAs(first))).toBe(false)
      expect(await rememberLook(secret, createASecret, 'graph', done({ keyId: 'of the first' }))).toBe(false)
      expect((await at(registerTheApplication)).row.sightings).toEqual(before)
      expect((await at(createASecret)).setup.secrets).toHaveLength(1)
    })

    test('is kept where nothing has changed', async () => {
      await proved(first)
      expect(await rememberLook(await at(createASecret), createASecret, 'graph', done({ keyId: 'k' }))).toBe(true)
      expect((await at(createASecret)).setup.found(createASecret)).toEqual({ keyId: 'k' })
    })
  })

  test('another setup keeps what it has', async () => {
    await proved(first)
    const kept = setupId
    await proved(first)
    await answer(second)
    setupId = kept
    expect(await left()).toEqual(everything)
  })
})
