// How to register an application for the wizard itself: clicks, redirect address, permissions, settings.
import { Code } from '../../../components/code.tsx'
import { ManualPath, PortalLink } from '../../../components/manual.tsx'
import { Notice } from '../../../components/notice.tsx'
import { PageHeader } from '../../../components/page-header.tsx'
import { Card, Disclosure, Section } from '../../../components/section.tsx'
import { Shell } from '../../../components/shell.tsx'
import { env } from '../../../lib/env.ts'
import { findCloud } from '../../../lib/microsoft/clouds.ts'
import { permissionsOf, steps } from '../../../lib/steps/index.ts'
import {
  credentialClicks,
  type Purpose,
  permissionClicks,
  portalRefusesAddress,
  registrationClicks,
  settingLines,
  settingsFor
} from '../../../lib/tools/own-application.ts'
import { pickerPermission } from '../../../lib/wizard/directory-search.ts'
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
        <Disclosure summary="Use a certificate, or nothing" className="mt-4">
          <div className="grid max-w-3xl gap-3">
            <p>
              A certificate: upload its public part under Certificates, and set AZURE_CLIENT_CERTIFICATE_PATH to a PEM
              file that holds the private key and the certificate, in place of AZURE_CLIENT_SECRET.
            </p>
            <p>
              Neither, on your own computer only: register the redirect address under the platform Mobile and desktop
              applications in place of Web, and leave out both settings. The wizard proves with PKCE that it began the
              sign-in.
            </p>
          </div>
        </Disclosure>
      </Section>
      <Section
        title="4. Tell the wizard"
        intro="In the environment, or in the file .env beside package.json. Then start the wizard again."
      >
        <Code code={settingLines(settingsFor(purpose))} language="bash" label="Settings" />
        <Settings purpose={purpose} />
      </Section>
    </Shell>
  )
}

function Settings({ purpose }: { purpose: Purpose }) {
  return (
    <div className="mt-4 grid gap-4 lg:grid-cols-2">
      <Card title="Who may sign in" level={3}>
        {purpose === 'clients' ? (
          <p>
            ALLOWED_TENANTS says whose people may sign in to the wizard. Without it a hosted wizard lets in those of its
            own tenant only. Entering a client’s tenant is another sign-in, and an administrator there has to allow the
            application once.
          </p>
        ) : (
          <p>
            A hosted wizard lets in the people of its own tenant. Leave ALLOWED_TENANTS out: an application for a single
            tenant cannot sign in anybody else.
          </p>
        )}
      </Card>
      <Card title="Other clouds" level={3}>
        <p>
          These settings are for the Global cloud. For US Government, China or a cloud of your own name the application
          in a file, with clientId and clientSecret, and set CUSTOM_CLOUD_FILE to its path.
        </p>
        <p className="mt-3">
          <PortalLink href="https://learn.microsoft.com/entra/identity-platform/quickstart-register-app">
            Read what Microsoft says about registering
          </PortalLink>
        </p>
      </Card>
    </div>
  )
}
