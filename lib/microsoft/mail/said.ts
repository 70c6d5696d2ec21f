// What a mail server said, as one line that may be shown, kept and sent to support. Pure.
// The rule it keeps: nothing of what was sent to the server comes back in it, however the server wraps or spells it.

import { cut } from '../../cut.ts'

/** Longer answers are cut: the longest one known of Exchange Online has less than 300 characters. */
export const saidLength = 500
const removed = '[removed]'

/** So many characters in a row that also stand in a secret are no accident; English words in a row have spaces. */
const window = 12

/** XOAUTH2’s one string, before base64.
 *  https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth#sasl-xoauth2 */
export function saslString(mailbox: string, token: string): string {
  return Buffer.from(`user=${mailbox}\u0001auth=Bearer ${token}\u0001\u0001`, 'utf8').toString('base64')
}

/** The server’s text in one line, at most `saidLength` long, without the token and whatever was made of it. */
export function said(text: string, mailbox: string, token: string): string {
  const line = text.replace(/[\s\p{C}]+/gu, ' ').trim()
  const clean = without(line, secretsOf(mailbox, token))
  return clean.length <= saidLength ? clean : `${cut(clean, saidLength - 1)}…`
}

/** The token, and its base64 at each of the three places in which a text may begin within a group of three bytes. */
function secretsOf(mailbox: string, token: string): readonly string[] {
  const shifted = ['', ' ', '  '].map(before =>
    Buffer.from(before + token, 'utf8')
      .toString('base64')
      .slice(4)
  )
  return [token, saslString(mailbox, token), ...shifted].map(squeezed)
}

/** What is compared: letters and digits only, so that line breaks, quotes and base64url make no difference. */
const squeezed = (text: string) => text.replace(/[^a-z0-9]/gi, '').toLowerCase()

function without(line: string, secrets: readonly string[]): string {
  const places = [...line.matchAll(/[a-z0-9]/gi)].map(match => match.index)
  const bare = squeezed(line)
  const pieces = new Set(secrets.flatMap(secret => windowsOf(secret)))
  let clean = ''
  let kept = 0
  for (let start = 0; start + window <= bare.length; start += 1) {
    if (!pieces.has(bare.slice(start, start + window))) continue
    let end = start + window
    while (end < bare.length && pieces.has(bare.slice(end - window + 1, end + 1))) end += 1
    clean += line.slice(kept, places[start]) + removed
    kept = (places[end - 1] ?? line.length) + 1
    // base64 is filled up with these.
    while (line[kept] === '=') kept += 1
    start = end - 1
  }
  return clean + line.slice(kept)
}

function windowsOf(secret: string): string[] {
  return Array.from({ length: Math.max(0, secret.length - window + 1) }, (_, at) => secret.slice(at, at + window))
}
