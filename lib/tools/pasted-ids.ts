// The three IDs that people paste, told apart as far as they can be without asking Microsoft.
// The rule it keeps: an ID that belongs elsewhere is refused by its name, and the right place for it is said.
import { exchangeOnlineAppId } from '../steps/directory.ts'
import { readGuid } from '../steps/fields.ts'
import { whichOtherId } from '../steps/register-the-application.manual.ts'
import type { Input } from '../steps/step.ts'
import type { ParameterProblem } from './powershell-query.ts'

export type PastedIds = { appId: string; objectId: string; tenantId: string }

/** Applications of Microsoft's own that every tenant has.
 *  https://learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in */
const microsoftsOwn: Readonly<Record<string, string>> = {
  [exchangeOnlineAppId]: 'Office 365 Exchange Online',
  '00000003-0000-0000-c000-000000000000': 'Microsoft Graph',
  '14d82eec-204b-4c2f-b7e8-296a70dab67e': 'Microsoft Graph Command Line Tools'
}

/** Reads the IDs; those with a problem are empty in `found`. */
export function readIds(input: Input): { found: PastedIds; problems: readonly ParameterProblem[] } {
  const app = readGuid(input, 'appId', 'application (client) ID')
  const enterprise = readGuid(input, 'objectId', 'Object ID of the enterprise application')
  const tenant = readGuid(input, 'tenantId', 'directory (tenant) ID')
  const problems = [app.problem, enterprise.problem, tenant.problem]
    .filter(problem => problem !== undefined)
    .map(({ field, says }) => ({ parameter: field, problem: says }))
  const say = (parameter: string, problem: string) => problems.push({ parameter, problem })

  const [appId = '', objectId = '', tenantId = ''] = [app.value, enterprise.value, tenant.value]
  const appOwner = microsoftsOwn[appId]
  if (appOwner)
    say('appId', `This is the application ID of ${appOwner}, which is Microsoft’s own. Paste your application’s here.`)
  else if (appId && appId === tenantId)
    say('appId', 'This is the directory (tenant) ID. Paste the application (client) ID here.')

  const owner = microsoftsOwn[objectId]
  const other = objectId && whichOtherId(objectId, app.value, undefined, tenant.value)
  if (owner)
    say(
      'objectId',
      `This is the application ID of ${owner}, which is Microsoft’s own. Paste the Object ID from Enterprise applications, your application, Overview.`
    )
  else if (other) say('objectId', other)
  return { found: { appId, objectId, tenantId }, problems }
}
