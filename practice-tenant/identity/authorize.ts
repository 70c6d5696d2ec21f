// The authorize endpoint: pick an account, consent, go back with a code. The rule it keeps: each page is a plain form
// posted to the very address it stands at, so nothing about a sign-in in progress is kept on this side.

import { randomUUID } from 'node:crypto'
import { type Reply, type Request, type Route, redirect } from '../http.ts'
import type { Practice } from '../practice.ts'
import type { Person, Tenant } from '../state.ts'
import { type Asked, back, backWith, readAsked } from './authorize-request.ts'
import { ensurePrincipal, mayConsentForAll, notConsented, remember } from './consent.ts'
import { accountPage, approvalPage, type Choices, consentPage, errorPage, signedOutPage } from './pages.ts'
import { refusals } from './refusals.ts'
import { type Account, accountOf, homeOf, personOf } from './sign-ins.ts'

const cookieName = 'practice_sign_in'

function cookieOf({ headers }: Request): string | undefined {
  return new RegExp(`(?:^|;\\s*)${cookieName}=([^;]+)`).exec(headers.cookie ?? '')?.[1]
}

/** Where an account would sign in: the tenant that was named, or its own. */
function placeOf(practice: Practice, { authority }: Asked, account: Account) {
  if (authority.kind === 'any') return homeOf(practice.state, account)
  const person = personOf(authority.tenant, account)
  return person && { tenant: authority.tenant, person }
}

function accounts(practice: Practice, asked: Asked): Reply {
  const { tenants } = practice.state
  const { authority } = asked
  const offered = (tenant: Tenant, fits: (person: Person) => boolean) => ({
    tenant,
    people: tenant.people.filter(person => person.signsIn && person.accountEnabled && fits(person))
  })
  const isMember = (person: Person) => person.userType === 'Member'
  const everybody = tenants.map(tenant => offered(tenant, isMember))
  if (authority.kind === 'any') return accountPage(asked.client, everybody, [], asked.loginHint)
  const here: Choices = [offered(authority.tenant, () => true)]
  const others = tenants
    .filter(tenant => tenant !== authority.tenant)
    .map(tenant => offered(tenant, one => isMember(one) && !personOf(authority.tenant, accountOf(tenant, one))))
    .filter(({ people }) => people.length > 0)
  return accountPage(asked.client, here, others, asked.loginHint)
}

/** Goes on with an account: consent where it is wanting, then the code. */
function proceed(practice: Practice, request: Request, asked: Asked, account: Account): Reply {
  const { client } = asked
  const home = homeOf(practice.state, account)
  const place = placeOf(practice, asked, account)
  if (!home) return accounts(practice, asked)
  if (!place) {
    const name = asked.authority.kind === 'tenant' ? asked.authority.tenant.displayName : ''
    return errorPage(refusals.accountElsewhere(home.person.userPrincipalName, name, client.appId))
  }
  const { tenant, person } = place
  const wanting =
    asked.prompt === 'consent' ? asked.scopes.graph : notConsented(tenant, person, client.appId, asked.scopes.graph)
  const decision = request.form.get('consent')
  if (wanting.length > 0) {
    if (asked.prompt === 'none') return backWith(asked, refusals.consentNeeded(client.appId, client.displayName))
    const mayForAll = mayConsentForAll(person)
    if (wanting.some(({ admin }) => admin) && !mayForAll) {
      if (decision === 'unapproved') return backWith(asked, refusals.adminConsentNeeded(client.displayName))
      return approvalPage(client, tenant, person, wanting)
    }
    if (decision === 'cancel') return backWith(asked, refusals.consentDeclined(), { error_subcode: 'cancel' })
    if (decision !== 'accept') return consentPage(client, tenant, person, wanting, mayForAll)
    const forAll = mayForAll && request.form.get('wholeOrganization') === 'yes'
    const scopes = wanting.map(({ value }) => value)
    remember(tenant, client, scopes, forAll ? null : person.id)
  }
  ensurePrincipal(tenant, client)
  practice.changed()

  const { redirectUri, confidential, scope, nonce, codeChallenge, context } = asked
  const code = practice.signIns.issueCode({
    clientId: client.appId,
    redirectUri,
    confidential,
    tenantId: tenant.id,
    account,
    scope,
    nonce,
    codeChallenge,
    context
  })
  const reply = back(asked, { code, session_state: randomUUID() })
  const cookie = practice.signIns.open(account, cookieOf(request))
  const attributes = 'Path=/; HttpOnly; SameSite=Lax'
  return { ...reply, headers: { ...reply.headers, 'set-cookie': `${cookieName}=${cookie}; ${attributes}` } }
}

/** The one signed-in account that a request without a choice would use: single sign-on. */
function alreadySignedIn(practice: Practice, request: Request, asked: Asked): Account | undefined {
  const signedIn = practice.signIns.accounts(cookieOf(request)).filter(one => placeOf(practice, asked, one))
  const hint = asked.loginHint?.toLowerCase()
  const isHinted = (account: Account) => {
    const person = homeOf(practice.state, account)?.person
    return [person?.mail, person?.userPrincipalName].some(name => name?.toLowerCase() === hint)
  }
  if (hint !== undefined) return signedIn.find(isHinted)
  return signedIn.length === 1 ? signedIn[0] : undefined
}

function show(practice: Practice, request: Request): Reply {
  const asked = readAsked(practice, request)
  if ('reply' in asked) return asked.reply
  const mayChoose = asked.prompt === 'select_account' || asked.prompt === 'login'
  const account = mayChoose ? undefined : alreadySignedIn(practice, request, asked)
  if (account) return proceed(practice, request, asked, account)
  if (asked.prompt === 'none') return backWith(asked, refusals.signInNeeded())
  return accounts(practice, asked)
}

function decide(practice: Practice, request: Request): Reply {
  const asked = readAsked(practice, request)
  if ('reply' in asked) return asked.reply
  if (request.form.has('cancel')) return back(asked, { error: 'access_denied', error_subcode: 'cancel' })
  const [tenantId, id] = request.form.get('account')?.split('.') ?? []
  if (request.form.has('again') || tenantId === undefined || id === undefined) return accounts(practice, asked)
  return proceed(practice, request, asked, { tenantId, id })
}

/** A way back after sign-out must lie where some client's redirect URIs lie. */
function mayReturnTo(practice: Practice, uri: string): boolean {
  if (!URL.canParse(uri)) return false
  const { protocol, hostname, port } = new URL(uri)
  const registered = practice.state.tenants
    .flatMap(tenant => tenant.applications)
    .flatMap(({ web, publicClient }) => [...web.redirectUris, ...publicClient.redirectUris])
    .filter(one => URL.canParse(one))
    .map(one => new URL(one))
  const isLoopback = hostname === 'localhost' || hostname === '127.0.0.1'
  return registered.some(
    one => one.protocol === protocol && one.hostname === hostname && (isLoopback || one.port === port)
  )
}

function signOut(practice: Practice, request: Request): Reply {
  practice.signIns.close(cookieOf(request))
  const to = request.url.searchParams.get('post_logout_redirect_uri')
  const reply = to !== null && mayReturnTo(practice, to) ? redirect(new URL(to).href) : signedOutPage()
  return { ...reply, headers: { ...reply.headers, 'set-cookie': `${cookieName}=; Path=/; Max-Age=0` } }
}

export function authorizeRoutes(practice: Practice): Route[] {
  return [
    ['GET', '/{tenant}/oauth2/v2.0/authorize', request => show(practice, request)],
    ['POST', '/{tenant}/oauth2/v2.0/authorize', request => decide(practice, request)],
    ['GET', '/{tenant}/oauth2/v2.0/logout', request => signOut(practice, request)]
  ]
}
