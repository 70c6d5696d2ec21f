// The small parts that the steps' forms are made of. The rule it keeps: nothing here throws, and a pasted secret is
// never echoed.
import { z } from 'zod'
import type { FieldProblem, Input } from './step.ts'

export const one = (input: Input, name: string) => (input[name]?.[0] ?? '').trim()

const guid = z.guid()
const braced = /^\{(.*)\}$/

/** A GUID in lower case without braces, or undefined. */
export function guidIn(text: string): string | undefined {
  const bare = text.trim().replace(braced, '$1')
  return guid.safeParse(bare).success ? bare.toLowerCase() : undefined
}

/** Client secrets of Microsoft Entra hold 16 to 64 characters, and today's a tilde at the fourth or fifth place or later.
 *  https://learn.microsoft.com/graph/api/application-addpassword */
export function looksLikeSecret(text: string): boolean {
  const value = text.trim()
  if (value.match(base64)?.[0] === value) return true
  return value.length >= 16 && value.length <= 64 && /[~._-]/.test(value) && /^[\w~.-]+$/.test(value) && !guidIn(value)
}

/** Secrets of the older portals: 32 bytes in base64. */
const base64 =
  /(?<![A-Za-z0-9+/])(?=[A-Za-z0-9+/]*\d)(?=[A-Za-z0-9+/]*[a-z])(?=[A-Za-z0-9+/]*[A-Z])[A-Za-z0-9+/]{43}=(?!=)/g

/** As above, in a field where domain names and addresses are typed too: those have no tilde and no mix of cases. */
export const isSecretShaped = (text: string) => looksLikeSecret(text) && (/[~_]/.test(text) || isMixed(text))

const isMixed = (text: string) => /[A-Z]/.test(text) && /[a-z]/.test(text) && /\d/.test(text)

/** As above, in a field where names are typed: those hold hyphens, underscores and both cases, but no tilde. Those between
 *  the base64 and the tilde had 34 characters and none at times; a name of that length has a word in it. */
const isSurelySecret = (text: string) =>
  isSecretShaped(text) &&
  (text.includes('~') || (text.length === 34 && isMixed(text) && !/[a-z]{6}|[A-Z]{6}/.test(text)))

const runs = /[\w~.-]{16,64}/g

/** Whether something in the text is surely a secret, whatever sticks to it: a quote, a comma, the name of its column. */
export const holdsSecret = (text: string) =>
  text.match(base64) !== null || (text.match(runs) ?? []).some(isSurelySecret)

/** The text without what in it is surely a secret. */
export const withoutSecretWords = (text: string) =>
  text.replace(base64, '').replace(runs, run => (isSurelySecret(run) ? '' : run))

/** What may travel back to the browser: neither a text that looks like a secret nor one with a secret in it. Beside an @ only
 *  what surely is one counts: a domain name has capitals and digits at times. */
export const mayEcho = (text: string) =>
  !holdsSecret(text) && !text.split(/[^\w~.@-]+/).some(word => !word.includes('@') && isSecretShaped(word))

/** Reads one GUID field; says what is wrong in words that name the field. */
export function readGuid(
  input: Input,
  name: string,
  label: string,
  optional = false
): { value: string | undefined; problem?: FieldProblem } {
  const text = one(input, name)
  if (!text)
    return optional ? { value: undefined } : { value: undefined, problem: { field: name, says: `Paste the ${label}.` } }
  const value = guidIn(text)
  if (value) return { value }
  const says = looksLikeSecret(text)
    ? `This looks like a client secret, not the ${label}. It was not kept. Paste the ${label} here.`
    : `The ${label} has 32 hexadecimal digits in five groups, like 1a2b3c4d-0000-0000-0000-000000000000. Copy it again from the portal.`
  return { value: undefined, problem: { field: name, says } }
}

/** An application's name as Microsoft Entra accepts it and every later use of it bears.
 *  https://learn.microsoft.com/graph/api/resources/application displayName: at most 256 characters; 120 fit every portal. */
export function readName(text: string): string | { says: string } {
  const name = text.normalize('NFC').replace(/\s+/g, ' ').trim()
  if (!name) return { says: 'Give the application a name that its owner will recognise.' }
  if (name.length > nameLengthMax) return { says: `Shorten the name to ${nameLengthMax} characters or fewer.` }
  if (/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u.test(name)) return { says: 'Remove the invisible characters from the name.' }
  if (/[<>]/.test(name)) return { says: 'Leave out < and >.' }
  if (holdsSecret(name)) return { says: 'This looks like a client secret, not a name. It was not kept.' }
  return name
}

export const nameLengthMax = 120
