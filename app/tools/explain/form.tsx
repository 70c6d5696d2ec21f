'use client'
// The form of the error explainer. With JavaScript the page stays, without it the same form posts and comes back.
import { useActionState, useEffect, useRef } from 'react'
import { ErrorSummary, Fields } from '../../../components/fields.tsx'
import { SubmitButton } from '../../../components/submit-button.tsx'
import type { Field } from '../../../lib/steps/step.ts'
import { type ExplainState, explainPasted } from './actions.ts'
import { Answer } from './answer.tsx'

const start: ExplainState = { shown: '', problems: [] }

const fieldWith = (shown: string): Field => ({
  name: 'error',
  label: 'Paste the error',
  hint: 'All of it, with its codes and IDs; several at once are fine. Leave out secrets and tokens: what looks like one is covered.',
  kind: 'lines',
  value: [shown]
})

export function ExplainForm() {
  const [state, post] = useActionState(explainPasted, start)
  const news = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (state !== start) news.current?.focus()
  }, [state])
  const { problems, shown, explanation } = state
  return (
    <>
      {problems.length > 0 && (
        <div ref={news} tabIndex={-1} className="outline-none">
          <ErrorSummary problems={problems} />
        </div>
      )}
      <form action={post} className="grid gap-6" noValidate>
        <Fields fields={[fieldWith(shown)]} problems={problems} />
        <div>
          <SubmitButton pendingLabel="One moment">Explain it</SubmitButton>
        </div>
      </form>
      {explanation && (
        <div ref={news} tabIndex={-1} className="outline-none">
          <Answer explanation={explanation} />
        </div>
      )}
    </>
  )
}
