'use client'
// The form of the script maker. With JavaScript the page stays, without it the same form posts and comes back.
// The rule it keeps: scripts are shown beside the answers that made them, and never beside newer ones.
import { type ReactNode, useActionState, useEffect, useRef } from 'react'
import { ErrorSummary, Fields } from '../../../components/fields.tsx'
import { Disclosure } from '../../../components/section.tsx'
import { SubmitButton } from '../../../components/submit-button.tsx'
import { make, type ToolState } from './actions.ts'
import { LongList } from './long-list.tsx'

type Props = { start: Pick<ToolState, 'fields' | 'problems'>; children?: ReactNode }

/** The fields, what is wrong with them, one button; `children` are the scripts of the address, above the folded form. */
export function ToolForm({ start, children }: Props) {
  const [state, post] = useActionState<ToolState, FormData>(make, start)
  const news = useRef<HTMLDivElement>(null)
  // The button stands at the end of a long form, and what came of it at the top.
  useEffect(() => {
    if (state !== start) news.current?.focus()
  }, [state, start])
  const form = (
    <form action={post} className="grid gap-6" noValidate>
      <Fields fields={state.fields} problems={state.problems} />
      <div>
        <SubmitButton pendingLabel="One moment" variant={state.long || children ? 'secondary' : 'primary'}>
          Make the scripts
        </SubmitButton>
      </div>
    </form>
  )
  if (children && !state.long && state.problems.length === 0)
    return (
      <>
        {children}
        <Disclosure summary="Change the answers" className="mt-10">
          <div className="pt-4">{form}</div>
        </Disclosure>
      </>
    )
  return (
    <>
      <div ref={news} tabIndex={-1} className="outline-none">
        <ErrorSummary problems={state.problems} />
        {state.long && <LongList {...state.long} />}
      </div>
      {form}
    </>
  )
}
