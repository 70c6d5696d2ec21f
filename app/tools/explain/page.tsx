// Any error of this set-up, pasted, explained from the failure dictionary, without signing in.
// The rule it keeps: the form posts, as an error may hold a token or a secret.
import { PageHeader } from '../../../components/page-header.tsx'
import { Shell } from '../../../components/shell.tsx'
import { ExplainForm } from './form.tsx'

export const metadata = { title: 'Explain an error' }

/** The form, and below it the answer. */
export default function ExplainPage() {
  return (
    <Shell>
      <PageHeader
        title="Explain an error"
        why="Paste what Microsoft, a mail server, PowerShell or your program said. You get what it means and what to do. Nothing is sent to Microsoft from here, and nothing is kept."
      />
      <ExplainForm />
    </Shell>
  )
}
