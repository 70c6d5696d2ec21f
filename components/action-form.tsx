'use client'
// A form whose answer is an action: with JavaScript the page stays, without it the same form posts and comes back.
// The rule it keeps: a folded form with something wrong in it is open.
import { type ReactNode, useActionState } from 'react'
import type { Field, FieldProblem } from '../lib/steps/step.ts'
import { ErrorSummary, Fields } from './fields.tsx'
import { Disclosure } from './section.tsx'
import { SubmitButton } from './submit-button.tsx'

export type FormState = { problems: readonly FieldProblem[]; typed: { readonly [name: string]: readonly string[] } }
export type FormAction = (state: FormState, data: FormData) => Promise<FormState>

type Props = {
  action: FormAction
  fields: readonly Field[]
  submit: string
  variant?: 'primary' | 'secondary'
  /** Folds everything under this line. */
  folded?: string
  /** Folded, but standing open from the start. */
  open?: boolean
  /** Shown folded with the form, before and after it. */
  before?: ReactNode
  after?: ReactNode
  children?: ReactNode
}

const empty: FormState = { problems: [], typed: {} }

/** Fields, what is wrong with them, and one button. What was typed comes back, as far as the action sent it back. */
export function ActionForm({
  action,
  fields,
  submit,
  variant = 'primary',
  folded,
  open = false,
  before,
  after,
  children
}: Props) {
  const [state, post] = useActionState(action, empty)
  const answered = state.problems.length > 0
  const shown = fields.map(field =>
    // A browser leaves out what is not ticked: once answered, a missing field means nothing.
    answered && field.kind !== 'file' ? { ...field, value: state.typed[field.name] ?? [] } : field
  )
  const body = (
    <>
      {before}
      <form action={post} className="grid gap-6" noValidate>
        {answered && <ErrorSummary problems={state.problems} />}
        {shown.length > 0 && <Fields fields={shown} problems={state.problems} />}
        {children}
        <div>
          <SubmitButton pendingLabel="One moment" variant={variant}>
            {submit}
          </SubmitButton>
        </div>
      </form>
      {after}
    </>
  )
  if (!folded) return body
  return (
    <Disclosure key={String(answered)} summary={folded} open={open || answered}>
      <div className="grid gap-6 pt-2">{body}</div>
    </Disclosure>
  )
}
