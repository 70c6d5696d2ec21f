// The start page's buttons: carry on for who is signed in, sign in for who is not.
import { Actions, LinkButton } from '../components/buttons.tsx'
import { CommandLineTools } from '../components/command-line-tools.tsx'
import { Notice } from '../components/notice.tsx'
import { Disclosure } from '../components/section.tsx'
import { SubmitButton } from '../components/submit-button.tsx'
import { findSignedIn } from '../lib/wizard/door.ts'
import { commandLineWays, ownWays, type Way } from '../lib/wizard/ways.ts'

export async function StartActions() {
  const signedIn = await findSignedIn()
  if (signedIn)
    return (
      <Actions>
        <LinkButton href="/setups" variant="primary">
          Carry on with your setups
        </LinkButton>
        <LinkButton href="/setups/new">Begin a setup</LinkButton>
      </Actions>
    )
  const own = ownWays()
  const others = commandLineWays()
  return (
    <div className="mt-6 grid gap-4">
      <div className="flex flex-wrap gap-3">
        {own.map(way => (
          <SignIn key={way.cloud} way={way} label={`Sign in: ${way.title}`} />
        ))}
      </div>
      {others.length > 0 && <CommandLine ways={others} />}
      {own.length === 0 && others.length === 0 && (
        <Notice kind="warning" title="Nobody can sign in yet">
          <p>This wizard has no application of its own. Whoever runs it sets AZURE_CLIENT_ID and AZURE_TENANT_ID.</p>
        </Notice>
      )}
    </div>
  )
}

function SignIn({ way, label }: { way: Way; label: string }) {
  return (
    <form method="post" action="/sign-in">
      <input type="hidden" name="cloud" value={way.cloud} />
      <input type="hidden" name="way" value={way.way} />
      <SubmitButton variant={way.way === 'own' ? 'primary' : 'secondary'}>{label}</SubmitButton>
    </form>
  )
}

function CommandLine({ ways }: { ways: readonly Way[] }) {
  return (
    <Disclosure summary="Sign in to a real tenant with Microsoft Graph Command Line Tools">
      <div className="grid max-w-prose gap-3">
        <CommandLineTools what="sign you in" />
        <div className="flex flex-wrap gap-3">
          {ways.map(way => (
            <SignIn key={way.cloud} way={way} label={way.title} />
          ))}
        </div>
      </div>
    </Disclosure>
  )
}
