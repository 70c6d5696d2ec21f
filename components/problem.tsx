// What stands in the way: what happened, what to do, Microsoft's reference. Always in this order, never with blame.
import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Problem, Reference } from '../lib/steps/step.ts'
import { CopyButton } from './copy.tsx'

type Props = {
  problem: Problem
  children?: ReactNode
  /** Said at once by screen readers: only for what a press has just brought up. */
  urgent?: boolean
}

/** A problem in a red box; children are the ways on (buttons). */
export function ProblemBox({ problem, children, urgent }: Props) {
  return (
    <div
      role={urgent ? 'alert' : undefined}
      className="my-4 rounded-md border border-danger-line bg-danger-soft p-4 sm:p-6"
    >
      <h2 className="flex gap-3 text-base font-semibold">
        <CircleAlert aria-hidden className="mt-0.5 size-5 shrink-0 text-danger" />
        <span className="min-w-0 wrap-anywhere">{problem.title}</span>
      </h2>
      <p className="mt-2 max-w-3xl wrap-anywhere">{problem.happened}</p>
      {problem.todo.length > 0 && (
        <>
          <h3 className="mt-4 font-semibold">What to do</h3>
          <ul className="mt-1 grid max-w-3xl list-disc gap-1 pl-6">
            {problem.todo.map(sentence => (
              <li key={sentence} className="wrap-anywhere">
                {sentence}
              </li>
            ))}
          </ul>
        </>
      )}
      {children && <div className="mt-4 flex flex-wrap gap-3">{children}</div>}
      {problem.reference && <MicrosoftReference reference={problem.reference} />}
    </div>
  )
}

function MicrosoftReference({ reference }: { reference: Reference }) {
  const lines = [
    reference.status !== undefined && ['HTTP status', String(reference.status)],
    reference.code && ['Code', reference.code],
    reference.requestId && ['Request ID', reference.requestId],
    reference.message && ['Message', reference.message]
  ].filter(line => Array.isArray(line))
  if (lines.length === 0) return null
  return (
    <div className="mt-4 border-t border-danger-line pt-3 text-sm">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-semibold">Microsoft's reference</h3>
        <CopyButton text={lines.map(line => line.join(': ')).join('\n')} label="Microsoft's reference" />
      </div>
      <dl className="mt-1 grid gap-x-4 sm:grid-cols-[auto_minmax(0,1fr)]">
        {lines.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="font-mono text-[0.8125rem] wrap-anywhere">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
