// Whatever the evidence: nothing throws, no gate is shut without evidence of it, and better news never shuts a gate.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  accepted,
  expected,
  givenToken,
  ids,
  mailbox,
  minutesAgo,
  now,
  other,
  plain,
  receipt,
  refusedToken,
  words
} from '../../test-data/gates.ts'
import type { ExchangeEvidence } from '../powershell/evidence.ts'
import { type Protocol, protocols } from '../steps/step.ts'
import { diagnose } from './diagnose.ts'
import type { Evidence, LoginEvidence, LoginResult } from './evidence.ts'
import { type Diagnosis, gatesOf } from './gate.ts'
import { summarise } from './summarise.ts'
import { tokenGates, tokenInWords } from './token-in-words.ts'

const protocol = fc.constantFrom<Protocol>(...protocols)
const age = fc.integer({ min: -10, max: 400 }).map(minutesAgo)
/** Also what is no time. Nothing is later than what a property calls the newest: "34" would be the year 2034. */
const newest = minutesAgo(-20)
const noTime = fc.string().filter(text => !(Date.parse(text) > Date.parse(newest)))
const iso = fc.oneof({ weight: 9, arbitrary: age }, { weight: 1, arbitrary: noTime })
const address = fc.constantFrom(mailbox, other, mailbox.toUpperCase())
const text = fc.oneof(
  fc.constantFrom(...Object.values(plain), ...Object.values(words)),
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.constantFrom(...Object.values(words)).map(said => `${said}\u0000'"[(${said}`)
)
const objectId = fc.constantFrom(ids.enterprise, ids.registration, ids.app, ids.stranger)
const fact = fc.option(fc.boolean(), { nil: undefined })

const result: fc.Arbitrary<LoginResult> = fc.oneof(
  fc.record({ kind: fc.constant('refused' as const), said: text, during: fc.constantFrom('login', 'inbox') }),
  fc.record(
    {
      kind: fc.constant('accepted' as const),
      sent: fc.oneof(
        fc.record({ kind: fc.constant('accepted' as const), at: iso, said: text }),
        fc.record({ kind: fc.constant('refused' as const), at: iso, said: text })
      )
    },
    { requiredKeys: ['kind'] }
  ),
  fc.record({ kind: fc.constant('unreachable' as const), why: fc.constantFrom('connection', 'time'), says: text })
) as fc.Arbitrary<LoginResult>
const logins: fc.Arbitrary<LoginEvidence[]> = fc.array(fc.record({ address, protocol, at: iso, result }), {
  maxLength: 6
})

const look: fc.Arbitrary<ExchangeEvidence> = fc.record(
  {
    source: fc.constantFrom('receipt', 'output'),
    script: fc.constantFrom('register', 'mailboxes', 'whole', 'repair', 'undo', 'diagnosis'),
    at: iso,
    tenantId: fc.constantFrom(ids.tenant, ids.stranger),
    appId: fc.constantFrom(ids.app, ids.app.toUpperCase(), ids.stranger),
    principals: fc.array(
      fc.record({ objectId, sid: fc.constantFrom('S-1-1', 'S-1-2') }, { requiredKeys: ['objectId'] }),
      { maxLength: 2 }
    ),
    smtpAuthOfOrganization: fc.boolean(),
    mailboxes: fc.array(
      fc.record(
        {
          address,
          recipient: fc.constantFrom('mailbox', 'elsewhere', 'group', 'none'),
          grant: fact,
          denied: fc.constant(true),
          imap: fact,
          pop: fact,
          smtpAuth: fc.option(fc.boolean(), { nil: null }),
          sendAs: fact
        },
        { requiredKeys: ['address'] }
      ),
      { maxLength: 3 }
    ),
    granted: fc.record({ count: fc.nat(), sha256: fc.constant('') }),
    failures: fc.constant([]),
    changed: fc.boolean()
  },
  { requiredKeys: ['source', 'at', 'appId', 'mailboxes', 'failures', 'changed'] }
) as fc.Arbitrary<ExchangeEvidence>

const token = fc.option(
  fc.oneof(
    age.map(at => refusedToken(at)),
    age.map(at => ({ kind: 'silent' as const, at })),
    fc
      .record({
        at: iso,
        audience: fc.oneof(fc.string(), fc.constant(expected.audience)),
        tenantId: fc.constantFrom(ids.tenant, ids.stranger),
        objectId: fc.option(objectId, { nil: undefined }),
        roles: fc.subarray(['IMAP.AccessAsApp', 'POP.AccessAsApp', 'SMTP.SendAsApp', 'Mail.Send']),
        expiresAt: iso
      })
      .map(givenToken)
  ),
  { nil: undefined }
)
const evidence: fc.Arbitrary<Evidence> = fc.record({
  token,
  exchange: fc.array(look, { maxLength: 4 }),
  logins,
  changedAt: fc.option(iso, { nil: undefined })
})

const of = (given: Evidence, which: Protocol) => diagnose(expected, given, mailbox, which, now)
const shutIn = ({ gates }: Diagnosis) => gates.filter(({ state }) => state === 'shut').map(({ id }) => id)
const nothing: Evidence = { token: undefined, exchange: [], logins: [], changedAt: undefined }
const runs = { numRuns: 200 }

describe('whatever the evidence', () => {
  it('nothing throws, every gate is told once in order, and what is shut is listed as shut', () => {
    fc.assert(
      fc.property(evidence, protocol, (given, which) => {
        const found = of(given, which)
        expect(found.gates.map(({ id }) => id)).toEqual(gatesOf(which))
        expect(found.shut.map(({ gate }) => gate)).toEqual(shutIn(found))
        for (const { title } of found.shut) expect(title).toMatch(/\S/)
        expect(found.unreachable !== undefined).toBe(found.outcome === 'unreachable')
        if (found.changedSince)
          expect([found.outcome, found.next]).toEqual(['refused', expect.stringMatching(/^test-(again|message)$/)])
        for (const { title, because } of found.gates)
          expect(`${title} ${because}`).not.toMatch(/undefined|NaN|Infinity/)
        for (const { fix } of found.shut) expect(fix.says.length).toBeGreaterThan(0)
        if (found.outcome !== 'refused') expect(found.candidates).toEqual([])
        expect(JSON.parse(JSON.stringify(found)).outcome).toBe(found.outcome)
        summarise([mailbox, other], protocols, (address, each) => diagnose(expected, given, address, each, now))
        if (given.token) {
          tokenInWords(expected, given.token, now, given.exchange)
          tokenGates(expected, given.token, now)
        }
      }),
      runs
    )
  })

  it('plain refusals alone never shut a gate, however many and however old the last change', () => {
    const refusals = fc.array(
      fc
        .record({ address, protocol, at: iso })
        .map(
          (one): LoginEvidence => ({ ...one, result: { kind: 'refused', said: plain[one.protocol], during: 'login' } })
        ),
      { maxLength: 6 }
    )
    fc.assert(
      fc.property(
        refusals,
        fc.option(iso, { nil: undefined }),
        protocol,
        fc.boolean(),
        (tried, changedAt, which, withToken) => {
          const found = of({ ...nothing, token: withToken ? givenToken() : undefined, logins: tried, changedAt }, which)
          expect(found.shut).toEqual([])
        }
      ),
      runs
    )
  })

  it('servers that were not reached shut nothing', () => {
    const unreachable = (tried: readonly LoginEvidence[]) =>
      tried.filter(({ result: { kind } }) => kind === 'unreachable')
    fc.assert(
      fc.property(logins, protocol, fc.option(age, { nil: undefined }), (tried, which, changedAt) => {
        expect(of({ ...nothing, logins: unreachable(tried), changedAt }, which).shut).toEqual([])
      }),
      runs
    )
  })

  it('every shut gate loses its name when its evidence is taken away', () => {
    fc.assert(
      fc.property(evidence, protocol, (given, which) => {
        const found = shutIn(of(given, which))
        const without = shutIn(of({ ...given, exchange: [] }, which))
        const ofExchange = ['principal-known', 'object-id-right', 'mailbox-in-exchange-online', 'protocol-on'] as const
        for (const gate of ofExchange) expect(without).not.toContain(gate)
        if (given.token?.kind !== 'given') expect(found).not.toContain('token-right')
        if (given.token?.kind !== 'refused') expect(found).not.toContain('secret-accepted')
      }),
      runs
    )
  })
})

describe('better news never shuts a gate', () => {
  it('a login accepted now leaves none shut, whatever was known before', () => {
    fc.assert(
      fc.property(evidence, fc.constantFrom<Protocol>('IMAP', 'POP'), (given, which) => {
        const past = (at: string) => !(Date.parse(at) >= now.getTime())
        const known: Evidence = {
          ...given,
          token: given.token && past(given.token.at) ? given.token : undefined,
          exchange: given.exchange.filter(({ at }) => past(at)),
          logins: [...given.logins.filter(({ at }) => past(at)), accepted(which, now.toISOString())]
        }
        const found = of(known, which)
        expect(found.outcome).toBe('proved')
        expect(found.gates.filter(({ state }) => state !== 'passed')).toEqual([])
      }),
      runs
    )
  })

  it('a diagnosis of now that shows everything right leaves nothing shut but the first two, the server’s words, or time', () => {
    fc.assert(
      fc.property(evidence, protocol, (given, which) => {
        const right = receipt({ at: newest, smtpAuthOfOrganization: true }, { sendAs: true })
        const rightId = givenToken({ objectId: ids.enterprise })
        const found = of(
          {
            ...given,
            token: given.token?.kind === 'given' ? rightId : given.token,
            exchange: [right, ...given.exchange]
          },
          which
        )
        const mayBe = ['secret-accepted', 'no-security-defaults', 'time-passed']
        expect(shutIn(found).filter(gate => !mayBe.includes(gate))).toEqual([])
      }),
      runs
    )
  })

  it('one more plain refusal opens and shuts nothing but time', () => {
    fc.assert(
      fc.property(evidence, protocol, (given, which) => {
        const before = of({ ...given, logins: [] }, which)
        const refusal: LoginEvidence = {
          ...{ address: mailbox, protocol: which, at: minutesAgo(0) },
          result: { kind: 'refused', said: plain[which], during: 'login' }
        }
        const after = of({ ...given, logins: [refusal] }, which)
        const without = (found: Diagnosis) =>
          found.gates
            .filter(({ id }) => id !== 'time-passed' && id !== 'secret-accepted')
            .map(({ id, state }) => [id, state])
        expect(without(after)).toEqual(without(before))
      }),
      runs
    )
  })
})
