// Shown for what does not exist and for what is not yours, in the same words: it never tells which.
import type { Metadata } from 'next'
import { Actions, LinkButton } from '../components/buttons.tsx'
import { PageHeader } from '../components/page-header.tsx'
import { Shell } from '../components/shell.tsx'

export const metadata: Metadata = { title: 'Page not found' }

/** The way back for somebody who is lost. */
export default function NotFound() {
  return (
    <Shell>
      <PageHeader
        title="Page not found"
        why="There is nothing at this address for the account that you are signed in with. Check the address, or sign in with the account that began the setup."
      />
      <Actions>
        <LinkButton href="/" variant="primary">
          Go to the start page
        </LinkButton>
        <LinkButton href="/setups">See your setups</LinkButton>
      </Actions>
    </Shell>
  )
}
