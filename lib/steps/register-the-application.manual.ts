// Registering by hand: the portal's clicks, and telling the IDs apart that people paste.
import { commandLineToolsAppId, exchangeOnlineAppId, graphAppId } from './directory.ts'
import { one, readGuid } from './fields.ts'
import { whichPortal } from './portal.ts'
import type { Registered } from './register-the-application.ts'
import type { FieldProblem, Form, Input, Manual, Parsed, Setup } from './step.ts'

const pastes = (found: Registered | undefined): Form<Registered> => ({
  submit: 'Check these IDs',
  fields: () => [
    {
      name: 'appId',
      label: 'Application (client) ID',
      hint: 'App registrations, your application, Overview.',
      kind: 'text',
      value: [found?.appId ?? ''],
      neverEcho: true
    },
    {
      name: 'enterpriseObjectId',
      label: 'Object ID of the enterprise application',
      hint: 'Enterprise applications, your application, Overview. Leave it empty if you will paste the client secret later: the wizard then reads the right Object ID from a token.',
      kind: 'text',
      value: [found?.enterpriseObjectId ?? ''],
      neverEcho: true
    },
    {
      name: 'applicationObjectId',
      label: 'Object ID of the application registration (optional)',
      hint: 'App registrations, your application, Overview. It is only used to tell the two apart.',
      kind: 'text',
      value: [found?.applicationObjectId ?? ''],
      neverEcho: true
    }
  ],
  parse: parsePasted
})

export function manualRegistration(setup: Setup, found: Registered | undefined): Manual<Registered> {
  const portal = whichPortal(setup)
  return {
    where: portal.title,
    clicks: [
      { says: 'Open App registrations and choose New registration', href: portal.appRegistrations },
      { says: 'Enter the name', type: [{ label: 'Name', value: setup.name, copy: true }] },
      {
        says: 'Under Supported account types choose Single tenant only, leave Redirect URI empty, and choose Register'
      },
      { says: 'On the Overview page copy the Application (client) ID' },
      {
        says: 'On the same page follow the link beside “Managed application in local directory”, and there copy the Object ID: it is the enterprise application’s',
        href: portal.enterpriseApplications
      }
    ],
    asks: pastes(found)
  }
}

function parsePasted(input: Input, setup: Setup): Parsed<Registered> {
  const app = readGuid(input, 'appId', 'application (client) ID')
  const enterprise = readGuid(input, 'enterpriseObjectId', 'Object ID of the enterprise application', true)
  const own = readGuid(input, 'applicationObjectId', 'Object ID of the application registration', true)
  const problems: FieldProblem[] = [app.problem, enterprise.problem, own.problem].filter(
    problem => problem !== undefined
  )
  if (app.value && notYours(app.value, setup))
    problems.push({
      field: 'appId',
      says: 'This application is the wizard’s own or Microsoft’s. Paste the client ID of your application.'
    })
  if (app.value && app.value === setup.tenantId)
    problems.push({
      field: 'appId',
      says: 'This is the directory (tenant) ID. Paste the application (client) ID here.'
    })
  const wrong = enterprise.value && whichOtherId(enterprise.value, app.value, own.value, setup.tenantId)
  if (wrong) problems.push({ field: 'enterpriseObjectId', says: wrong })
  if (problems.length > 0 || !app.value) return { ok: false, problems }
  return {
    ok: true,
    value: {
      appId: app.value,
      enterpriseObjectId: enterprise.value,
      applicationObjectId: own.value,
      displayName: one(input, 'displayName') || setup.name
    }
  }
}

/** Applications that are never adopted, whoever pastes them: the wizard's own, and those of Microsoft that are known by ID.
 *  https://learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in */
const notYours = (appId: string, setup: Setup) =>
  [setup.wizardClientId, exchangeOnlineAppId, graphAppId, commandLineToolsAppId].includes(appId)

/** Names the ID that was pasted where the enterprise application's Object ID belongs; undefined when none matches. */
export function whichOtherId(
  pasted: string,
  appId: string | undefined,
  applicationObjectId: string | undefined,
  tenantId: string | undefined
): string | undefined {
  const instead = 'Paste the Object ID from Enterprise applications, your application, Overview.'
  if (pasted === appId) return `This is the application (client) ID. ${instead}`
  if (pasted === applicationObjectId)
    return `This is the application’s own Object ID, from App registrations. ${instead}`
  if (pasted === tenantId) return `This is the directory (tenant) ID. ${instead}`
  return undefined
}
