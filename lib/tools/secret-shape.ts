// Client secrets that were pasted where something else belongs. The rule it keeps: they are refused and not repeated.
import { holdsSecret, looksLikeSecret } from '../steps/fields.ts'

/** A text that may have a client secret in it, whatever sticks to it. Without an @ beside it: besides what `looksLikeSecret`
 *  asks, letters of both cases and a digit. */
export const couldBeSecret = (text: string): boolean =>
  holdsSecret(text) || text.split(/[^\w~.@-]+/).some(word => !word.includes('@') && isMixed(word))

const isMixed = (word: string) => looksLikeSecret(word) && [/\d/, /[A-Z]/, /[a-z]/].every(pattern => pattern.test(word))

export const secretRefused = (label: string) =>
  `This looks like a client secret, not the ${label}. It was not kept. No script needs a secret.`
