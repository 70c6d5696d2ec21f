// Client secrets that were pasted where something else belongs. The rule it keeps: they are refused and not repeated.
import { isSurelySecret, looksLikeSecret } from '../steps/fields.ts'

/** A text without an @ that may be a client secret: besides what `looksLikeSecret` asks, letters of both cases and a digit. */
export function couldBeSecret(text: string): boolean {
  return looksLikeSecret(text) && [/\d/, /[A-Z]/, /[a-z]/].every(pattern => pattern.test(text))
}

export const secretRefused = (label: string) =>
  `This looks like a client secret, not the ${label}. It was not kept. No script needs a secret.`

/** The text without words that are surely client secrets. */
export function withoutSecretWords(text: string): string {
  return text.replace(/[\w~.-]{16,64}/g, word => (isSurelySecret(word) ? '' : word))
}
