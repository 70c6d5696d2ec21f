// What Microsoft's support asks for: codes, IDs and times, found in a pasted text.
// The rule it keeps: only values of a known shape are taken (numbers, GUIDs, times), so nothing secret comes along.

export type FoundReference = { label: string; value: string }

const guid = '([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})'
const time = '(\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,7})?Z?)'
const between = `["']? ?[:=]? ?["']?`

/** How Microsoft Entra, Microsoft Graph and Exchange Online write them. The first group is the value.
 *  https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 *  https://learn.microsoft.com/graph/errors */
const kinds: readonly (readonly [label: string, pattern: RegExp])[] = [
  ['SMTP code', /(?<![\d.])([245]\d\d[ -]{1,2}[245]\.\d{1,3}\.\d{1,3})(?!\.?\d)/g],
  ['SMTP code', /\((?=[245])(\d{3}, ?b'[245]\.\d{1,3}\.\d{1,3})(?!\.?\d)/g],
  ['Graph code', /"code" ?: ?"([A-Za-z_]{3,60})"/g],
  ['Client request ID', new RegExp(`\\bclient-request-id${between}${guid}`, 'gi')],
  ['Request ID', new RegExp(`(?<!client-)\\brequest[-_ ]?id${between}${guid}`, 'gi')],
  ['Trace ID', new RegExp(`\\btrace[-_ ]?id${between}${guid}`, 'gi')],
  ['Correlation ID', new RegExp(`\\bcorrelation[-_ ]?id${between}${guid}`, 'gi')],
  ['Time', new RegExp(`\\b(?:timestamp|date)${between}${time}`, 'gi')],
  // The end of Exchange's SMTP answers: [LO4P265CA0001.GBRP265.PROD.OUTLOOK.COM 2026-08-03T10:11:12.345Z 08DCA18218166FB4]
  [
    'Exchange server',
    /\[([A-Z0-9]{6,24}(?:\.[A-Z0-9-]{1,30}){2,6}(?: \d{4}-\d\d-\d\dT[\d:.]{8,16}Z)?(?: [0-9A-F]{16})?)\]/gi
  ]
]

/** Enough for a log of many tries; the first ones are kept. */
export const referencesMax = 30

/** Every code, ID and time once, in the order of the kinds. */
export function findReferences(text: string): readonly FoundReference[] {
  const found = new Map<string, FoundReference>()
  for (const code of aadstsIn(text)) add(found, 'Microsoft Entra code', `AADSTS${code}`)
  for (const [label, pattern] of kinds)
    for (const [, value = ''] of text.matchAll(pattern)) add(found, label, plain(label, value))
  return [...found.values()].slice(0, referencesMax)
}

function add(found: Map<string, FoundReference>, label: string, value: string) {
  const key = `${label} ${value.toLowerCase()}`
  if (!found.has(key)) found.set(key, { label, value })
}

/** 535-5.7.139 and (535, b'5.7.139 are the same code. */
const plain = (label: string, value: string) =>
  label === 'SMTP code' ? `${value.slice(0, 3)} ${value.slice(3).replace(/^[^\d]+/, '')}` : value

/** The numbers of AADSTS codes, each once: as words, and as the list that comes beside them in JSON. */
export function aadstsIn(text: string): readonly number[] {
  const words = [...text.matchAll(/AADSTS ?(\d{4,9})(?!\d)/gi)]
  const lists = [...text.matchAll(/"error_codes" ?: ?\[ ?(\d{4,9})(?!\d)/g)]
  return [...new Set([...words, ...lists].map(([, digits]) => Number(digits)))]
}
