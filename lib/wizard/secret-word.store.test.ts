// The person's word about the client secret, from pages that stayed open: it is about the secret that the page showed.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { atStep, newOwner, newSetup, type Owner } from '../../test-data/at-step.ts'
import { databases, useDatabase } from '../../test-data/databases.ts'
import { findHeldSecret, holdSecret } from '../session/held-secrets.ts'
import { Secret } from '../session/secret.ts'
import { createASecret } from '../steps/create-a-secret.ts'
import { confirmStep, loseTheSecret } from './act.ts'
import { shownSecret } from './shown-secret.ts'
import { noteAttempt, noteSecret } from './store.ts'

const expiresAt = new Date(Date.now() + 24 * 60 * 60 * 1000)

describe.each(databases)('on $name', ({ open }) => {
  let opened: { close(): Promise<void> }
  let owner: Owner
  let setupId: string
  beforeAll(async () => {
    opened = await useDatabase(open)
  })
  afterAll(() => opened.close())
  beforeEach(async () => {
    owner = await newOwner()
    setupId = await newSetup(owner)
  })

  const at = () => atStep(owner, setupId, createASecret)

  /** A run has made a secret, and this browser shows it. */
  async function make(keyId: string): Promise<void> {
    const attemptId = randomUUID()
    await noteAttempt(setupId, attemptId, `made as ${keyId}`)
    await holdSecret(owner.session, setupId, new Secret(`the value of ${keyId}`), keyId)
    await noteSecret(setupId, attemptId, { name: `made as ${keyId}`, keyId, hint: 'abc', expiresAt })
  }
  const secrets = async () => (await at()).setup.secrets.map(({ keyId, stored }) => ({ keyId, stored }))
  const outOfDate = { ok: true, goTo: expect.stringContaining('?other-secret=1') }

  test('is taken from the page that shows it, and the value stays held for the test', async () => {
    await make('first')
    const acted = await confirmStep(await at(), 'first')
    expect(acted).toMatchObject({ ok: true, goTo: expect.not.stringContaining('other-secret') })
    expect(await secrets()).toEqual([{ keyId: 'first', stored: true }])
    expect(await shownSecret(await at())).toMatchObject({ kind: 'held' })
    // Said again, from a second tab with the same secret, it is true still.
    expect(await confirmStep(await at(), 'first')).toMatchObject({ goTo: expect.not.stringContaining('other-secret') })
  })

  test('that one is stored does not mark the one that another tab has made since', async () => {
    await make('first')
    await loseTheSecret(await at(), 'first')
    await make('second')
    expect(await confirmStep(await at(), 'first')).toEqual(outOfDate)
    expect(await secrets()).toEqual([
      { keyId: undefined, stored: false },
      { keyId: 'second', stored: false }
    ])
    expect(await shownSecret(await at())).toMatchObject({ kind: 'here', keyId: 'second' })
    expect((await at()).row.sightings).toEqual([])
  })

  test('that one is lost loses neither the one that was made since, nor what is held of it', async () => {
    await make('first')
    await loseTheSecret(await at(), 'first')
    await make('second')
    expect(await loseTheSecret(await at(), 'first')).toEqual(outOfDate)
    expect((await secrets()).at(-1)).toEqual({ keyId: 'second', stored: false })
    expect((await findHeldSecret(owner.session, setupId))?.keyId).toBe('second')
    expect(await loseTheSecret(await at(), 'second')).toMatchObject({ goTo: expect.not.stringContaining('?') })
    expect((await secrets()).at(-1)).toEqual({ keyId: undefined, stored: false })
    expect(await findHeldSecret(owner.session, setupId)).toBeUndefined()
  })

  test('that one was made by hand is kept, and marks none that a run has made since', async () => {
    expect(await confirmStep(await at())).toMatchObject({ goTo: expect.not.stringContaining('other-secret') })
    expect(await secrets()).toEqual([{ keyId: undefined, stored: true }])
    await make('second')
    expect(await confirmStep(await at())).toEqual(outOfDate)
    expect((await secrets()).at(-1)).toEqual({ keyId: 'second', stored: false })
  })

  test.each(['nobody’s', 'a\0b', ''])('about a secret with the key ID %j loses nothing', async keyId => {
    await make('first')
    expect(await loseTheSecret(await at(), keyId)).toEqual(outOfDate)
    expect(await confirmStep(await at(), keyId)).toEqual(outOfDate)
    expect(await secrets()).toEqual([{ keyId: 'first', stored: false }])
  })
})
