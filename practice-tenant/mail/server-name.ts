// What the mail servers call themselves. The rule it keeps: of the shape of Exchange Online's names, so that what cuts a
// reference out of an answer is tried on it; in a domain that is nobody's.

import { randomBytes } from 'node:crypto'

export const serverName = 'PR0PR06CA0001.EURPR06.practice.example'

/** The end of IMAP's and POP's greeting: the server's name, UTF-16 in base64. */
export const greetingTag = `[${Buffer.from(serverName, 'utf16le').toString('base64')}]`

/** The end of SMTP's refusals: server, time, ID. */
export function stamp(): string {
  return `[${serverName} ${new Date().toISOString()} 08DE${randomBytes(6).toString('hex').toUpperCase()}]`
}
