// The claims in words: right and wrong ones, missing and unneeded permissions, the two Object IDs, expiry.
import { describe, expect, it } from 'vitest'
import {
  accepted,
  expected,
  givenToken,
  ids,
  minutesAgo,
  now,
  receipt,
  refused,
  refusedToken
} from '../../test-data/gates.ts'
import { tokenGates, tokenInWords } from './token-in-words.ts'

const facts = (changes: Parameters<typeof givenToken>[0], exchange: Parameters<typeof tokenInWords>[3] = []) =>
  tokenInWords(expected, givenToken(changes), now, exchange)
const fact = (label: string, ...given: Parameters<typeof facts>) =>
  facts(...given).find(one => one.label.startsWith(label))
const states = (token: Parameters<typeof tokenGates>[1]) => tokenGates(expected, token, now).map(({ state }) => state)

describe('a token in words', () => {
  it('that is right says so of every claim', () => {
    const right = facts({})
    expect(right.map(({ label }) => label)).toEqual([
      'Audience (aud)',
      'Directory (tenant) ID (tid)',
      'Application (client) ID (appid)',
      'Permissions (roles)',
      'Object ID of the enterprise application (oid)',
      'Expires (exp)'
    ])
    expect(right.filter(({ notThisOne }) => notThisOne)).toEqual([])
    expect(fact('Permissions', {})?.note).toBe('Every permission that was chosen is there.')
    expect(fact('Expires', {})?.value).toBe('in 57 minutes')
  })

  it('names the permissions that are missing and those that are not needed', () => {
    expect(fact('Permissions', { roles: ['IMAP.AccessAsApp', 'full_access_as_app'] })).toMatchObject({
      value: 'IMAP.AccessAsApp, full_access_as_app',
      note: 'Missing: POP.AccessAsApp, SMTP.SendAsApp. Not needed: full_access_as_app.'
    })
    expect(fact('Permissions', { roles: [] })?.value).toBe('none')
  })

  it('says that a token for something else is not meant for Exchange Online', () => {
    expect(fact('Audience', { audience: 'https://graph.microsoft.com' })?.note).toMatch(/^The token is not meant/)
  })

  it('marks another tenant and another application', () => {
    expect(fact('Directory', { tenantId: ids.stranger })).toMatchObject({ notThisOne: true })
    expect(fact('Application', { appId: ids.stranger })).toMatchObject({ notThisOne: true })
    expect(fact('Object ID of', { appId: ids.stranger })).toMatchObject({ notThisOne: true })
  })

  it('is right about the Object ID where the setup or Exchange Online has another', () => {
    const other = { objectId: ids.stranger }
    expect(fact('Object ID in this setup', other)).toMatchObject({ value: ids.enterprise, notThisOne: true })
    expect(fact('Object ID in this setup', {})).toBeUndefined()
    const inExchange = [receipt({ principals: [{ objectId: ids.registration }] })]
    expect(fact('Object ID in Exchange', {}, inExchange)).toMatchObject({
      value: ids.registration,
      note: expect.stringContaining('App registrations')
    })
    expect(fact('Object ID in Exchange', {}, [receipt()])).toBeUndefined()
    expect(fact('Object ID of', {}, [receipt()])?.note).toBe('Exchange Online has the same one.')
  })

  it('a login that was accepted since says more of the Object ID than an older look, and a newer look more than it', () => {
    const wrong = (at: string) => [receipt({ at, principals: [{ objectId: ids.registration }] })]
    const labels = (at: string, login: ReturnType<typeof accepted>) =>
      tokenInWords(expected, givenToken({}), now, wrong(at), [login]).map(({ label }) => label)
    const label = 'Object ID in Exchange Online'
    expect(labels(minutesAgo(9), accepted('IMAP', minutesAgo(2)))).not.toContain(label)
    expect(labels(minutesAgo(1), accepted('IMAP', minutesAgo(2)))).toContain(label)
    expect(labels(minutesAgo(9), refused('IMAP'))).toContain(label)
    const [said] = tokenInWords(expected, givenToken({}), now, [], [accepted('IMAP')]).filter(one => one.copy)
    expect(said?.note).toBe('Exchange Online has the same one.')
  })

  it('that has expired was valid when it was given', () => {
    expect(fact('Expires', { expiresAt: minutesAgo(3) })).toMatchObject({ value: '3 minutes ago' })
    expect(fact('Expires', { expiresAt: 'soon' })).toMatchObject({ value: 'not known' })
  })

  it('that was not given says why', () => {
    expect(tokenInWords(expected, refusedToken(), now)).toEqual([
      { label: 'Token', value: 'Refused', note: 'This client secret has expired. Asked for 1 minute ago.' }
    ])
    expect(tokenInWords(expected, { kind: 'silent', at: minutesAgo(1) }, now)[0]?.value).toBe('No answer')
  })
})

describe('the gates of a token', () => {
  it('are passed, shut or not known', () => {
    expect(states(givenToken())).toEqual(['passed', 'passed'])
    expect(states(givenToken({ roles: ['IMAP.AccessAsApp'] }))).toEqual(['passed', 'shut'])
    expect(states(refusedToken())).toEqual(['shut', 'unknown'])
    expect(states({ kind: 'silent', at: minutesAgo(1) })).toEqual(['unknown', 'unknown'])
  })

  it('name every fault once', () => {
    const [, right] = tokenGates(expected, givenToken({ tenantId: ids.stranger }), now)
    expect(right?.because).toBe(`The token of 3 minutes ago shows it: it is of another tenant, ${ids.stranger}.`)
  })
})
