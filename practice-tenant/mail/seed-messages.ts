// The messages that each mailbox begins with. The rule it keeps: made from the address alone, never two inboxes of the
// same look, and at least one message everywhere.

import { createHash } from 'node:crypto'
import type { Recipient } from '../exchange/state.ts'

const subjects = ['Invoice 4711', 'Your order has shipped', 'Statement of account', 'Meeting on Thursday', 'Reminder']
const senders = ['Ada Lindqvist <ada@contoso.example>', 'Fatima Rossi <fatima@fabrikam.example>']
const dayMs = 24 * 3600 * 1000
const firstDay = Date.parse('2026-08-03T07:15:00Z')

const lines = (...all: string[]) => `${all.join('\r\n')}\r\n`

function plain(subject: string, sentences: number): string {
  const said = Array.from({ length: sentences }, (_, at) => `Line ${at + 1} of a practice message about ${subject}.`)
  return lines('Content-Type: text/plain; charset=us-ascii', 'Content-Transfer-Encoding: 7bit', '', ...said)
}

function withAttachment(subject: string, file: string): string {
  const wrapped =
    Buffer.from(`A practice document.\n${file}\n`.repeat(12))
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  const boundary = `practice-${createHash('sha256').update(file).digest('hex').slice(0, 16)}`
  return [
    lines(`Content-Type: multipart/mixed; boundary="${boundary}"`, '', `--${boundary}`),
    plain(subject, 2),
    lines(
      `--${boundary}`,
      `Content-Type: application/pdf; name="${file}"`,
      `Content-Disposition: attachment; filename="${file}"`,
      'Content-Transfer-Encoding: base64',
      '',
      ...wrapped,
      `--${boundary}--`
    )
  ].join('')
}

/** How many of them: three for Invoices, between two and five elsewhere. */
function countOf(address: string): number {
  if (address.startsWith('invoices@')) return 3
  return 2 + ((createHash('sha256').update(address).digest()[0] as number) % 4)
}

export function seedMessages({ address, displayName }: Pick<Recipient, 'address' | 'displayName'>) {
  const key = address.toLowerCase()
  return Array.from({ length: countOf(key) }, (_, at) => {
    const receivedAt = new Date(firstDay + at * dayMs)
    const subject = subjects[(at + key.length) % subjects.length] as string
    const id = createHash('sha256').update(`message ${at} of ${key}`).digest('hex').slice(0, 24)
    const header = lines(
      `Date: ${receivedAt.toUTCString().replace('GMT', '+0000')}`,
      `From: ${senders[at % senders.length]}`,
      `To: "${displayName}" <${address}>`,
      `Subject: ${subject}`,
      `Message-ID: <${id}@practice.example>`,
      'MIME-Version: 1.0'
    )
    const body =
      at % 3 === 1 ? withAttachment(subject, `document-${at}.pdf`) : plain(subject, 2 + at + (key.length % 7))
    return { receivedAt: receivedAt.toISOString(), text: header + body }
  })
}
