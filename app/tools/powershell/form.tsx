'use client'
// The form of the script maker. With JavaScript the page stays, without it the same form posts and comes back.
import { useActionState } from 'react'
import { ErrorSummary, Fields } from '../../../components/fields.tsx'
import { SubmitButton } from '../../../components/submit-button.tsx'
import { make, type ToolState } from './actions.ts'
import { LongList } from './long-list.tsx'

/** The fields, what is wrong with them, one button; and the downloads when the list is too long for an address. */
export function ToolForm(start: Pick<ToolState, 'fields' | 'problems'>) {
  const [state, post] = useActionState<ToolState, FormData>(make, start)
  return (
    <>
      {state.long && <LongList {...state.long} />}
      <form action={post} className="grid gap-6" noValidate>
        <ErrorSummary problems={state.problems} />
        <Fields fields={state.fields} problems={state.problems} />
        <div>
          <SubmitButton pendingLabel="One moment" variant={state.long ? 'secondary' : 'primary'}>
            Make the scripts
          </SubmitButton>
        </div>
      </form>
    </>
  )
}
