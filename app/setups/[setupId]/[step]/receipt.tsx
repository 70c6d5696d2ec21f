// The receipt of the step's script: pasted here it counts as evidence, before anybody's word.
import { Section } from '../../../../components/section.tsx'
import type { AtStep } from '../../../../lib/wizard/door.ts'
import { receive } from './actions.ts'
import { ReceiptForm } from './receipt-form.tsx'

const wanting: readonly string[] = ['register-in-exchange', 'open-the-mailboxes', 'test-the-connection']

export function Receipt({ at }: { at: AtStep }) {
  const { step, row, setup } = at
  if (!wanting.includes(step.id)) return null
  const isReady = step.id === 'register-in-exchange' || setup.mailboxes.length > 0
  if (!isReady) return null
  return (
    <Section
      title="Paste the receipt"
      id="receipt"
      intro="The script ends by printing a receipt and puts it on the clipboard where it can. Pasted here it is checked against this setup: the tenant, the IDs, and each mailbox."
    >
      <ReceiptForm action={receive.bind(null, row.id, step.id)} />
    </Section>
  )
}
