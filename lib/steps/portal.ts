// Deep links to the exact blade of the Microsoft Entra admin center in each cloud.
import type { Setup } from './step.ts'

export type Portal = {
  title: string
  appRegistrations: string
  enterpriseApplications: string
  /** The blades of one application. */
  application(appId: string): { overview: string; permissions: string; credentials: string }
}

/** The addresses of blades are the portal's own; Microsoft documents none of them, so the clicks are always written
 *  out beside the link. */
export function whichPortal(setup: Pick<Setup, 'cloud'>): Portal {
  const base = `${setup.cloud.portal}/#view/Microsoft_AAD_RegisteredApps`
  const blade = (appId: string, name: string) => `${base}/ApplicationMenuBlade/~/${name}/appId/${appId}`
  return {
    title: setup.cloud.portal.includes('portal.azure.')
      ? 'the Azure portal, Microsoft Entra ID'
      : 'the Microsoft Entra admin center',
    appRegistrations: `${base}/ApplicationsListBlade`,
    enterpriseApplications: `${setup.cloud.portal}/#view/Microsoft_AAD_IAM/StartboardApplicationsMenuBlade/~/AppAppsPreview`,
    application: appId => ({
      overview: blade(appId, 'Overview'),
      permissions: blade(appId, 'CallAnAPI'),
      credentials: blade(appId, 'Credentials')
    })
  }
}
