// Each gate shut alone gets its own name and no other: by the server's words where they suffice, else by a receipt.
import { describe, expect, it } from 'vitest'
import {
  accepted,
  evidence,
  expected,
  givenToken,
  ids,
  login,
  mailbox,
  minutesAgo,
  now,
  other,
  plain,
  receipt,
  refused,
  refusedToken,
  sent,
  words
} from '../../test-data/gates.ts'
import { tokenProblem } from '../microsoft/problems.ts'
import { type Protocol, protocols } from '../steps/step.ts'
import { diagnose, gatesFor } from './diagnose.ts'
import type { Evidence } from './evidence.ts'
import { type GateId, gateIds, gatesOf } from './gate.ts'

const look = (protocol: Protocol, given: Partial<Evidence>, of = expected) =>
  diagnose(of, evidence(given), mailbox, protocol, now)
const shutIn = (protocol: Protocol, given: Partial<Evidence>) => look(protocol, given).shut.map(({ gate }) => gate)
const state = (protocol: Protocol, given: Partial<Evidence>, gate: GateId, address = mailbox) =>
  diagnose(expected, evidence(given), address, protocol, now).gates.find(({ id }) => id === gate)?.state

type Row = readonly [GateId, string, Protocol, Partial<Evidence>, entry: string | undefined, fix: string | undefined]

const changedAt = minutesAgo(34)

/** What the server or the token endpoint says is enough. */
const byWords: readonly Row[] = [
  [
    'secret-accepted',
    'the token endpoint refuses',
    'IMAP',
    { token: refusedToken() },
    'secret-expired',
    'create-a-secret'
  ],
  [
    'token-right',
    'the token is another tenant’s',
    'IMAP',
    { token: givenToken({ tenantId: ids.stranger }), logins: [refused('IMAP')] },
    undefined,
    'register-the-application'
  ],
  [
    'token-right',
    'the token is another application’s',
    'POP',
    { token: givenToken({ appId: ids.stranger }), logins: [refused('POP')] },
    undefined,
    'register-the-application'
  ],
  [
    'token-right',
    'the token is for Graph',
    'SMTP',
    { token: givenToken({ audience: 'https://graph.microsoft.com' }), logins: [refused('SMTP')] },
    'token-audience-graph',
    undefined
  ],
  [
    'token-right',
    'the token is for ps.outlook.com',
    'IMAP',
    { token: givenToken({ audience: 'https://ps.outlook.com' }), logins: [refused('IMAP')] },
    'token-scope-ps-outlook',
    undefined
  ],
  [
    'token-right',
    'the token is another cloud’s',
    'IMAP',
    { token: givenToken({ audience: 'https://outlook.office365.us' }), logins: [refused('IMAP')] },
    'wrong-cloud',
    undefined
  ],
  [
    'token-right',
    'nothing was consented to',
    'POP',
    { token: givenToken({ roles: [] }), logins: [refused('POP')] },
    'roles-missing',
    'grant-consent'
  ],
  [
    'token-right',
    'this protocol’s permission was not added',
    'POP',
    { token: givenToken({ roles: ['IMAP.AccessAsApp'] }), logins: [refused('POP')] },
    'roles-missing',
    'add-permissions'
  ],
  [
    'token-right',
    'only Graph’s Mail.Send was granted',
    'SMTP',
    { token: givenToken({ roles: ['Mail.Send'] }), logins: [refused('SMTP')] },
    'graph-mail-send-only',
    'add-permissions'
  ],
  [
    'smtp-auth-on',
    'it names the tenant',
    'SMTP',
    { logins: [refused('SMTP', words.tenantSwitch)] },
    'smtp-auth-off-tenant',
    'switches'
  ],
  [
    'smtp-auth-on',
    'it names the mailbox',
    'SMTP',
    { logins: [refused('SMTP', words.mailboxSwitch)] },
    'smtp-auth-off-mailbox',
    'switches'
  ],
  [
    'no-security-defaults',
    'it names them',
    'SMTP',
    { logins: [refused('SMTP', words.securityDefaults)] },
    'security-defaults',
    undefined
  ],
  [
    'mailbox-grants-access',
    'the mailbox logon fails',
    'SMTP',
    { logins: [sent(words.storedrv)] },
    'storedrv-logon-failure',
    'mailboxes'
  ],
  ['may-send-as', 'SendAsDenied', 'SMTP', { logins: [sent(words.sendAsDenied)] }, 'send-as-denied', 'send-as'],
  ['may-send-as', '5.7.60', 'SMTP', { logins: [sent(words.notThisSender)] }, 'send-as-denied', 'send-as']
]

/** The server's words do not suffice, and a receipt of the diagnosis script decides. */
const byReceipt: readonly Row[] = [
  ...protocols.flatMap((protocol): readonly Row[] => [
    [
      'principal-known',
      'no entry',
      protocol,
      { exchange: [receipt({ principals: [] }, { grant: undefined })] },
      'principal-missing',
      'register'
    ],
    [
      'object-id-right',
      'the application’s own Object ID',
      protocol,
      { exchange: [receipt({ principals: [{ objectId: ids.registration.toUpperCase() }] })] },
      'sp-wrong-object-id',
      'repair'
    ],
    [
      'mailbox-in-exchange-online',
      'a mailbox elsewhere',
      protocol,
      { exchange: [receipt({ mailboxes: [{ address: mailbox, recipient: 'elsewhere' }] })] },
      'mailbox-not-in-exchange-online',
      'open-the-mailboxes'
    ],
    [
      'mailbox-in-exchange-online',
      'a group',
      protocol,
      { exchange: [receipt({ mailboxes: [{ address: mailbox, recipient: 'group' }] })] },
      'mailbox-not-in-exchange-online',
      'open-the-mailboxes'
    ],
    [
      'mailbox-in-exchange-online',
      'nobody',
      protocol,
      { exchange: [receipt({ mailboxes: [{ address: mailbox, recipient: 'none' }] })] },
      'mailbox-not-in-exchange-online',
      'open-the-mailboxes'
    ],
    [
      'mailbox-grants-access',
      'no grant',
      protocol,
      { exchange: [receipt({}, { grant: false })] },
      'grant-never-landed',
      'mailboxes'
    ],
    [
      'time-passed',
      'all is right',
      protocol,
      { changedAt, exchange: [receipt({ at: minutesAgo(3) })] },
      'propagation-delay',
      undefined
    ]
  ]),
  ['protocol-on', 'IMAP off', 'IMAP', { exchange: [receipt({}, { imap: false })] }, 'protocol-off', 'switches'],
  ['protocol-on', 'POP off', 'POP', { exchange: [receipt({}, { pop: false })] }, 'protocol-off', 'switches'],
  [
    'smtp-auth-on',
    'off at the mailbox',
    'SMTP',
    { exchange: [receipt({}, { smtpAuth: false })] },
    'smtp-auth-off-mailbox',
    'switches'
  ],
  [
    'smtp-auth-on',
    'off at the organization',
    'SMTP',
    { exchange: [receipt({}, { smtpAuth: null })] },
    'smtp-auth-off-tenant',
    'switches'
  ]
]

const checkRow = ([gate, , protocol, given, entry, fix]: Row) => {
  const found = look(protocol, given)
  expect(found.shut.map(shut => shut.gate)).toEqual([gate])
  expect(found.outcome).toBe('refused')
  expect(found.gates.filter(({ state }) => state === 'shut').map(({ id }) => id)).toEqual([gate])
  expect(found.shut[0]?.entry?.id).toBe(entry)
  const { fix: opens } = found.shut[0] ?? {}
  expect([opens?.script, opens?.stepId]).toEqual(
    fix === undefined ? [undefined, undefined] : expect.arrayContaining([fix])
  )
  expect(opens?.says.length).toBeGreaterThan(0)
}

describe('a gate that is shut alone', () => {
  it.each(byWords)('%s is named by words alone: %s (%s)', (...row) => checkRow(row))

  it.each(byReceipt)(
    '%s is named by a receipt after a plain refusal: %s (%s)',
    (...[gate, why, protocol, given, ...rest]) => {
      const withRefusal = { logins: [refused(protocol)], ...given }
      expect(shutIn(protocol, { ...withRefusal, exchange: [] })).toEqual([])
      checkRow([gate, why, protocol, withRefusal, ...rest])
    }
  )

  it('is every gate once at least', () => {
    expect(new Set([...byWords, ...byReceipt].map(([gate]) => gate))).toEqual(new Set(gateIds))
  })

  it('carries Microsoft’s reference for support', () => {
    const [bySwitch] = look('SMTP', { logins: [refused('SMTP', words.tenantSwitch)] }).shut
    expect(bySwitch?.reference).toMatchObject({
      code: '535 5.7.139',
      requestId: 'LO4P265CA0123.GBRP265.PROD.OUTLOOK.COM 2026-08-03T11:58:00.366Z 08DB5BC5D2A4B2F1'
    })
    expect(look('IMAP', { token: refusedToken() }).shut[0]?.reference).toMatchObject({ code: 'AADSTS7000222' })
  })

  it('says why with the source and its age', () => {
    const gates = look('IMAP', {
      exchange: [receipt({ at: minutesAgo(12) }, { imap: false })],
      logins: [refused('IMAP')]
    }).gates
    expect(gates.map(({ because }) => because)).toContain(
      'The receipt of 12 minutes ago shows that IMAP is off for the mailbox.'
    )
    expect(gates.every(({ because }) => /^[A-Z].*\.$/.test(because))).toBe(true)
  })

  it('gets no script for security defaults, and is never switched off silently', () => {
    const [shut] = look('SMTP', { logins: [refused('SMTP', words.securityDefaults)] }).shut
    expect(shut?.fix.script).toBeUndefined()
    expect(shut?.fix.says.join(' ')).toMatch(/Decide with the tenant’s administrator/)
  })
})

describe('a token that was refused', () => {
  const refusedBy = (words: string) => ({ kind: 'refused', at: minutesAgo(1), problem: tokenProblem(words) }) as const
  const secret = (words: string) => look('IMAP', { token: refusedBy(words) }).shut

  it.each(['AADSTS7000215', 'AADSTS7000222', 'AADSTS700016'])(
    'for the client ID or the secret shuts that gate by its own title: %s',
    code => {
      expect(secret(`${code}: x`)).toMatchObject([
        { gate: 'secret-accepted', title: 'Microsoft Entra does not accept the client ID and the secret' }
      ])
    }
  )

  it.each([
    ['AADSTS53003', 'Conditional Access blocks the application', 'ca-blocks-app', undefined],
    [
      'AADSTS500011',
      'The tenant does not have the resource that the token is for',
      'exchange-resource-missing',
      'grant-consent'
    ],
    [
      'AADSTS7000229',
      'The application has no enterprise application in this tenant',
      'app-without-sp',
      'register-the-application'
    ],
    ['AADSTS500014', 'Microsoft gave no token', undefined, undefined]
  ])('for another reason says that one, and nothing against the secret: %s', (code, title, entry, stepId) => {
    const [shut, ...others] = secret(`${code}: The service principal for resource x is disabled.`)
    expect(shut).toMatchObject({ gate: 'secret-accepted', title, reference: { code } })
    expect([shut?.entry?.id, shut?.fix.stepId]).toEqual([entry, stepId])
    expect(others).toEqual([])
  })
})

describe('the gates of a protocol', () => {
  it.each(protocols)('%s meets its own, in order', protocol => {
    const found = look(protocol, {}).gates.map(({ id }) => id)
    expect(found).toEqual(gatesOf(protocol))
    expect(found.includes('protocol-on')).toBe(protocol !== 'SMTP')
    expect(found.includes('smtp-auth-on')).toBe(protocol === 'SMTP')
  })

  it('a permission that another protocol lacks shuts nothing here', () => {
    const token = givenToken({ roles: ['SMTP.SendAsApp'] })
    expect(shutIn('SMTP', { token, logins: [refused('SMTP')] })).toEqual([])
  })

  it('Exchange Online’s own ID is as good an audience as its address', () => {
    const token = givenToken({ audience: '00000002-0000-0ff1-ce00-000000000000' })
    expect(state('IMAP', { token }, 'token-right')).toBe('passed')
    expect(state('IMAP', { token: givenToken({ audience: 'https://outlook.office365.com/' }) }, 'token-right')).toBe(
      'passed'
    )
  })
})

describe('a refusal that names no gate', () => {
  it.each(protocols)('%s lists candidates, likeliest first, and the script that decides', protocol => {
    const found = look(protocol, { token: undefined, logins: [refused(protocol)] })
    expect(found.shut).toEqual([])
    expect(found.next).toBe('diagnosis-script')
    expect(found.candidates[0]?.gate).toBe('token-right')
    expect(found.candidates.map(({ gate }) => gate)).toEqual(
      expect.arrayContaining(['object-id-right', 'principal-known', 'mailbox-grants-access', 'time-passed'])
    )
    for (const { apart } of found.candidates) expect(apart).toMatch(/\S/)
  })

  it('loses the candidates that evidence rules out', () => {
    const ruled = look('IMAP', { logins: [refused('IMAP'), accepted('IMAP', minutesAgo(2), other)] })
    expect(ruled.candidates.map(({ entry }) => entry.id)).toEqual([
      'grant-never-landed',
      'protocol-off',
      'mailbox-not-in-exchange-online',
      'propagation-delay'
    ])
  })

  it('LogonDenied narrows it to Exchange’s own gates', () => {
    const found = look('IMAP', { token: undefined, logins: [refused('IMAP', words.logonDenied)] })
    expect(found.shut).toEqual([])
    expect(found.candidates.map(({ gate }) => gate)).toEqual([
      'object-id-right',
      'principal-known',
      'mailbox-grants-access',
      'time-passed'
    ])
    expect(found.gates[1]).toMatchObject({ id: 'token-right', state: 'passed' })
  })

  it('“authenticated but not connected” narrows it to the mailbox', () => {
    const found = look('IMAP', {
      logins: [login('IMAP', { kind: 'refused', said: words.notConnected, during: 'inbox' })]
    })
    expect(found.shut).toEqual([])
    expect(found.candidates.map(({ gate }) => gate)).toEqual([
      'mailbox-grants-access',
      'mailbox-in-exchange-online',
      'protocol-on',
      'time-passed'
    ])
  })

  it('5.7.139 without its condition leaves the two that it may be', () => {
    const found = look('SMTP', { logins: [refused('SMTP', words.unnamedCondition)] })
    expect(found.candidates.map(({ entry }) => entry.id)).toEqual([
      'smtp-auth-off-tenant',
      'security-defaults',
      'propagation-delay'
    ])
  })

  it('5.7.139 without its condition leaves security defaults, which no script shows, and names no gate for want of them', () => {
    const given = { exchange: [receipt()], logins: [refused('SMTP', words.unnamedCondition)] }
    for (const minutes of [34, 300]) {
      const found = look('SMTP', { ...given, changedAt: minutesAgo(minutes) })
      expect(found).toMatchObject({ shut: [], next: 'test-again' })
      expect(found.unexplained).toBeUndefined()
      expect(found.candidates[0]?.entry.id).toBe('security-defaults')
    }
    const unseen = [receipt({}, { smtpAuth: undefined })]
    expect(look('SMTP', { ...given, exchange: unseen }).next).toBe('diagnosis-script')
    const others = [accepted('SMTP', minutesAgo(2), other), ...given.logins]
    expect(look('SMTP', { ...given, changedAt, logins: others }).shut).toMatchObject([{ gate: 'time-passed' }])
  })

  it('a message refused for the day’s limit is no matter of rights, whatever code it shares with one', () => {
    const said = `554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException; Failed to process message`
    const found = look('SMTP', { logins: [sent(said)] })
    expect(found).toMatchObject({ outcome: 'refused', shut: [], candidates: [], next: 'test-again' })
    expect(found.explained?.map(({ id }) => id)).toEqual(['submission-quota'])
  })

  it('a limit is explained, and shuts nothing', () => {
    const found = look('SMTP', { changedAt, exchange: [receipt()], logins: [refused('SMTP', words.tooMany)] })
    expect(found).toMatchObject({ shut: [], candidates: [], next: 'test-again' })
    expect(found.explained?.map(({ id }) => id)).toEqual(['smtp-concurrency-limit'])
  })

  it.each([
    'NO [UNAVAILABLE] Try later',
    'NO Server is unavailable',
    'BAD Request is throttled. Suggested Backoff Time: 92415 milliseconds',
    'BYE Too many connections.'
  ])('a fault that will pass lists nothing: %s', said => {
    expect(look('IMAP', { logins: [refused('IMAP', said)] })).toMatchObject({ candidates: [], next: 'test-again' })
  })
})

describe('what was not reached or not tried', () => {
  it('shuts no gate', () => {
    const unreachable = login('IMAP', {
      kind: 'unreachable',
      why: 'certificate',
      says: 'The certificate is not trusted.'
    })
    expect(look('IMAP', { logins: [unreachable] })).toMatchObject({
      outcome: 'unreachable',
      shut: [],
      candidates: [],
      next: 'test-again',
      unreachable: 'The certificate is not trusted.'
    })
    const silent = (minutes: number) => ({ kind: 'silent', at: minutesAgo(minutes) }) as const
    expect(look('IMAP', { token: silent(1) })).toMatchObject({
      outcome: 'unreachable',
      shut: [],
      unreachable: 'The token endpoint did not answer.'
    })
    expect(look('IMAP', { token: silent(9), logins: [unreachable] }).unreachable).toBe(
      'The certificate is not trusted.'
    )
    expect(look('IMAP', {})).toMatchObject({ outcome: 'not-tried', shut: [], next: 'test-again' })
  })

  it('names what a receipt shows shut before any login', () => {
    expect(look('POP', { exchange: [receipt({}, { pop: false })] })).toMatchObject({
      outcome: 'not-tried',
      shut: [{ gate: 'protocol-on' }],
      next: 'nothing'
    })
  })
})

describe('Object IDs', () => {
  const wrong = (objectId: string) => ({
    exchange: [receipt({ principals: [{ objectId }] })],
    logins: [refused('IMAP')]
  })
  const because = (given: Partial<Evidence>) =>
    look('IMAP', given).gates.find(({ id }) => id === 'object-id-right')?.because

  it('the application’s own is called by its name', () => {
    expect(because(wrong(ids.registration))).toContain(
      'the application’s own Object ID, the one that App registrations shows'
    )
    expect(because(wrong(ids.app))).toContain('the application (client) ID')
    expect(because(wrong(ids.stranger))).toContain('none of this application’s IDs')
  })

  it('the token’s is the truth where the setup has another', () => {
    const token = givenToken({ objectId: ids.stranger })
    const [shut] = look('IMAP', { ...wrong(ids.enterprise), token }).shut
    expect(shut).toMatchObject({ gate: 'object-id-right', fix: { stepId: 'register-the-application' } })
    expect(shut?.fix.script).toBeUndefined()
    expect(because({ token, logins: [refused('IMAP')] })).toMatch(/The token is right/)
    expect(shutIn('IMAP', { ...wrong(ids.stranger), token })).toEqual([])
  })

  it('of several entries, none of them right, are removed by hand, as no script chooses between them', () => {
    const principals = [{ objectId: ids.registration }, { objectId: ids.stranger }]
    const given = { exchange: [receipt({ principals })], logins: [refused('IMAP')] }
    const [shut] = look('IMAP', given).shut
    expect(shut).toMatchObject({ gate: 'object-id-right', fix: { stepId: 'register-in-exchange' } })
    expect(shut?.fix.script).toBeUndefined()
    expect(shut?.fix.says[0]).toBe(
      `Remove the wrong entries one by one: Remove-ServicePrincipal -Identity ${ids.registration}; Remove-ServicePrincipal -Identity ${ids.stranger}`
    )
    expect(because(given)).toContain('(beside 1 more for this application)')
  })

  it('of which one is right are right, and the others are mentioned', () => {
    const principals = [{ objectId: ids.stranger }, { objectId: ids.enterprise }]
    const given = { exchange: [receipt({ principals })], logins: [refused('IMAP')] }
    expect(state('IMAP', given, 'object-id-right')).toBe('passed')
    expect(because(given)).toContain(`${ids.enterprise} (beside 1 more for this application).`)
  })

  it('another tenant’s token says nothing of this tenant’s Object ID', () => {
    const token = givenToken({ objectId: ids.stranger, tenantId: ids.stranger })
    expect(state('IMAP', { ...wrong(ids.enterprise), token }, 'object-id-right')).toBe('passed')
  })
})

describe('sending that is not allowed', () => {
  const denied = { logins: [sent(words.sendAsDenied)] }

  it('names sending as the mailbox itself first, then both grants, and claims of neither that it suffices', () => {
    const [shut] = look('SMTP', denied).shut
    expect(shut?.title).toBe('Sending as this address is not allowed')
    const [itself, granted, script] = shut?.fix.says ?? []
    expect(itself).toMatch(/^Send as the mailbox itself: .* By public reports that needs no Send As\.$/)
    expect(granted).toContain('Microsoft does not say to whom')
    expect(granted).toContain('-Trustee <mailbox that logs in> -AccessRights SendAs')
    expect(script).toMatch(/^The script grants it to the application alone\./)
  })

  it('stays the gate although a receipt of before shows Send As for the application', () => {
    const exchange = [receipt({ at: minutesAgo(500) }, { sendAs: true })]
    expect(state('SMTP', { exchange }, 'may-send-as')).toBe('passed')
    expect(shutIn('SMTP', { ...denied, exchange })).toEqual(['may-send-as'])
  })
})

it('reads the evidence once for all mailboxes', () => {
  const diagnosisOf = gatesFor(expected, evidence({ logins: [accepted('IMAP'), refused('SMTP', plain.SMTP)] }), now)
  expect(diagnosisOf(mailbox.toUpperCase(), 'IMAP').outcome).toBe('proved')
  expect(diagnosisOf(mailbox, 'SMTP').outcome).toBe('refused')
  expect(diagnosisOf(other, 'IMAP').outcome).toBe('not-tried')
})

describe('an Object ID of the setup that nobody checked', () => {
  const unchecked = { ...expected, unchecked: true }
  const exchange = [receipt({ principals: [{ objectId: ids.stranger }] })]
  const gateOf = (given: Partial<Evidence>) =>
    look('IMAP', { exchange, ...given }, unchecked).gates.find(({ id }) => id === 'object-id-right')

  it('shuts no gate against Exchange’s, and says what decides', () => {
    const gate = gateOf({ token: undefined })
    expect(gate?.state).toBe('unknown')
    expect(gate?.because).toMatch(/One of the two is wrong\. Open Enterprise applications/)
    expect(look('IMAP', { exchange, token: undefined }, unchecked).shut).toEqual([])
    expect(look('IMAP', { exchange, token: undefined }).shut.map(({ fix }) => fix.script)).toContain('repair')
  })

  it('does where the token names it', () => {
    expect(gateOf({ token: givenToken() })?.state).toBe('shut')
    expect(gateOf({ token: givenToken({ objectId: undefined }) })?.state).toBe('unknown')
  })
})
