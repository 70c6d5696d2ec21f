// The token's claims in words: what each says, and what it should say.
// The rule it keeps: of the two Object IDs the token's own is the truth, whatever the setup or Exchange Online has.

import type { ExchangeEvidence } from '../powershell/evidence.ts'
import { knownOf, timeOf } from '../powershell/known.ts'
import { type Fact, permissionFor } from '../steps/step.ts'
import { ago, lasting } from './ages.ts'
import type { Expected, LoginEvidence, TokenEvidence } from './evidence.ts'
import type { Gate } from './gate.ts'
import { type GivenToken, isAudience, isOfThisApplication, same, tokenFault } from './token-gates.ts'

/** Every claim that decides, in order. `exchange` is what is known of Exchange Online, to compare the Object ID with; a login
 *  that was accepted says more of that than any look before it. */
export function tokenInWords(
  expected: Expected,
  token: TokenEvidence,
  now: Date,
  exchange: readonly ExchangeEvidence[] = [],
  logins: readonly LoginEvidence[] = []
): readonly Fact[] {
  const asked = ago(timeOf(token.at), now.getTime())
  if (token.kind === 'silent')
    return [{ label: 'Token', value: 'No answer', note: `The token endpoint did not answer ${asked}.` }]
  if (token.kind === 'refused')
    return [{ label: 'Token', value: 'Refused', note: `${token.problem.title}. Asked for ${asked}.` }]
  return [
    audience(expected, token),
    ownId('Directory (tenant) ID (tid)', token.tenantId, expected.tenantId, 'This is another tenant than the setup’s'),
    ...(token.appId === undefined
      ? []
      : [
          ownId(
            'Application (client) ID (appid)',
            token.appId,
            expected.appId,
            'This is another application than the setup’s'
          )
        ]),
    roles(expected, token),
    ...objectIds(expected, token, exchange, logins),
    expiry(token, now)
  ]
}

function audience(expected: Expected, token: GivenToken): Fact {
  const right = isAudience(token.audience, expected)
  return {
    label: 'Audience (aud)',
    value: token.audience || 'none',
    note: right
      ? 'The token is meant for Exchange Online.'
      : `The token is not meant for Exchange Online, which is ${expected.audience}.`
  }
}

function ownId(label: string, value: string, wanted: string, wrong: string): Fact {
  return same(value, wanted)
    ? { label, value, note: 'As in the setup.' }
    : { label, value, note: `${wrong}, ${wanted}.`, notThisOne: true }
}

function roles(expected: Expected, token: GivenToken): Fact {
  const wanted: readonly string[] = expected.protocols.map(protocol => permissionFor[protocol])
  const missing = wanted.filter(role => !token.roles.includes(role))
  const unneeded = token.roles.filter(role => !wanted.includes(role))
  const notes = [
    ...(missing.length > 0 ? [`Missing: ${missing.join(', ')}.`] : ['Every permission that was chosen is there.']),
    ...(unneeded.length > 0 ? [`Not needed: ${unneeded.join(', ')}.`] : [])
  ]
  return { label: 'Permissions (roles)', value: token.roles.join(', ') || 'none', note: notes.join(' ') }
}

function objectIds(
  expected: Expected,
  token: GivenToken,
  exchange: readonly ExchangeEvidence[],
  logins: readonly LoginEvidence[]
): readonly Fact[] {
  const label = 'Object ID of the enterprise application (oid)'
  if (!token.objectId) return [{ label, value: 'not in the token' }]
  const { objectId } = token
  if (!isOfThisApplication(token, expected))
    return [{ label, value: objectId, note: 'It is of another application or tenant.', notThisOne: true }]
  const acceptedMs = Math.max(
    Number.NEGATIVE_INFINITY,
    ...logins.filter(({ result }) => result.kind === 'accepted').map(({ at }) => timeOf(at))
  )
  const looks = exchange.filter(({ at }) => timeOf(at) > acceptedMs)
  const entries = knownOf(looks, expected).principals?.value ?? []
  const hasEntry = entries.some(entry => same(entry.objectId, objectId))
  const wrong = hasEntry ? undefined : entries[0]
  const isInExchange = hasEntry || (!wrong && acceptedMs > Number.NEGATIVE_INFINITY)
  return [
    {
      label,
      value: objectId,
      note: isInExchange
        ? 'Exchange Online has the same one.'
        : 'Exchange Online has to know the application by this one.',
      copy: true
    },
    ...(same(expected.objectId, objectId) ? [] : [notThis('Object ID in this setup', expected, expected.objectId)]),
    ...(wrong ? [notThis('Object ID in Exchange Online', expected, wrong.objectId)] : [])
  ]
}

function notThis(label: string, { applicationObjectId }: Expected, value: string): Fact {
  const isOwn = applicationObjectId !== undefined && same(value, applicationObjectId)
  return {
    label,
    value,
    note: isOwn
      ? 'This is the application’s own Object ID, the one that App registrations shows. The token has the right one.'
      : 'The token has another one, and the token is right.',
    notThisOne: true
  }
}

function expiry(token: GivenToken, now: Date): Fact {
  const at = timeOf(token.expiresAt)
  const label = 'Expires (exp)'
  if (!Number.isFinite(at)) return { label, value: 'not known' }
  const left = at - now.getTime()
  return left > 0
    ? { label, value: `in ${lasting(left)}`, note: 'Every test asks for a new token.' }
    : { label, value: ago(at, now.getTime()), note: 'It was valid when it was given. Every test asks for a new one.' }
}

/** The first two gates for all chosen protocols together, for a page that shows the token alone. */
export function tokenGates(expected: Expected, token: TokenEvidence, now: Date): readonly Gate[] {
  const asked = ago(timeOf(token.at), now.getTime())
  const secret = { id: 'secret-accepted', title: 'Microsoft Entra accepts the client ID and the secret' } as const
  const right = {
    id: 'token-right',
    title: 'The token names this tenant, Exchange Online and every chosen permission'
  } as const
  const untold = { ...right, state: 'unknown', because: 'There is no token to look into.' } as const
  if (token.kind === 'silent')
    return [{ ...secret, state: 'unknown', because: `The token endpoint did not answer ${asked}.` }, untold]
  if (token.kind === 'refused')
    return [
      { ...secret, state: 'shut', because: `The token endpoint refused ${asked}: ${token.problem.title}.` },
      untold
    ]
  const given = { ...secret, state: 'passed', because: `Microsoft gave a token ${asked}.` } as const
  const faults = expected.protocols.flatMap(protocol => tokenFault(token, expected, protocol)?.says ?? [])
  const because =
    faults.length > 0
      ? `The token of ${asked} shows it: ${[...new Set(faults)].join(', and ')}.`
      : `The token of ${asked} names them all.`
  return [given, { ...right, state: faults.length > 0 ? 'shut' : 'passed', because }]
}
