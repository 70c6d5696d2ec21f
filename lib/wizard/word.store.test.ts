// A person's word that their own program opens every mailbox, beside what the wizard saw by itself.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { atStep, newOwner, newSetup, type Owner } from '../../test-data/at-step.ts'
import { databases, useDatabase } from '../../test-data/databases.ts'
import type { LoginResult } from '../gates/evidence.ts'
import { testTheConnection } from '../steps/test-the-connection.ts'
import { confirmStep } from './act.ts'
import { saveProof, saveToken } from './evidence-store.ts'
import { standByEvidence } from './stand-by-evidence.ts'
import { saveMailboxes } from './store.ts'

const mailbox = 'invoices@contoso.example'
const later = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString()
const unreachable: LoginResult = { kind: 'unreachable', why: 'time', says: 'No answer.' }

describe.each(databases)('on $name', ({ open }) => {
  let opened: { close(): Promise<void> }
  let owner: Owner
  let setupId: string
  beforeAll(async () => {
    opened = await useDatabase(open)
    owner = await newOwner()
  })
  afterAll(() => opened.close())

  const at = () => atStep(owner, setupId, testTheConnection)
  const logIn = async (result: LoginResult, after: number) => {
    await saveProof(setupId, { address: mailbox, protocol: 'IMAP', at: later(after), result })
    await standByEvidence(await at(), 'login')
  }
  const stands = async () => (await at()).seen[testTheConnection.id]?.standing.kind
  const begin = async () => {
    setupId = await newSetup(owner)
    await saveMailboxes(setupId, [mailbox])
  }

  test('is taken where the wizard reaches no mail server, and stays', async () => {
    await begin()
    await logIn(unreachable, 1)
    expect(await stands()).toBe('blocked')
    const said = await confirmStep(await at())
    expect(said).toMatchObject({ ok: true, goTo: expect.not.stringContaining('#stands') })
    expect(await stands()).toBe('done')
    await logIn(unreachable, 2)
    expect(await stands()).toBe('done')
  })

  test('is taken where Microsoft gives the wizard no answer about a token', async () => {
    await begin()
    await saveToken(setupId, { kind: 'silent', at: later(1) })
    await standByEvidence(await at(), 'login')
    expect(await stands()).toBe('blocked')
    await confirmStep(await at())
    expect(await stands()).toBe('done')
  })

  test('does not stand against a login that Exchange Online refused, before or after', async () => {
    await begin()
    const refused: LoginResult = { kind: 'refused', said: 'NO AUTHENTICATE failed.', during: 'login' }
    await logIn(refused, 1)
    expect(await confirmStep(await at())).toMatchObject({ ok: true, goTo: expect.stringContaining('#stands') })
    expect(await stands()).toBe('blocked')
    await begin()
    await confirmStep(await at())
    expect(await stands()).toBe('done')
    await logIn(refused, 2)
    expect(await stands()).toBe('blocked')
  })
})
