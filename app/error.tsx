'use client'
// Shown when a page throws: a bug of ours. The reference leads to the log, where the stack is; nothing else is told.
import { Actions, Button, LinkButton } from '../components/buttons.tsx'
import { CopyValue } from '../components/facts.tsx'
import { PageHeader } from '../components/page-header.tsx'
import { Shell } from '../components/shell.tsx'

type Props = { error: unknown; retry: () => void }

/** What happened, what to do, the reference. */
export default function ErrorPage({ error, retry }: Props) {
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : undefined
  return (
    <Shell>
      <title>Something went wrong - Mail OAuth Wizard</title>
      <PageHeader
        title="Something went wrong in the wizard"
        why="This is a fault of the wizard. What you answered so far is kept, and the wizard looks at the tenant before it changes anything."
      />
      {digest && <CopyValue label="Reference for whoever runs this wizard" value={digest} />}
      <Actions>
        <Button type="button" variant="primary" onClick={retry}>
          Try again
        </Button>
        <LinkButton href="/" plain>
          Go to the start page
        </LinkButton>
      </Actions>
    </Shell>
  )
}
