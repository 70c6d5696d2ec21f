// The two blocks a page is made of: a section with a heading, and a card with a border.
import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { classes } from './classes.ts'

type SectionProps = { title: string; id?: string; intro?: ReactNode; children?: ReactNode }

/** A part of a page under an h2. */
export function Section({ title, id, intro, children }: SectionProps) {
  return (
    <section id={id} className="mt-10">
      <h2 className="text-lg font-semibold tracking-tight">{title}</h2>
      {intro && <p className="mt-1 max-w-3xl text-muted">{intro}</p>}
      <div className="mt-4">{children}</div>
    </section>
  )
}

type CardProps = { title?: string; children: ReactNode; className?: string; level?: 2 | 3 }

/** A bordered box; its title is a heading of the given level (h2 unless told otherwise). */
export function Card({ title, children, className, level = 2 }: CardProps) {
  const Heading = level === 3 ? 'h3' : 'h2'
  return (
    <div className={classes('min-w-0 rounded-md border border-line bg-surface p-4 sm:p-6', className)}>
      {title && <Heading className="mb-3 text-base font-semibold">{title}</Heading>}
      {children}
    </div>
  )
}

type DisclosureProps = { summary: ReactNode; children: ReactNode; open?: boolean; className?: string }

/** What only some people need: closed until asked for, with or without JavaScript. */
export function Disclosure({ summary, children, open, className }: DisclosureProps) {
  return (
    <details open={open} className={classes('group min-w-0', className)}>
      <summary className="target flex list-none items-center gap-1.5 rounded font-semibold text-accent [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-4 shrink-0 transition-transform group-open:rotate-90" />
        <span className="min-w-0">{summary}</span>
      </summary>
      <div className="mt-2 min-w-0">{children}</div>
    </details>
  )
}
