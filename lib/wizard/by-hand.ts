// The manual path: what a person pasted is told apart - by Graph where it may be read, else by a token, else unchecked.
import 'server-only'
import { Refusal, SignInNeeded, Silence } from '../microsoft/answers.ts'
import { appToken } from '../microsoft/app-token.ts'
import { discoverTenant } from '../microsoft/discovery.ts'
import { holdSecret, signedInElsewhere } from '../session/held-secrets.ts'
import { Secret } from '../session/secret.ts'
import { addPermissions } from '../steps/add-permissions.ts'
import { secretField } from '../steps/create-a-secret.manual.ts'
import { createASecret, type SecretFound } from '../steps/create-a-secret.ts'
import {
  type EnterpriseApplication,
  readApplicationByClientId,
  readEnterpriseApplication,
  readExchangeOnline
} from '../steps/directory.ts'
import { findTheTenant, type Tenant } from '../steps/find-the-tenant.ts'
import { grantConsent } from '../steps/grant-consent.ts'
import { whichOtherId } from '../steps/register-the-application.manual.ts'
import { notAdopted } from '../steps/register-the-application.problems.ts'
import { type Registered, registerTheApplication } from '../steps/register-the-application.ts'
import {
  type FieldProblem,
  type Input,
  permissionFor,
  type Source,
  type Standing,
  type Step,
  type TenantReader
} from '../steps/step.ts'
import type { AtStep } from './door.ts'
import { goOnWithAnother, isOtherApplication } from './other-application.ts'
import { rememberLook, rememberSighting } from './sightings.ts'
import { standByCheckedId } from './stand-by-evidence.ts'
import { type Entry, nameTenant, noteByHand, saveAnswer, writeDiary } from './store.ts'
import { tenantOf } from './tenant.ts'
import { whoOf } from './who.ts'

export type Told = { ok: true } | { ok: false; problems: readonly FieldProblem[] }
const no = (field: string, says: string): Told => ({ ok: false, problems: [{ field, says }] })

export async function tellByHand(at: AtStep, value: unknown, input: Input): Promise<Told> {
  if (at.step === findTheTenant) return tellTenant(at, value as Tenant)
  if (at.step === registerTheApplication) return tellApplication(at, value as Registered)
  if (at.step === createASecret) return tellSecret(at, input[secretField]?.[0]?.trim() ?? '')
  throw new Error(`Nothing can be told by hand of ${at.step.id}`)
}

async function tellTenant(at: AtStep, told: Tenant): Promise<Told> {
  const discovered = await discoverTenant(at.cloud, told.tenantId)
  if (!discovered.ok) return no('tenant', discovered.says)
  if (!(await nameTenant(at.row.id, discovered.tenantId)))
    return no('tenant', `This setup is for another tenant, ${at.row.tenantId}. Begin a new setup for this one.`)
  const isDomain = told.tenantId !== discovered.tenantId
  const found: Tenant = {
    tenantId: discovered.tenantId,
    domains: isDomain ? [told.tenantId] : []
  }
  await remember(at, findTheTenant, 'person', found, discovered.hint ? [discovered.hint] : [])
  return { ok: true }
}

async function tellApplication(at: AtStep, told: Registered): Promise<Told> {
  const checked = at.entered ? await checkByGraph(at, told) : undefined
  if (checked && 'ok' in checked) return checked
  const found = checked ?? { ...told, unchecked: told.enterpriseObjectId !== undefined }
  const keep = async (): Promise<Told> => {
    await saveAnswer(at.row.id, registerTheApplication.id, { clientId: found.appId })
    const warnings = checked || !found.enterpriseObjectId ? [] : [unchecked]
    await remember(at, registerTheApplication, checked ? 'graph' : 'person', found, warnings)
    await standByCheckedId(at)
    return { ok: true }
  }
  return isOtherApplication(at.setup, found.appId) ? goOnWithAnother(at, 'appId', keep) : keep()
}

const unchecked =
  'The Object ID is unchecked: nobody has looked in the tenant. It is checked as soon as you paste the client secret, or enter the tenant.'

/** What Graph says of the pasted IDs; undefined when it may not be read. */
async function checkByGraph(at: AtStep, told: Registered): Promise<Told | Registered | undefined> {
  const tenant = tenantOf(at)
  try {
    const [application, enterprise] = await Promise.all([
      readApplicationByClientId(tenant, told.appId),
      readEnterpriseApplication(tenant, told.appId)
    ])
    if (!application) return no('appId', await whoseId(tenant, told.appId, enterprise))
    if (!enterprise)
      return no(
        'appId',
        'This application has no enterprise application in this tenant yet. Create it on the application’s Overview page, or let the wizard do it.'
      )
    const pasted = told.enterpriseObjectId
    if (pasted && pasted !== enterprise.id) {
      const isSecretId = application.passwordCredentials.some(key => key.keyId === pasted)
      const says =
        whichOtherId(pasted, told.appId, application.id, at.setup.tenantId) ??
        (isSecretId ? 'This is the ID of a client secret.' : await whoseId(tenant, pasted, undefined))
      return no('enterpriseObjectId', `${says} The right one for this application is ${enterprise.id}.`)
    }
    return {
      appId: told.appId,
      enterpriseObjectId: enterprise.id,
      applicationObjectId: application.id,
      displayName: enterprise.displayName
    }
  } catch (error) {
    if (error instanceof Refusal || error instanceof SignInNeeded || error instanceof Silence) return undefined
    throw error
  }
}

/** What an ID is that no application here has as its client ID, as far as the directory tells. */
async function whoseId(
  tenant: TenantReader,
  id: string,
  enterprise: EnterpriseApplication | undefined
): Promise<string> {
  if (enterprise) {
    const exchange = await readExchangeOnline(tenant)
    return notAdopted(id, enterprise, exchange?.appOwnerOrganizationId).happened
  }
  const [application, principal] = await Promise.all([
    tenant.read<{ displayName: string }>(`/applications/${id}?$select=displayName`),
    tenant.read<{ displayName: string }>(`/servicePrincipals/${id}?$select=displayName`)
  ])
  if (application) return `This is the Object ID of the application registration ${application.displayName}.`
  if (principal) return `This is the Object ID of the enterprise application ${principal.displayName}.`
  return 'Nothing in this tenant has this ID: it belongs to another tenant, or to a secret.'
}

async function tellSecret(at: AtStep, secret: string): Promise<Told> {
  if (!secret) return no(secretField, 'Paste the value, or confirm below that the secret is stored.')
  const app = at.setup.found(registerTheApplication)
  const tenantId = at.setup.tenantId
  if (!app || !tenantId)
    return no(secretField, 'Say first which application it is, on the page Register the application.')
  const answer = await appToken(at.cloud, tenantId, app.appId, secret).catch((error: unknown) => {
    if (error instanceof Silence) return undefined
    throw error
  })
  if (!answer) {
    await noteToken(at, { kind: 'silence', says: 'Asked Microsoft for a token with the pasted client secret' })
    return no(secretField, 'Microsoft did not answer. Check again in a moment.')
  }
  if (!answer.ok) {
    const { title, reference } = answer.problem
    const says = `Microsoft gave no token with the pasted client secret: ${reference?.code ?? title}`
    await noteToken(at, { kind: 'refused', says, requestId: reference?.requestId })
    return no(secretField, `${title}. ${answer.problem.todo[0] ?? ''} (${reference?.code ?? ''})`)
  }
  const says = 'Microsoft gave a token with the pasted client secret'
  await noteToken(at, { kind: 'note', says, requestId: answer.requestId })
  const oid = answer.claims.oid?.toLowerCase()
  const before = app.enterpriseObjectId
  if (oid && before && before !== oid)
    return no(
      secretField,
      `The token names ${oid} as the Object ID of the enterprise application, and ${before} was pasted before. ${whichOtherId(before, app.appId, app.applicationObjectId, tenantId) ?? 'That is another ID.'} Go back to Register the application and paste ${oid}.`
    )
  const seen = oid && doneWith(at, registerTheApplication, { ...app, enterpriseObjectId: oid, unchecked: false }, [])
  if (seen && !(await rememberLook(at, registerTheApplication, 'token', seen)))
    return no(secretField, 'The setup went on with another application meanwhile. Look again, then check the secret.')
  if (seen) await standByCheckedId(at)
  if (!(await holdSecret(at.session, at.row.id, new Secret(secret), undefined)))
    return no(secretField, signedInElsewhere)
  await noteByHand(at.row.id, at.setup.nextAttemptId)
  await remember(at, createASecret, 'token', {} satisfies SecretFound, lackingRoles(at, answer.claims.roles))
  return { ok: true }
}

const noteToken = (at: AtStep, entry: Pick<Entry, 'kind' | 'says' | 'requestId'>) =>
  writeDiary(at.row.id, { stepId: createASecret.id, who: whoOf(at), ...entry })

/** A token is issued also where nothing was consented to, and no login works with it.
 *  https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow */
function lackingRoles({ setup }: AtStep, roles: readonly string[]): readonly string[] {
  const lacking = setup.protocols.map(protocol => permissionFor[protocol]).filter(role => !roles.includes(role))
  if (lacking.length === 0) return []
  return [
    `Microsoft accepts the secret, but its token does not hold ${lacking.join(', ')}. Check on the page ${addPermissions.title} that the application asks for it under Office 365 Exchange Online, then choose Grant admin consent, as the page ${grantConsent.title} shows. Fresh consent takes some minutes to show in a token: if it was granted just now, wait, and check the secret again.`
  ]
}

async function remember<A, F>(at: AtStep, step: Step<A, F>, source: Source, found: F, warnings: readonly string[]) {
  await rememberSighting(at.row.id, step, source, doneWith(at, step, found, warnings))
}

function doneWith<A, F>(at: AtStep, step: Step<A, F>, found: F, warnings: readonly string[]): Standing<F> {
  return { kind: 'done', found, facts: step.facts?.(found, at.setup) ?? [], warnings }
}
