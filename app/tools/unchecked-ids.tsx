// What every page that takes pasted IDs and asks Microsoft nothing says of them.
import type { ReactNode } from 'react'
import { Notice } from '../../components/notice.tsx'

/** `children` say when to compare them. */
export function UncheckedIds({ children }: { children: ReactNode }) {
  return (
    <Notice kind="warning" title="Nothing has checked these IDs">
      <p>
        One application has two Object IDs. Exchange Online wants the one that Enterprise applications shows, under your
        application, Overview. It may take the other one, from App registrations, without a word; then every login
        fails. {children}
      </p>
    </Notice>
  )
}
