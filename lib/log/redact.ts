// What must not stand in a log, taken out of a text. Pure.
// The rule it keeps: what is known to be secret goes by its value, whatever it looks like; what only looks like a secret, a
// token or somebody's address goes by its shape. Rather too much than too little.

const cover = '[secret]'

/** Shorter than this a value is a word that stands anywhere. */
const shortest = 8

/** A key in PEM, whole or broken off. */
const pem = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^-]*(?:-----END [A-Z ]{0,40}PRIVATE KEY-----)?/g

/** A JWT, whole or broken off. */
const jwt = /\beyJ[\w-]{8,}(?:\.[\w-]*){0,4}/g

/** What a name announces: client_secret=..., "refresh_token": "...", Authorization: Bearer ... */
const named =
  /(\b(?:client_?secret|secret_?text|secret|client_?assertion|password|passwd|pwd|(?:access|refresh|id)_?token|code_?verifier|verifier|nonce|sealed|app_?key|cookie|authorization)\b\\?["']?\s*[:=]\s*\\?["']?(?:(?:Bearer|Basic)\s+)?|\b(?:Bearer|Basic|XOAUTH2)\s+)(?!\[secret\])[^\s"',;&}\\]{4,}/gi

/** What a redirect carries in its address. */
const inQuery = /([?&](?:code|state|session_state|id_token|access_token|client_info)=)[^&\s"'#]+/gi

/** Letters of both kinds and digits, in a run that no word, GUID or path is made of: cookies, codes, keys. */
const run = /[\w~.+/=-]{16,}/g
const runInPath = /[\w~+=-]{24,}/g

const mixed = (text: string) => /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text)
const coverMixed = (text: string) => (mixed(text) ? cover : text)
const coverRun = (text: string) =>
  text.includes('~') || text.endsWith('=') ? coverMixed(text) : text.replace(runInPath, coverMixed)

/** Somebody's address. A version of a package (name@1.2.3) is none. Bounded, as texts may be long. */
const address = /[^\s"'<>()[\]\\,;:=/@]{1,64}@(?!\d+\.\d)[\w-]+(?:\.[\w-]+)+/g

/** The text without secrets; `known` are values that are secret whatever they look like. */
export function redact(text: string, known: readonly string[]): string {
  let safe = text
  for (const form of formsOf(known)) safe = safe.replaceAll(form, cover)
  safe = safe
    .replace(pem, cover)
    .replace(jwt, cover)
    .replace(named, (_, before: string) => `${before}${cover}`)
    .replace(inQuery, (_, before: string) => `${before}${cover}`)
    .replace(run, coverRun)
  return safe.includes('@') ? safe.replace(address, '[address]') : safe
}

/** A value as it is, in a URL, in a form, and in JSON; the longest first, so that none leaves a rest of another. */
function formsOf(known: readonly string[]): string[] {
  const forms = known
    .filter(value => value.length >= shortest)
    .flatMap(value => [value, inUrl(value), inForm(value), JSON.stringify(value).slice(1, -1)])
  return [...new Set(forms)].sort((a, b) => b.length - a.length)
}

const inForm = (value: string) => new URLSearchParams({ v: value }).toString().slice(2)

function inUrl(value: string): string {
  try {
    return encodeURIComponent(value)
  } catch {
    // Half a surrogate has no place in a URL, so it never stands in one.
    return value
  }
}
