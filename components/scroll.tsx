// What is too wide or too long for the page scrolls by itself, by keyboard too.
import type { ReactNode } from 'react'

/** A box that scrolls in both directions and can be focused, so that the keyboard can scroll it. */
export function Scroll({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group and not a landmark: a page of snippets would be nothing but landmarks.
    <div
      role="group"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
      aria-label={label}
      className="max-h-[32rem] overflow-auto focus-visible:-outline-offset-2"
    >
      {children}
    </div>
  )
}
