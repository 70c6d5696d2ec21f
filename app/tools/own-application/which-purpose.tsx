// The one choice of the page: for one's own tenant, or for clients' tenants too. Two links, so that it needs no script.
import Link from 'next/link'
import { classes } from '../../../components/classes.ts'
import type { Purpose } from '../../../lib/tools/own-application.ts'

const ways: readonly { purpose: Purpose; href: string; title: string; says: string }[] = [
  {
    purpose: 'own-tenant',
    href: '/tools/own-application',
    title: 'For your own tenant',
    says: 'Single tenant. The usual choice of an administrator.'
  },
  {
    purpose: 'clients',
    href: '/tools/own-application?for=clients',
    title: 'For clients’ tenants as well',
    says: 'Multitenant. For consultants and partners: each client’s administrator allows it once.'
  }
]

export function WhichPurpose({ purpose }: { purpose: Purpose }) {
  return (
    <nav aria-label="Whose tenants" className="grid gap-4 md:grid-cols-2">
      {ways.map(way => (
        <Link
          key={way.purpose}
          href={way.href}
          prefetch={false}
          aria-current={way.purpose === purpose ? 'page' : undefined}
          className={classes(
            'rounded-md border bg-surface p-4 hover:bg-raised',
            way.purpose === purpose ? 'border-2 border-accent' : 'border-edge'
          )}
        >
          <span className="block font-semibold">{way.title}</span>
          <span className="block text-muted">{way.says}</span>
        </Link>
      ))}
    </nav>
  )
}
