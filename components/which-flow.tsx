// The first question of all: does a service sign in, or a person? The wizard is for the first.
// https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth
import { ArrowRight, CircleCheck } from 'lucide-react'
import { PortalLink } from './manual.tsx'

const article =
  'https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth'

/** Two cards: app-only, which is this wizard, and delegated, which is not. */
export function WhichFlow() {
  return (
    <div className="grid gap-4 md:grid-cols-2">
      <div className="rounded-md border-2 border-success bg-surface p-4 sm:p-6">
        <h3 className="flex items-center gap-2 text-base font-semibold">
          <CircleCheck aria-hidden className="size-5 shrink-0 text-success" />
          No person signs in: app-only
        </h3>
        <p className="mt-2">
          A service, a device or a daemon opens the mailbox by itself, day and night: a ticket system, an invoice
          reader, a scanner, a mail archive. It signs in as an application with its own secret.
        </p>
        <p className="mt-3 font-semibold text-success">This is the right wizard. Go on.</p>
      </div>
      <div className="rounded-md border border-line bg-surface p-4 sm:p-6">
        <h3 className="flex items-center gap-2 text-base font-semibold">
          <ArrowRight aria-hidden className="size-5 shrink-0 text-muted" />A person signs in: delegated
        </h3>
        <p className="mt-2">
          Somebody opens their own mailbox in a mail program such as Thunderbird, and signs in with their own account.
          The program asks Microsoft on that person's behalf, and needs nothing of what this wizard sets up.
        </p>
        <p className="mt-3">
          <PortalLink href={article}>Read what Microsoft says about it</PortalLink>
        </p>
      </div>
    </div>
  )
}
