// The control API: /practice/... on the http port, JSON in and out. The rule it keeps: a member that is not known is
// refused, so that a misspelt setting never passes for a set one.

import { z } from 'zod'
import { recipientTypes } from '../exchange/state.ts'
import { type Handler, json, type Request, type Route } from '../http.ts'
import type { Practice } from '../practice.ts'
import { halves, worldNames } from '../worlds/index.ts'
import { createControl } from './actions.ts'
import { refuseForeign } from './own-page.ts'

const text = z.string().optional()
const texts = z.array(z.string()).optional()
const count = z.number().int().min(0).optional()

const resetShape = z.strictObject({
  world: z.enum(worldNames).optional(),
  tenant: text,
  setupKey: text,
  displayName: text,
  tags: texts,
  permissions: texts,
  upTo: z.enum(halves).optional()
})

const settingsShape = z.strictObject({
  copyDelayReads: count,
  flickerReads: count,
  secretDelayTries: count,
  mailDelayTries: count,
  grantsNeedOwnScope: z.boolean().optional(),
  tokenLifetimeSeconds: count,
  refreshTokenLifetimeSeconds: count,
  /** The rest is of one tenant. */
  tenant: text,
  ordinaryMembersMayRegisterApplications: z.boolean().optional(),
  upsert: z.boolean().optional(),
  secretPolicy: z
    .strictObject({ id: z.string(), maxDays: z.number().optional(), blocked: z.boolean().optional() })
    .nullable()
    .optional(),
  securityDefaults: z.boolean().optional()
})

const faultShape = z.strictObject({
  match: z.strictObject({ method: z.string().optional(), path: z.string().optional() }),
  kind: z.enum([
    ...(['lost-request', 'lost-answer', 'reset', 'slow', 'not-json', 'status', 'expired-token'] as const),
    'claims-challenge',
    // Over HTTP what is held is let go of by the next rules, which drop it.
    'hold'
  ]),
  times: z.number().int().optional(),
  skip: z.number().int().optional(),
  status: z.number().int().optional(),
  code: z.string().optional(),
  message: z.string().optional(),
  detail: z.string().optional(),
  retryAfterSeconds: z.number().optional(),
  waitMs: z.number().optional(),
  landed: z.boolean().optional(),
  holds: z.enum(['request', 'answer']).optional()
})

const applicationShape = z.strictObject({
  displayName: z.string(),
  uniqueName: text,
  tags: texts,
  appId: text,
  signInAudience: text,
  redirectUris: texts,
  publicRedirectUris: texts,
  permissions: texts,
  servicePrincipal: z.union([z.boolean(), z.strictObject({ tags: texts, displayName: text })]).optional(),
  grants: texts,
  secrets: z.array(z.strictObject({ displayName: text, days: z.number().optional() })).optional(),
  certificates: z.array(z.strictObject({ displayName: text, days: z.number().optional() })).optional(),
  owners: texts,
  deleted: z.boolean().optional()
})

const exchangeShape = z.strictObject({
  tenant: text,
  mailbox: z
    .strictObject({
      address: z.string(),
      imapEnabled: z.boolean().optional(),
      popEnabled: z.boolean().optional(),
      smtpClientAuthenticationDisabled: z.boolean().nullable().optional(),
      type: z.enum(recipientTypes).optional()
    })
    .optional(),
  transport: z.strictObject({ smtpClientAuthenticationDisabled: z.boolean() }).optional(),
  servicePrincipal: z.strictObject({ appId: z.string(), objectId: z.string().nullable() }).optional(),
  grant: z
    .strictObject({
      mailbox: z.string(),
      appId: z.string(),
      fullAccess: z.boolean().optional(),
      sendAs: z.boolean().optional()
    })
    .optional()
})

const worldShape = z.strictObject({ tenant: text, application: applicationShape })
const crowdShape = z.strictObject({
  tenants: z.number().int().min(1).max(100),
  people: z.number().int().min(1).max(100)
})
const personShape = z.strictObject({ tenant: text, person: z.string(), roles: z.array(z.string()) })
const revokeShape = z.strictObject({ tenant: text, person: z.string() })
const challengeShape = z.strictObject({ tenant: text, person: z.string(), context: z.string().nullable() })
const consentShape = z.strictObject({ tenant: text, appId: z.string(), scopes: z.array(z.string()) })
const tokenShape = z.strictObject({ tenant: text, person: z.string(), scopes: z.array(z.string()) })

const refused = (message: string) => json(400, { error: { code: 'BadRequest', message } })

export function controlRoutes(practice: Practice): Route[] {
  const control = createControl(practice)

  /** Guards, reads the body and answers with what the action gives. */
  function act<S extends z.ZodType>(shape: S, action: (body: z.infer<S>) => unknown): Handler {
    return async (request: Request) => {
      const foreign = refuseForeign(practice, request)
      if (foreign) return foreign
      let body: unknown
      try {
        body = JSON.parse(request.body === '' ? '{}' : request.body)
      } catch {
        return refused('The body is not JSON.')
      }
      const parsed = shape.safeParse(body)
      if (!parsed.success) return refused(z.prettifyError(parsed.error))
      try {
        return json(200, { result: (await action(parsed.data)) ?? null })
      } catch (error) {
        return refused(error instanceof Error ? error.message : String(error))
      }
    }
  }
  const look = (read: (request: Request) => unknown): Handler => {
    return request => refuseForeign(practice, request) ?? json(200, { result: read(request) ?? null })
  }

  return [
    ['POST', '/practice/reset', act(resetShape, body => control.reset(body))],
    [
      'POST',
      '/practice/settings',
      act(settingsShape, body => {
        const { tenant, ordinaryMembersMayRegisterApplications, upsert, secretPolicy, securityDefaults, ...settings } =
          body
        const ofTenant = { ordinaryMembersMayRegisterApplications, upsert, secretPolicy, securityDefaults }
        control.tenantSettings(ofTenant, tenant)
        return control.settings(settings)
      })
    ],
    ['POST', '/practice/faults', act(z.array(faultShape), rules => control.faults(rules))],
    ['GET', '/practice/faults', look(() => control.pendingFaults())],
    ['GET', '/practice/requests', look(() => ({ ...control.requestSummary(), requests: control.requests() }))],
    ['DELETE', '/practice/requests', act(z.unknown(), () => control.clearRequests())],
    ['POST', '/practice/exchange', act(exchangeShape, ({ tenant, ...change }) => control.exchange(change, tenant))],
    ['GET', '/practice/mail', look(() => control.mail())],
    ['DELETE', '/practice/mail', act(z.unknown(), () => control.clearMail())],
    [
      'GET',
      '/practice/tenants/{id}',
      request => {
        const foreign = refuseForeign(practice, request)
        if (foreign) return foreign
        try {
          return json(200, { result: control.tenant(request.params.id) })
        } catch (error) {
          return json(404, { error: { code: 'NotFound', message: String(error) } })
        }
      }
    ],
    ['POST', '/practice/worlds', act(worldShape, body => control.seedApplication(body.application, body.tenant))],
    ['POST', '/practice/crowd', act(crowdShape, crowd => control.crowd(crowd))],
    ['POST', '/practice/roles', act(personShape, body => control.setRoles(body.person, body.roles, body.tenant))],
    ['POST', '/practice/revoke', act(revokeShape, body => control.revoke(body.person, body.tenant))],
    [
      'POST',
      '/practice/challenge',
      act(challengeShape, ({ person, context, tenant }) => control.challenge(person, context, tenant))
    ],
    ['POST', '/practice/consent', act(consentShape, body => control.consent(body.appId, body.scopes, body.tenant))],
    ['POST', '/practice/tokens', act(tokenShape, body => control.accessToken(body))]
  ]
}
