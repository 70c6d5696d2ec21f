// The top of a page: what this page does and why.
import type { ReactNode } from 'react'

type Props = { title: string; why?: ReactNode; eyebrow?: string; children?: ReactNode }

/** The page's only h1, the sentence below it, and the small words above it. */
export function PageHeader({ title, why, eyebrow, children }: Props) {
  return (
    <header className="mb-8 max-w-3xl">
      {eyebrow && <p className="mb-1 text-sm text-muted">{eyebrow}</p>}
      <h1 className="text-2xl font-semibold tracking-tight text-balance wrap-anywhere sm:text-3xl">{title}</h1>
      {why && <p className="mt-3 text-base text-pretty text-muted">{why}</p>}
      {children}
    </header>
  )
}
