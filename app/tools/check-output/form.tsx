'use client'
// The form of the checker and, above it, what it found. Without JavaScript the same form posts and comes back.
import { useActionState, useEffect, useRef } from 'react'
import { ErrorSummary, Fields } from '../../../components/fields.tsx'
import { SubmitButton } from '../../../components/submit-button.tsx'
import { Verdicts } from '../../../components/verdicts.tsx'
import type { Check } from '../../../lib/tools/check-output.ts'
import { UncheckedIds } from '../unchecked-ids.tsx'
import { check } from './actions.ts'
import { Errors } from './errors.tsx'
import { RepairScript } from './repair.tsx'

/** The fields, what is wrong with them, one button; the answer stands at the top and takes the focus. */
export function CheckForm({ start }: { start: Check }) {
  const [state, post] = useActionState(check, start)
  const news = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (state !== start) news.current?.focus()
  }, [state, start])
  const { checked } = state
  return (
    <>
      <div ref={news} tabIndex={-1} className="outline-none">
        <ErrorSummary problems={state.problems} />
        {checked && (
          <section aria-labelledby="what-it-says" className="mb-10">
            <h2 id="what-it-says" className="mb-4 text-lg font-semibold tracking-tight">
              What the output says
            </h2>
            <UncheckedIds>“Right” means here: the same as the one in the form below.</UncheckedIds>
            <Verdicts verdicts={checked.verdicts} />
            {checked.left > 0 && (
              <p className="mt-3">And {checked.left.toLocaleString('en')} more. Check fewer mailboxes at a time.</p>
            )}
            {checked.scriptsHref && <RepairScript {...checked} scriptsHref={checked.scriptsHref} />}
            <Errors errors={checked.errors} />
          </section>
        )}
      </div>
      <form action={post} className="grid gap-6" noValidate>
        <Fields fields={state.fields} problems={state.problems} />
        <div>
          <SubmitButton pendingLabel="One moment" variant={checked ? 'secondary' : 'primary'}>
            Check the output
          </SubmitButton>
        </div>
      </form>
    </>
  )
}
