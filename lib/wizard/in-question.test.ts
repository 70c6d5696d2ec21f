// A text is judged by the mailboxes that it is about, and by those that still wait to be opened.
import { describe, expect, test } from 'vitest'
import { globalCloud } from '../../test-data/sample-input.ts'
import type { ExchangeEvidence } from '../powershell/evidence.ts'
import type { Registered } from '../steps/register-the-application.ts'
import type { Setup } from '../steps/step.ts'
import { mailboxesInQuestion } from './in-question.ts'

const app: Registered = {
  appId: '58d827e0-c69c-401f-8deb-b1224d129dc8',
  enterpriseObjectId: 'bf822882-b0bf-4acc-a606-7da6b107a435'
}
const [ada, ben, cleo, dan] = [
  'Ada@contoso.example',
  'ben@contoso.example',
  'cleo@contoso.example',
  'dan@contoso.example'
]

const look = (script: ExchangeEvidence['script'], ...granted: readonly string[]): ExchangeEvidence => ({
  source: script ? 'receipt' : 'output',
  ...(script && { script }),
  at: '2026-08-22T10:01:00.000Z',
  appId: app.appId,
  mailboxes: granted.map(address => ({ address: address.toLowerCase(), grant: true })),
  failures: [],
  changed: true
})
/** Ada's was opened by a script and Ben's by a login; nobody has seen the others open. */
const setup: Setup = {
  id: 'setup',
  name: 'Invoices',
  protocols: ['IMAP'],
  cloud: globalCloud,
  tenantId: '8f1cf9a4-3f5f-4c0d-9b80-0e0f7a5a1c11',
  findsBy: 'uniqueName',
  wizardClientId: undefined,
  admin: undefined,
  mailboxes: [ada, ben, cleo, dan],
  secrets: [],
  exchange: [look('mailboxes', ada)],
  proof: {
    accepted: 1,
    refused: 0,
    unreachable: 0,
    sent: 0,
    sendRefused: 0,
    opened: [{ address: ben, at: '2026-08-22T10:02:00.000Z' }]
  },
  now: new Date(0),
  nextAttemptId: 'attempt',
  answered: () => undefined,
  found: () => undefined,
  lastFound: () => undefined
}
const inQuestion = (...looks: readonly ExchangeEvidence[]) => mailboxesInQuestion(setup, app, looks)

describe('in question are', () => {
  test.each(['mailboxes', 'diagnosis'] as const)(
    'after %s those it names, and those that nobody saw open',
    async script => {
      expect(await inQuestion(look(script, cleo))).toEqual([cleo, dan])
      expect(await inQuestion(look(script, ada))).toEqual([ada, cleo, dan])
    }
  )

  test.each(['switches', 'send-as'] as const)('after %s those it names alone', async script => {
    expect(await inQuestion(look(script, cleo))).toEqual([cleo])
    expect(await inQuestion(look(script, ben), look('switches', ada))).toEqual([ada, ben])
  })

  test.each(['whole', 'repair', 'undo', 'register', undefined] as const)('after %s all of them', async script => {
    expect(await inQuestion(look(script, cleo))).toEqual(setup.mailboxes)
    expect(await inQuestion(look('mailboxes', cleo), look(script))).toEqual(setup.mailboxes)
  })

  test('all of them where none is named', async () => {
    expect(await inQuestion(look('mailboxes'))).toEqual(setup.mailboxes)
    expect(await inQuestion()).toEqual(setup.mailboxes)
  })
})
