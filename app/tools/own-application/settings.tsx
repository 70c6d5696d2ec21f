// The settings that make the application the wizard's own.
import { Code } from '../../../components/code.tsx'
import { PortalLink } from '../../../components/manual.tsx'
import { Card, Disclosure } from '../../../components/section.tsx'
import { type Purpose, settingLines, settingsFor } from '../../../lib/tools/own-application.ts'

/** What to set, who may then sign in, and what is different in other clouds. */
export function Settings({ purpose }: { purpose: Purpose }) {
  return (
    <>
      <Code code={settingLines(settingsFor(purpose))} language="bash" label="Settings" />
      <div className="mt-4 grid gap-4 lg:grid-cols-2">
        <Card title="Who may sign in" level={3}>
          {purpose === 'clients' ? (
            <p>
              ALLOWED_TENANTS says whose people may sign in to the wizard. Without it a hosted wizard lets in those of
              its own tenant only. Entering a client’s tenant is another sign-in, and an administrator there has to
              allow the application once.
            </p>
          ) : (
            <p>
              A hosted wizard lets in the people of its own tenant. Leave ALLOWED_TENANTS out: an application for a
              single tenant cannot sign in anybody else.
            </p>
          )}
        </Card>
        <Card title="Other clouds" level={3}>
          <p>
            These settings are for the Global cloud. For US Government, China or a cloud of your own name the
            application in a file, with clientId, tenantId and clientSecret, and set CUSTOM_CLOUD_FILE to its path.
          </p>
          <p className="mt-3">
            <PortalLink href="https://learn.microsoft.com/entra/identity-platform/quickstart-register-app">
              Read what Microsoft says about registering
            </PortalLink>
          </p>
        </Card>
      </div>
    </>
  )
}

/** In place of a client secret. */
export function OtherProofs() {
  return (
    <Disclosure summary="Use a certificate, or nothing" className="mt-4">
      <div className="grid max-w-3xl gap-3">
        <p>
          A certificate: upload its public part under Certificates, and set AZURE_CLIENT_CERTIFICATE_PATH to a PEM file
          that holds the private key and the certificate, in place of AZURE_CLIENT_SECRET.
        </p>
        <p>
          Neither, on your own computer only: register the redirect address under the platform Mobile and desktop
          applications in place of Web, and leave out both settings. The wizard proves with PKCE that it began the
          sign-in.
        </p>
      </div>
    </Disclosure>
  )
}
