// Mailboxes as parameters: one address each in an address, a list as people paste it in a form.
// The rule it keeps: what is not an address is pointed out by its place, and not repeated when it could be a secret.
import { cut } from '../cut.ts'
import { withoutSecretWords } from '../steps/fields.ts'
import { whyNotAddress } from '../steps/mailbox-address.ts'
import { mostMailboxes, readMailboxes } from '../steps/mailboxes.ts'
import type { Input } from '../steps/step.ts'
import type { ParameterProblem } from './powershell-query.ts'
import { couldBeSecret } from './secret-shape.ts'

export const mailboxesMax = mostMailboxes
const shownMax = 80
const problemsMax = 50

/** All mailboxes, in lower case, each once, in the order given. */
export function readMailboxParameters(input: Input): {
  mailboxes: readonly string[]
  problems: readonly ParameterProblem[]
} {
  const mailboxes = new Set<string>()
  const problems: ParameterProblem[] = []
  for (const [index, value] of (input.mailbox ?? []).entries()) {
    const address = value.trim().normalize('NFC').toLowerCase()
    const why = address ? whyNotAddress(address) : undefined
    if (why) problems.push({ parameter: 'mailbox', problem: notAnAddress(`Mailbox ${index + 1}`, value.trim(), why) })
    else if (address) mailboxes.add(address)
    if (problems.length >= problemsMax) break
  }
  for (const text of input.mailboxes ?? []) {
    const list = readMailboxes(text)
    for (const address of list.mailboxes) mailboxes.add(address)
    for (const { line, text: token, says } of list.problems.slice(0, problemsMax)) {
      const problem = couldBeSecret(token) ? notAnAddress(`Line ${line}`, token, '') : `Line ${line}: ${says}`
      problems.push({ parameter: 'mailboxes', problem })
    }
  }
  if (mailboxes.size > mailboxesMax)
    problems.push({ parameter: 'mailbox', problem: `A script takes up to ${mailboxesMax} mailboxes.` })
  return { mailboxes: [...mailboxes], problems }
}

function notAnAddress(place: string, text: string, why: string): string {
  if (couldBeSecret(text)) return `${place} looks like a client secret, not an email address. It was not kept.`
  return `${place}, ${text.length > shownMax ? `${cut(text, shownMax)}…` : text}, is not an email address: ${why}`
}

/** A pasted list as it may be shown again: without what could be a secret. */
export function withoutSecrets(list: string): string {
  const secrets = readMailboxes(list).problems.filter(({ text }) => couldBeSecret(text))
  return secrets.reduce((text, { text: secret }) => text.replaceAll(secret, ''), withoutSecretWords(list))
}
