// The application and its enterprise application (service principal): made once, or adopted by client ID.
// The rule it keeps: found by alternate key, never by display name, so a second run finds what the first one made.
import {
  type Application,
  type Besides,
  type EnterpriseApplication,
  listAssignments,
  readApplicationByClientId,
  readEnterpriseApplication,
  readExchangeOnline,
  readOwnApplication,
  readOwnDeleted
} from './directory.ts'
import { guidIn, one, readGuid } from './fields.ts'
import { findTheTenant } from './find-the-tenant.ts'
import { createApplication, enterpriseChange, makesEnterprise, restore } from './register-the-application.changes.ts'
import { manualRegistration } from './register-the-application.manual.ts'
import { notAdopted } from './register-the-application.problems.ts'
import type { Fact, Form, Setup, Standing, Step, TenantReader } from './step.ts'

export type Registered = {
  appId: string
  /** Object ID of the enterprise application: the one that Exchange wants. Undefined when only a person spoke so far. */
  enterpriseObjectId?: string
  /** The application's own Object ID: the one that is so often taken by mistake. */
  applicationObjectId?: string
  displayName?: string
  /** A person pasted the IDs, and nobody has looked in the tenant yet. */
  unchecked?: boolean
}

/** `clientId` of the application to adopt; undefined for a new one. */
export type Which = { clientId?: string }

const chooses: Form<Which> = {
  submit: 'Save the choice',
  folded: 'Use an existing application',
  fields: setup => {
    const answer = setup.answered(registerTheApplication)
    return [
      {
        name: 'which',
        label: 'Application',
        kind: 'one-of',
        value: [answer?.clientId ? 'adopt' : 'new'],
        choices: [
          { value: 'new', label: `Make a new application named ${setup.name}`, hint: 'Right for nearly everybody.' },
          { value: 'adopt', label: 'Use an application that this tenant already has' }
        ]
      },
      {
        name: 'clientId',
        label: 'Application (client) ID of the existing application',
        hint: 'Only for an existing application. What it already has is kept.',
        kind: 'text',
        value: [answer?.clientId ?? ''],
        neverEcho: true
      }
    ]
  },
  parse(input, setup) {
    if (one(input, 'which') !== 'adopt') return { ok: true, value: {} }
    const { value, problem } = readGuid(input, 'clientId', 'application (client) ID')
    if (problem || !value) return { ok: false, problems: problem ? [problem] : [] }
    if (value === guidIn(setup.wizardClientId ?? ''))
      return {
        ok: false,
        problems: [{ field: 'clientId', says: 'This is the wizard’s own application. Choose another.' }]
      }
    return { ok: true, value: { clientId: value } }
  }
}

export const registerTheApplication: Step<Which, Registered> = {
  id: 'register-the-application',
  title: 'Register the application',
  why: 'The application is who your program signs in as. Its enterprise application is the same thing seen from this tenant, and the one that Exchange Online knows.',
  needs: [findTheTenant],
  permissions: ['Application.ReadWrite.All'],
  asks: chooses,

  async check(tenant, setup) {
    const adopted = setup.answered(registerTheApplication)?.clientId
    const application = await readRegistered(tenant, setup)
    if (!application) return adopted ? notThere(tenant, adopted) : missing(tenant, setup)

    // Read beside each other: the assignments are what consent looks at next.
    const [enterprise] = await Promise.all([
      readEnterpriseApplication(tenant, application.appId),
      listAssignments(tenant, application.appId)
    ])
    const wanted = enterpriseChange(setup, application, enterprise)
    if (wanted) return { kind: 'todo', changes: [wanted], then: [] }
    return done(application, enterprise as EnterpriseApplication)
  },

  manual: setup => manualRegistration(setup, setup.found(registerTheApplication)),
  facts: registeredFacts
}

/** The application of this setup: the adopted one, else the one that it made. One path, so that a look reads it once. */
export function readRegistered(
  tenant: TenantReader,
  setup: Setup,
  besides?: Besides
): Promise<Application | undefined> {
  const adopted = setup.answered(registerTheApplication)?.clientId
  return adopted ? readApplicationByClientId(tenant, adopted, besides) : readOwnApplication(tenant, setup, besides)
}

/** The client ID, for the steps that need this one; the journey opens them only when it is known. */
export function requireAppId(setup: Setup): string {
  const appId = setup.found(registerTheApplication)?.appId
  if (!appId) throw new Error('A step was looked at before the application was registered')
  return appId
}

function done(application: Application, enterprise: EnterpriseApplication): Standing<Registered> {
  const found: Registered = {
    appId: application.appId,
    enterpriseObjectId: enterprise.id,
    applicationObjectId: application.id,
    displayName: application.displayName
  }
  const warnings = enterprise.accountEnabled
    ? []
    : ['Sign-in is switched off for this enterprise application. Switch it on in the portal, under Properties.']
  return { kind: 'done', found, facts: registeredFacts(found), warnings }
}

function registeredFacts(found: Registered): readonly Fact[] {
  return [
    ...(found.displayName ? [{ label: 'Application', value: found.displayName }] : []),
    { label: 'Application (client) ID', value: found.appId, copy: true },
    ...(found.enterpriseObjectId
      ? [
          {
            label: 'Object ID of the enterprise application',
            value: found.enterpriseObjectId,
            copy: true,
            note: found.unchecked ? 'Unchecked: pasted by hand.' : undefined
          }
        ]
      : []),
    ...(found.applicationObjectId
      ? [
          {
            label: 'Object ID of the application registration',
            value: found.applicationObjectId,
            notThisOne: true,
            note: 'Exchange Online does not know this one.'
          }
        ]
      : [])
  ]
}

/** Nothing under our key: make it, or restore what somebody deleted less than 30 days ago. */
async function missing(tenant: TenantReader, setup: Setup): Promise<Standing<Registered>> {
  const before = setup.lastFound(registerTheApplication)
  if (before?.applicationObjectId) {
    const deleted = await tenant.read<{ id: string; displayName: string }>(
      `/directory/deletedItems/${before.applicationObjectId}`
    )
    if (deleted) return { kind: 'todo', changes: [restore(deleted)], then: [makesEnterprise] }
  }
  // Where there is no upsert, a POST that is refused for its unique name does not tell a deleted application from one that
  // is not copied yet.
  const deleted = setup.findsBy === 'tag' ? await readOwnDeleted(tenant, setup) : undefined
  if (deleted) return { kind: 'todo', changes: [restore(deleted)], then: [makesEnterprise] }
  return { kind: 'todo', changes: [createApplication(setup)], then: [makesEnterprise] }
}

/** No application object under the client ID that a person wants to adopt: say why. */
async function notThere(tenant: TenantReader, appId: string): Promise<Standing<Registered>> {
  const [enterprise, exchange] = await Promise.all([
    readEnterpriseApplication(tenant, appId),
    readExchangeOnline(tenant)
  ])
  return { kind: 'blocked', problem: notAdopted(appId, enterprise, exchange?.appOwnerOrganizationId) }
}
