// Secrets and tokens in a pasted text, covered before the text goes back to the page.
// The rule it keeps: rather too much is covered than too little. Nothing but the page's own field shows the result.

const cover = '[covered]'

/** A name that a secret follows: client_secret=..., "refresh_token": "...", Authorization: Bearer ... */
const named =
  /(\b(?:client[-_ ]?secret|secret|password|passwd|pwd|pass|(?:access|refresh|id)[-_]?token|assertion|client_assertion|api[-_]?key)\b["']?\s?[:=]\s?["']?|\b(?:Bearer|XOAUTH2|AUTH PLAIN|AUTH LOGIN)\s)[^\s"',;&}]{6,}/gi

/** The parts of a key in PEM, whole or broken off. */
const pem = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^-]*(?:-----END [A-Z ]{0,40}PRIVATE KEY-----)?/g

/** A run of letters that no word, address or path is made of. */
const run = /[\w+/=~.-]{16,}/g

/** The text with everything covered that may be a token or a secret. */
export function maskSecrets(text: string): string {
  return text
    .replace(pem, cover)
    .replace(named, (_, before: string) => `${before}${cover}`)
    .replace(run, part => (mayBeSecret(part) ? cover : part))
}

function mayBeSecret(part: string): boolean {
  // A JWT, or an XOAUTH2 string: base64 of {"... and of user=...
  if (/^(?:eyJ|dXNlcj)/.test(part)) return true
  if (isKnownShape(part)) return false
  const mixed = /[a-z]/.test(part) && /[A-Z]/.test(part) && /\d/.test(part)
  return (mixed && part.includes('~')) || (mixed && part.length >= 24) || part.length >= 120
}

/** GUIDs and times stand in every error and are no secrets. */
const isKnownShape = (part: string) =>
  /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(part) || /^\d{4}-\d\d-\d\dT[\d:.]+Z?$/.test(part)
