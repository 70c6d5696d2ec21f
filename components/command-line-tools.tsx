// What signing in with Microsoft's public client means, and the way round it: beside every button that leads there.

/** @param what the wizard would do with it, such as "sign you in" */
export function CommandLineTools({ what }: { what: string }) {
  return (
    <>
      <p>
        The wizard has no application of its own for this. On this computer it can {what} with Microsoft’s public
        client, Microsoft Graph Command Line Tools, instead. What you allow it then holds for everybody who uses that
        client in the tenant, until somebody removes it; some tenants block it.
      </p>
      <p>
        <a className="link" href="/tools/own-application">
          Register an application for the wizard
        </a>{' '}
        to avoid that. It takes a few minutes.
      </p>
    </>
  )
}
