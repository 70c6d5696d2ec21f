// How to register an application for the wizard itself: clicks, redirect address, permissions, settings.
import { ManualPath } from '../../../components/manual.tsx'
import { Notice } from '../../../components/notice.tsx'
import { PageHeader } from '../../../components/page-header.tsx'
import { Section } from '../../../components/section.tsx'
import { Shell } from '../../../components/shell.tsx'
import { env } from '../../../lib/env.ts'
import { findCloud } from '../../../lib/microsoft/clouds.ts'
import { permissionsOf, steps } from '../../../lib/steps/index.ts'
import {
  credentialClicks,
  type Purpose,
  permissionClicks,
  portalRefusesAddress,
  registrationClicks
} from '../../../lib/tools/own-application.ts'
import { pickerPermission } from '../../../lib/wizard/directory-search.ts'
import { OtherProofs, Settings } from './settings.tsx'
import { WhichPurpose } from './which-purpose.tsx'

export const metadata = { title: 'Register an application for the wizard' }
// The address of this wizard is known when it runs, not when it is built.
export const dynamic = 'force-dynamic'

type Props = { searchParams: Promise<{ for?: string }> }

/** The steps in order, for one's own tenant or for clients' tenants. */
export default async function OwnApplicationPage({ searchParams }: Props) {
  const purpose: Purpose = (await searchParams).for === 'clients' ? 'clients' : 'own-tenant'
  const place = { baseUrl: env().baseUrl, local: env().local }
  const portal = 'the Microsoft Entra admin center'
  return (
    <Shell>
      <PageHeader
        title="Register an application for the wizard"
        why="People sign in to this wizard through an application of its own. A hosted wizard needs one; on your own computer it takes the place of Microsoft Graph Command Line Tools, so that what you allow holds for this wizard alone."
      />
      <WhichPurpose purpose={purpose} />
      <Section title="1. Register it">
        {portalRefusesAddress(place) && (
          <Notice kind="warning" title="The portal does not take this address">
            <p>
              It takes http for localhost only. Start the wizard without BASE_URL, or with localhost in it, and open
              this page again.
            </p>
          </Notice>
        )}
        <ManualPath manual={{ where: portal, clicks: registrationClicks(place, findCloud('global'), purpose) }} />
        {place.local && (
          <p className="mt-3 max-w-3xl text-sm text-muted">
            On localhost Microsoft ignores the port; the path has to be the same to the letter.
          </p>
        )}
      </Section>
      <Section
        title="2. Say what it may do"
        intro="Delegated permissions: the wizard does only what the person who is signed in may do, and only while they are signed in."
      >
        <ManualPath manual={{ where: portal, clicks: permissionClicks(permissionsOf(steps), [pickerPermission]) }} />
      </Section>
      <Section title="3. Give it a secret or a certificate">
        <ManualPath manual={{ where: portal, clicks: credentialClicks }} />
        <OtherProofs />
      </Section>
      <Section
        title="4. Tell the wizard"
        intro="In the environment, or in the file .env beside package.json. Then start the wizard again."
      >
        <Settings purpose={purpose} />
      </Section>
    </Shell>
  )
}
