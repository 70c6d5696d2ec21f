// The frame of every page: product name, who is signed in, in WHICH TENANT, and the way out.
// The tenant stays in sight while the page scrolls, on a phone too: nobody shall change the wrong one.
import { Building2, LogOut } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { classes } from './classes.ts'

export type Person = { name: string; username: string }
export type Tenant = { name: string; detail: string }

type Props = { person?: Person; tenant?: Tenant; children: ReactNode; rail?: ReactNode }

/** The page frame. With `rail` there are two columns from 1024 px on; below that the rail stands above the page. */
export function Shell({ person, tenant, children, rail }: Props) {
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#main"
        className="sr-only z-20 rounded bg-surface px-4 py-3 font-semibold text-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the content
      </a>
      {/* Sticky by the height of what is above the tenant's row, so that only that row stays. */}
      <header
        className={classes(
          'sticky z-10 border-b border-line bg-surface',
          person ? '-top-14 max-sm:-top-23' : '-top-14'
        )}
      >
        <div className="mx-auto grid max-w-6xl grid-cols-[1fr_auto] items-center gap-x-4 px-4 sm:grid-cols-[auto_1fr_auto] sm:px-6">
          <Link href="/" prefetch={false} className="flex h-14 items-center font-semibold">
            Mail OAuth Wizard
          </Link>
          {person && <SignedIn person={person} />}
        </div>
        {tenant && <TenantBar tenant={tenant} />}
      </header>
      <div className={classes('mx-auto w-full max-w-6xl flex-1 px-4 py-6 sm:px-6 lg:py-10', Boolean(rail) && columns)}>
        {rail && <div className="min-w-0 max-lg:mb-6">{rail}</div>}
        <main id="main" tabIndex={-1} className="min-w-0 outline-none">
          {children}
        </main>
      </div>
      <footer className="border-t border-line">
        <div className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-6 px-4 py-3 text-sm text-muted sm:px-6">
          <Link href="/tools/powershell" prefetch={false} className="link inline-flex min-h-11 items-center">
            Make the PowerShell without signing in
          </Link>
          <Link href="/tools" prefetch={false} className="link inline-flex min-h-11 items-center">
            All tools
          </Link>
        </div>
      </footer>
    </div>
  )
}

const columns = 'lg:grid lg:grid-cols-[17rem_minmax(0,1fr)] lg:gap-12'

/** Name and way out; on a phone the name has a line of its own, as half a user name says nothing. */
function SignedIn({ person }: { person: Person }) {
  return (
    <>
      <p className="flex h-9 min-w-0 items-center gap-x-2 text-sm leading-tight max-sm:order-last max-sm:col-span-2 max-sm:-mx-4 max-sm:border-t max-sm:border-line max-sm:px-4 sm:block sm:h-auto sm:text-right">
        <span className="sr-only">Signed in as </span>
        <span className="truncate font-semibold max-sm:max-w-2/5 max-sm:shrink-0 sm:block">{person.name}</span>
        <span className="min-w-0 truncate text-muted sm:block">{person.username}</span>
      </p>
      <form method="post" action="/sign-out">
        <button
          type="submit"
          className="target inline-flex cursor-pointer items-center gap-2 rounded border border-transparent px-2 text-sm font-semibold text-accent hover:bg-raised"
        >
          <LogOut aria-hidden className="size-4" />
          Sign out
        </button>
      </form>
    </>
  )
}

function TenantBar({ tenant }: { tenant: Tenant }) {
  return (
    <div className="border-t border-accent-line bg-accent-soft text-accent">
      <div className="mx-auto flex min-h-10 max-w-6xl items-center gap-2.5 px-4 py-1.5 text-sm sm:px-6">
        <Building2 aria-hidden className="size-4 shrink-0" />
        <p className="flex min-w-0 flex-wrap gap-x-2">
          <span>Tenant</span>
          <strong className="font-semibold wrap-anywhere text-ink">{tenant.name}</strong>
          <span className="wrap-anywhere text-muted">{tenant.detail}</span>
        </p>
      </div>
    </div>
  )
}
