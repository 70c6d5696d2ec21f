// The first two gates: the token endpoint gave a token, and the token is the right one.
// The rule it keeps: a permission for another protocol may be missing; that shuts nothing here.

import { dictionary, type RowId } from '../diagnosis/dictionary.ts'
import { timeOf } from '../powershell/known.ts'
import { type Protocol, permissionFor } from '../steps/step.ts'
import { ago } from './ages.ts'
import { type Case, type Judgement, newest, passed, shut, type TokenSays, unknown, wasAccepted } from './case.ts'
import type { Expected, TokenEvidence } from './evidence.ts'
import { askForTheRightToken, compareTheIds, grantTheRole, stepOfTokenProblem } from './fixes.ts'
import type { Fix } from './gate.ts'

export type GivenToken = Extract<TokenEvidence, { kind: 'given' }>

/** The resource's own ID may stand for its address in a token.
 *  https://learn.microsoft.com/powershell/exchange/app-only-auth-powershell-v2 */
const exchangeOnline = '00000002-0000-0ff1-ce00-000000000000'
const microsoftGraph = /^https:\/\/(?:[\w-]{1,40}\.)?(?:microsoft)?graph\.|^00000003-0000-0000-c000-000000000000/i

export const same = (left: string, right: string) => left === right || left.toLowerCase() === right.toLowerCase()
const withoutSlash = (address: string) => address.replace(/\/+$/, '')

export const isAudience = (audience: string, expected: Expected) =>
  same(withoutSlash(audience), withoutSlash(expected.audience)) || same(audience, exchangeOnline)

/** The token is of this application in this tenant: then its `oid` is the Object ID of the enterprise application. */
export const isOfThisApplication = (token: GivenToken, expected: Expected) =>
  same(token.tenantId, expected.tenantId) && (token.appId === undefined || same(token.appId, expected.appId))

/** What Exchange has to know the application by: the token's word, else the setup's.
 *  https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference */
export const rightObjectId = (token: TokenEvidence | undefined, expected: Expected): string =>
  tokensObjectId(token, expected) ?? expected.objectId

/** Undefined where no token of this application names it. */
export const tokensObjectId = (token: TokenEvidence | undefined, expected: Expected): string | undefined =>
  token?.kind === 'given' && isOfThisApplication(token, expected) ? token.objectId || undefined : undefined

export type Fault = { says: string; row: RowId | undefined; fix: Fix }

/** What is wrong with a token for a protocol; undefined when nothing is. */
export function tokenFault(token: GivenToken, expected: Expected, protocol: Protocol): Fault | undefined {
  if (!same(token.tenantId, expected.tenantId))
    return { says: `it is of another tenant, ${token.tenantId}`, row: undefined, fix: compareTheIds }
  if (token.appId !== undefined && !same(token.appId, expected.appId))
    return { says: `it is of another application, ${token.appId}`, row: undefined, fix: compareTheIds }
  if (!isAudience(token.audience, expected))
    return {
      says: `it is meant for ${token.audience || 'nothing that it names'}`,
      row: audienceRow(token.audience),
      fix: askForTheRightToken
    }
  const role = permissionFor[protocol]
  if (token.roles.includes(role)) return undefined
  const onlyGraphs = protocol === 'SMTP' && token.roles.some(one => one.startsWith('Mail.Send'))
  return {
    says: `it does not hold ${role}`,
    row: onlyGraphs ? 'graph-mail-send-only' : 'roles-missing',
    fix: grantTheRole(role, token.roles.length > 0)
  }
}

function audienceRow(audience: string): RowId | undefined {
  if (microsoftGraph.test(audience)) return 'token-audience-graph'
  if (/^https:\/\/ps\.outlook\.com/i.test(audience)) return 'token-scope-ps-outlook'
  return /^https:\/\/[\w.-]{0,60}(?:outlook|office365)[\w.-]{0,60}/i.test(audience) ? 'wrong-cloud' : undefined
}

/** The token's own evidence for one protocol; the same for every mailbox. */
export function tokenJudgements(expected: Expected, token: TokenEvidence | undefined, now: number): TokenSays {
  const secret = token && judgeToken(token, now)
  const of = (protocol: Protocol) => ({
    secret,
    claims: token?.kind === 'given' ? judgeClaims(token, expected, protocol, now) : undefined
  })
  return { IMAP: of('IMAP'), POP: of('POP'), SMTP: of('SMTP') }
}

export function secretAccepted(one: Case): Judgement {
  const { token, tokenSays, logins, refusal, now } = one
  const proof = logins.newestAccepted
  return (
    newest(
      // Without a token there would have been no login to refuse.
      refusal && passed(refusal.at, `A login was tried ${ago(refusal.at, now)}, with a token that Microsoft gave.`),
      proof && passed(proof.at, wasAccepted(one, proof)),
      tokenSays.secret
    ) ?? unknown(`${token ? 'The token endpoint did not answer' : 'No token was asked for yet'}.`)
  )
}

function judgeToken(token: TokenEvidence, now: number): Judgement | undefined {
  const at = timeOf(token.at)
  if (token.kind === 'silent') return undefined
  if (token.kind === 'given') return passed(at, `Microsoft gave a token ${ago(at, now)}.`)
  const { id, title, todo } = token.problem
  const code = token.problem.reference?.code
  const because = `The token endpoint refused ${ago(at, now)}: ${title}${code ? ` (${code})` : ''}.`
  const judgement = shut(at, because, rowNamed(id), { says: todo, stepId: stepOfTokenProblem[id] })
  return againstTheSecret.includes(id) ? judgement : { ...judgement, title }
}

/** Only these problems say something against the client ID or the secret; of any other its own title is what is the matter. */
const againstTheSecret: readonly string[] = ['secret-invalid', 'secret-expired', 'app-not-in-directory']

/** A problem has its id of the dictionary where both mean the same. */
const rowNamed = (id: string): RowId | undefined => dictionary.find(row => row.id === id)?.id

export function tokenRight(one: Case): Judgement {
  const { tokenSays, protocol, logins, refusal, now } = one
  const proof = logins.newestAcceptedBy[protocol]
  const { claims } = tokenSays
  const words =
    !claims && refusal?.meaning.tokenAccepted
      ? passed(refusal.at, `The server’s words of ${ago(refusal.at, now)} come only after it accepted the token.`)
      : undefined
  return (
    newest(claims, words, proof && passed(proof.at, wasAccepted(one, proof))) ??
    unknown('No token was looked into yet.')
  )
}

function judgeClaims(token: GivenToken, expected: Expected, protocol: Protocol, now: number): Judgement {
  const at = timeOf(token.at)
  const fault = tokenFault(token, expected, protocol)
  if (fault) return shut(at, `The token of ${ago(at, now)} shows it: ${fault.says}.`, fault.row, fault.fix)
  return passed(at, `The token of ${ago(at, now)} names the tenant, Exchange Online and ${permissionFor[protocol]}.`)
}
