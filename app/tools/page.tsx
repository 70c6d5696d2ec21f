// The tools that need no sign-in.
import Link from 'next/link'
import { PageHeader } from '../../components/page-header.tsx'
import { Shell } from '../../components/shell.tsx'
import { tools } from '../../lib/tools/tools.ts'

export const metadata = { title: 'Tools' }

/** A list with a sentence for each. */
export default function ToolsPage() {
  return (
    <Shell>
      <PageHeader title="Use a tool without signing in" why="These pages ask Microsoft nothing and keep nothing." />
      <ul className="grid max-w-3xl gap-3">
        {tools.map(({ href, title, says }) => (
          <li key={href} className="rounded-md border border-line bg-surface p-4">
            <h2>
              <Link href={href} prefetch={false} className="link text-lg font-semibold">
                {title}
              </Link>
            </h2>
            <p className="mt-1 text-muted">{says}</p>
          </li>
        ))}
      </ul>
    </Shell>
  )
}
