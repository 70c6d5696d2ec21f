// What a login came to, in a sentence.
import type { LoginResult } from '../gates/evidence.ts'
import type { Protocol } from '../steps/step.ts'

type Tried = { address: string; protocol: Protocol; result: LoginResult }

/** "IMAP invoices@contoso.com: accepted, 3 messages in the inbox". */
export const loginInWords = ({ address, protocol, result }: Tried) =>
  `${protocol} ${address}: ${result.kind === 'refused' ? 'refused: ' : ''}${answerInWords(protocol, result)}`

/** What the server answered. Until a message was accepted, SMTP proves the login alone. */
export function answerInWords(protocol: Protocol, result: LoginResult): string {
  switch (result.kind) {
    case 'accepted':
      return protocol === 'SMTP' ? smtpInWords(result) : `accepted${inboxInWords(result)}`
    case 'refused':
      return result.said
    case 'unreachable':
      return result.says
  }
}

type Accepted = Extract<LoginResult, { kind: 'accepted' }>

function smtpInWords({ sent }: Accepted): string {
  if (!sent) return 'login accepted, sending not proved'
  return sent.kind === 'accepted' ? 'login and message accepted' : `login accepted, message refused: ${sent.said}`
}

function inboxInWords({ inbox }: Accepted): string {
  if (!inbox) return ''
  const size = inbox.bytes === undefined ? '' : `, ${sizeInWords(inbox.bytes)}`
  return `, ${inbox.messages === 1 ? '1 message' : `${inbox.messages} messages`} in the inbox${size}`
}

/** Bytes in the unit that reads best: "12 kB", "3.4 MB". */
export function sizeInWords(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const
  if (bytes === 1) return '1 byte'
  let power = 0
  // As it is written: 999,999 bytes are 1.0 MB, not 1000 kB.
  while (power < units.length - 1 && Math.round(bytes / 1000 ** power) >= 1000) power += 1
  const value = bytes / 1000 ** power
  const short = value.toFixed(1)
  return `${power === 0 || Number(short) >= 10 ? Math.round(value) : short} ${units[power]}`
}
