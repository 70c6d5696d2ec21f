'use client'
// Where a person pastes what the PowerShell window shows; above it, what that text says. Without JavaScript the same form
// posts and comes back.
import { useActionState, useEffect, useRef } from 'react'
import { ErrorSummary, Fields } from '../../../../components/fields.tsx'
import { SubmitButton } from '../../../../components/submit-button.tsx'
import { Verdicts } from '../../../../components/verdicts.tsx'
import type { Field } from '../../../../lib/steps/step.ts'
import type { Received } from '../../../../lib/wizard/receive.ts'
import { Errors } from '../../../tools/check-output/errors.tsx'
import { Finding } from '../../../tools/explain/finding.tsx'

type Props = {
  action: (state: Received | undefined, data: FormData) => Promise<Received | undefined>
  variant?: 'primary' | 'secondary'
}

const fields: readonly Field[] = [
  {
    name: 'output',
    label: 'What the PowerShell window shows',
    hint: 'The receipt from its first line to its last, or the output of Get-ServicePrincipal, Get-MailboxPermission or Get-CASMailbox.',
    kind: 'lines',
    value: []
  },
  {
    name: 'details',
    label: 'The file with the details',
    hint: 'Only where the receipt names one: above 200 mailboxes the script writes it beside itself.',
    kind: 'file',
    value: []
  }
]

export function ReceiptForm({ action, variant = 'secondary' }: Props) {
  const [state, post] = useActionState(action, undefined)
  const news = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (state) news.current?.focus()
  }, [state])
  const problems = state?.problem ? [{ field: 'output', says: state.problem }] : []
  return (
    <>
      <div ref={news} tabIndex={-1} className="outline-none">
        <ErrorSummary problems={problems} />
        {state && (
          <div className="mb-6">
            <Verdicts verdicts={state.verdicts} />
            {state.left > 0 && <p className="mt-3">And {state.left.toLocaleString('en')} more.</p>}
            <Errors errors={state.errors} />
            {state.findings.map(finding => (
              <Finding key={finding.kind === 'one' ? finding.entry.id : finding.text} finding={finding} />
            ))}
          </div>
        )}
      </div>
      <form action={post} className="grid gap-6" noValidate>
        <Fields fields={fields} problems={problems} />
        <div>
          <SubmitButton pendingLabel="One moment" variant={variant}>
            Read it
          </SubmitButton>
        </div>
      </form>
    </>
  )
}
