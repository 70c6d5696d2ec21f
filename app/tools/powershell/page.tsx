// The Exchange scripts from pasted IDs, without signing in. All of it stands in the query, so that a link can be shared.
// The rule it keeps: the form posts first, so that a secret pasted by mistake never gets into an address.
import { Notice } from '../../../components/notice.tsx'
import { PageHeader } from '../../../components/page-header.tsx'
import { Shell } from '../../../components/shell.tsx'
import { clouds } from '../../../lib/microsoft/clouds.ts'
import { fieldProblems, strangers, toolFields } from '../../../lib/tools/powershell-form.ts'
import { inputOfQuery, readAsked } from '../../../lib/tools/powershell-query.ts'
import { ToolForm } from './form.tsx'
import { Result } from './result.tsx'

export const metadata = { title: 'Make the Exchange PowerShell' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** The form, and the scripts when the address asks for some. */
export default async function PowerShellPage({ searchParams }: Props) {
  const query = queryOfPage(await searchParams)
  const input = inputOfQuery(query)
  const read = query.size > 0 ? readAsked(input, clouds(), 'address') : undefined
  const problems = read && !read.ok ? read.problems : []
  const unknown = strangers(problems)
  return (
    <Shell>
      <PageHeader
        title="Make the Exchange PowerShell"
        why="Paste the IDs of an application that is registered already. You get the scripts that make it known to Exchange Online and open mailboxes to it. Nothing is sent to Microsoft from here, and nothing is kept."
      />
      {unknown.length > 0 && (
        <Notice kind="warning" title="The address asks for something that this page does not know">
          <p>
            Unknown: {unknown.join(', ')}. The form below holds the rest; make the scripts again to get a right address.
          </p>
        </Notice>
      )}
      <ToolForm
        key={query.toString()}
        start={{ fields: toolFields(input, clouds()), problems: fieldProblems(problems) }}
      >
        {read?.ok && <Result asked={read.asked} />}
      </ToolForm>
    </Shell>
  )
}

function queryOfPage(params: Record<string, string | string[] | undefined>): URLSearchParams {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) for (const one of [value ?? []].flat()) query.append(name, one)
  return query
}
