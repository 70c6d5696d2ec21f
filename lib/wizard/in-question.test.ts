// A text is judged by the mailboxes that it is about, and by those that still wait to be opened.
import { describe, expect, test } from 'vitest'
import { globalCloud } from '../../test-data/sample-input.ts'
import type { ExchangeEvidence } from '../powershell/evidence.ts'
import type { Found } from '../powershell/output/found.ts'
import type { Receipt, ScriptKind } from '../powershell/receipt.ts'
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

const look = (...granted: readonly string[]): ExchangeEvidence => ({
  source: 'receipt',
  script: 'mailboxes',
  at: '2026-08-22T10:01:00.000Z',
  appId: app.appId,
  mailboxes: granted.map(address => ({ address: address.toLowerCase(), grant: true })),
  failures: [],
  changed: true
})
const receipt = (script: ScriptKind, named: readonly string[], more: Partial<Receipt> = {}): Receipt => ({
  script,
  setupId: 'setup',
  when: '2026-08-22T10:03:00.000Z',
  tenantId: '8f1cf9a4-3f5f-4c0d-9b80-0e0f7a5a1c11',
  organization: 'contoso.onmicrosoft.com',
  appId: app.appId,
  principal: 'present',
  principals: [],
  protocols: [],
  smtpAuth: '-',
  mailboxes: named.length,
  granted: 0,
  failed: named.length,
  writes: named.length,
  sha256: '',
  // Exchange refused each: it is in question all the same.
  each: named.map(address => ({ address, is: '-', grant: 'failed', imap: '-', pop: '-', smtp: '-', sendAs: '-' })),
  failures: [],
  ...more
})
const foundOf = (receipts: readonly Receipt[], output: Partial<Found> = {}): Found => ({
  principals: [],
  permissions: [],
  casMailboxes: [],
  receipts: receipts.map((one, line) => ({ line, receipt: one, earlier: [] })),
  refusedReceipts: [],
  errors: [],
  ambiguous: [],
  removals: [],
  prompts: [],
  ...output
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
  exchange: [look(ada)],
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
const inQuestion = (...receipts: readonly Receipt[]) => mailboxesInQuestion(setup, app, foundOf(receipts))

describe('in question are', () => {
  test.each(['mailboxes', 'diagnosis'] as const)(
    'after %s those it names, and those that nobody saw open',
    async script => {
      expect(await inQuestion(receipt(script, [cleo]))).toEqual([cleo, dan])
      expect(await inQuestion(receipt(script, [ada.toLowerCase()]))).toEqual([ada, cleo, dan])
      expect(await inQuestion(receipt(script, []))).toEqual([cleo, dan])
    }
  )

  test.each(['switches', 'send-as'] as const)('after %s those it names alone', async script => {
    expect(await inQuestion(receipt(script, [cleo]))).toEqual([cleo])
    expect(await inQuestion(receipt(script, [ben]), receipt('switches', [ada]))).toEqual([ada, ben])
  })

  test.each(['whole', 'repair', 'undo', 'register'] as const)('after %s all of them', async script => {
    expect(await inQuestion(receipt(script, [cleo]))).toEqual(setup.mailboxes)
    expect(await inQuestion(receipt('mailboxes', [cleo]), receipt(script, []))).toEqual(setup.mailboxes)
  })

  test('all of them where they stand in a file, where no receipt is, and where output stands beside it', async () => {
    expect(await inQuestion(receipt('mailboxes', [cleo], { details: 'x.txt' }))).toEqual(setup.mailboxes)
    expect(await inQuestion()).toEqual(setup.mailboxes)
    const output = { principals: [{ line: 1, block: 1 }] }
    expect(await mailboxesInQuestion(setup, app, foundOf([receipt('switches', [cleo])], output))).toEqual(
      setup.mailboxes
    )
  })
})
