// The same step by hand: Microsoft's portal click by click, what to type there, and the form for what it showed.
import { ExternalLink } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Click } from '../lib/steps/step.ts'
import { Facts } from './facts.tsx'

type Props = { manual: { where: string; clicks: readonly Click[] }; children?: ReactNode }

/** Numbered clicks with links into the portal; children are the form to paste back what the portal showed. */
export function ManualPath({ manual, children }: Props) {
  return (
    <div className="rounded-md border border-line bg-surface p-4 sm:p-6">
      <p className="text-muted">In {manual.where}:</p>
      <ol className="mt-3 grid list-decimal gap-4 pl-7 marker:font-semibold marker:text-muted">
        {manual.clicks.map(click => (
          <li key={`${click.says} ${click.href ?? ''}`} className="min-w-0 pl-1">
            <p className="wrap-anywhere">{click.says}</p>
            {click.href && <PortalLink href={click.href} />}
            {click.type && (
              <div className="mt-2 -ml-7 sm:ml-0">
                <Facts facts={click.type.map(fact => ({ copy: true, ...fact }))} />
              </div>
            )}
          </li>
        ))}
      </ol>
      {children && <div className="mt-6 border-t border-line pt-6">{children}</div>}
    </div>
  )
}

/** A link out of the wizard: opens in a new tab, says so, and tells the other side nothing of where it came from. */
export function PortalLink({ href, children }: { href: string; children?: ReactNode }) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer"
      className="link inline-flex min-h-11 items-center gap-1.5 md:min-h-0"
    >
      {children ?? 'Open this page'}
      <ExternalLink aria-hidden className="size-4 shrink-0" />
      <span className="sr-only">(opens in a new tab)</span>
    </a>
  )
}
