// What will happen, before anything is sent: the very sentences that the log will keep, and the requests behind them.
import type { Change } from '../lib/steps/step.ts'
import { Highlighted } from './highlight.tsx'
import { Scroll } from './scroll.tsx'
import { Disclosure } from './section.tsx'

type Props = { changes: readonly Change[]; then: readonly string[]; title?: string }

/** The preview of a step's changes; `then` are sentences for what cannot be addressed yet. */
export function ChangeList({ changes, then, title = 'What will happen' }: Props) {
  return (
    <div className="rounded-md border border-line bg-surface p-4 sm:p-6">
      <h2 className="text-base font-semibold">{title}</h2>
      <ol className="mt-3 grid list-decimal gap-2 pl-6 marker:text-muted">
        {changes.map(change => (
          <li key={`${change.method} ${change.path} ${change.says}`} className="pl-1 wrap-anywhere">
            {change.says}
          </li>
        ))}
        {then.map(sentence => (
          <li key={sentence} className="pl-1 wrap-anywhere">
            {sentence}
          </li>
        ))}
      </ol>
      {changes.length > 0 && (
        <Disclosure summary={`The requests (${changes.length})`} className="mt-3 text-sm">
          <ul className="grid gap-3">
            {changes.map(change => (
              <li key={`${change.method} ${change.path} ${change.says}`} className="min-w-0">
                <Request change={change} />
              </li>
            ))}
          </ul>
          {then.length > 0 && (
            <p className="mt-3 text-muted">The other requests need an ID that the first ones bring.</p>
          )}
        </Disclosure>
      )}
    </div>
  )
}

function Request({ change }: { change: Change }) {
  const body = change.body === undefined ? undefined : JSON.stringify(change.body, null, 2)
  return (
    <div className="overflow-hidden rounded border border-line">
      <p className="bg-raised px-3 py-2 font-mono text-[0.8125rem] wrap-anywhere">
        <strong className="font-semibold">{change.method}</strong> {change.path}
        {change.headers && <span className="block text-muted">Prefer: {change.headers.Prefer}</span>}
      </p>
      {body !== undefined && (
        <Scroll label={`Body of: ${change.says}`}>
          <pre className="w-max min-w-full p-3 font-mono text-[0.8125rem]">
            <Highlighted code={body} language="json" />
          </pre>
        </Scroll>
      )}
    </div>
  )
}
