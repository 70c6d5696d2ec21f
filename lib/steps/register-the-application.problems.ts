// Why an application is not adopted, and what a reserved unique name means.
import type { EnterpriseApplication } from './directory.ts'
import type { Problem } from './step.ts'

/** The tenant that owns Microsoft's own applications in the global cloud. In any other they live where Exchange Online's
 *  own does. https://learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in */
const microsoftServices = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a'

export function notAdopted(
  appId: string,
  enterprise: EnterpriseApplication | undefined,
  exchangeOwner: string | null | undefined
): Problem {
  const todo = [
    'Open App registrations in the Microsoft Entra admin center, choose All applications, and copy the Application (client) ID of an application that is registered in this tenant.',
    'Or let the wizard make a new application.'
  ]
  if (!enterprise)
    return {
      id: 'app-not-in-directory',
      title: 'This tenant has no application with that client ID',
      happened: `No application registration in this tenant has the application (client) ID ${appId}. It may be another tenant’s, an Object ID, or the ID of a secret.`,
      todo
    }
  const owner = enterprise.appOwnerOrganizationId
  if (owner !== null && (owner === microsoftServices || owner === exchangeOwner))
    return {
      id: 'microsofts-own-application',
      title: 'This application is Microsoft’s own',
      happened: `${enterprise.displayName} belongs to Microsoft. The wizard changes only applications that are yours.`,
      todo
    }
  return {
    id: 'registered-elsewhere',
    title: 'This application is registered in another tenant',
    happened: `${enterprise.displayName} is present here as an enterprise application only. Its registration, with its secrets and permissions, is in tenant ${owner ?? 'unknown'}.`,
    todo
  }
}
