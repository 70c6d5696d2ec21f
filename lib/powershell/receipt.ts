// The receipt: what a script prints last, and how the wizard reads it back. The rule: writer and reader share these names,
// and a receipt that is cut, mixed up or of another version is refused, never guessed at.

import { inReceiptOrder } from './script-input.ts'

export const receiptVersion = 1
export const beginMarker = '----- BEGIN MAIL OAUTH RECEIPT -----'
export const endMarker = '----- END MAIL OAUTH RECEIPT -----'
/** Above this many mailboxes the details go to a file. */
export const inlineMailboxes = 200

export type ScriptKind = 'register' | 'mailboxes' | 'whole' | 'repair' | 'undo'
/** In the order in which they are printed, one `name: value` a line; the last two may come often, or not at all. */
export const receiptFields = [
  'version',
  'script',
  'setup',
  'when',
  'tenant',
  'organization',
  'app-id',
  'object-id',
  'principal',
  'protocols',
  'mailboxes',
  'granted',
  'failed',
  'sha256',
  'details',
  'mailbox',
  'failure'
] as const
export type ReceiptField = (typeof receiptFields)[number]

/** `added` and `kept` grants were seen in Exchange; `unseen` was accepted but did not show; `removed` and `absent` are an
 *  undo's. A switch is `on` as found, `set` by the script, `-` not asked for, `?` not known. */
export type MailboxReceipt = {
  address: string
  grant: 'added' | 'kept' | 'unseen' | 'failed' | 'removed' | 'absent'
  imap: Switch
  pop: Switch
  smtp: Switch
}
export type Switch = 'on' | 'set' | '-' | '?'

export type Receipt = {
  script: ScriptKind
  setupId: string
  /** ISO 8601, by the clock of the machine that ran the script. */
  when: string
  tenantId: string
  organization: string
  appId: string
  objectId: string
  principal: 'created' | 'present' | 'removed' | 'absent'
  protocols: readonly string[]
  mailboxes: number
  granted: number
  failed: number
  /** Of the granted addresses: see `grantedHash`. */
  sha256: string
  /** Name of the file with the details, when they are not here. */
  details?: string
  each: readonly MailboxReceipt[]
  failures: readonly string[]
}

export type ReadReceipt = { ok: true; receipt: Receipt } | { ok: false; says: string }

const mailboxLine =
  /^(added|kept|unseen|failed|removed|absent)\s*imap=(on|set|-|\?)\s*pop=(on|set|-|\?)\s*smtp=(on|set|-|\?)\s*(\S+@\S+)$/u
const fieldLine = new RegExp(`^(${receiptFields.join('|')}): ?(.*)$`, 'u')

/** The last receipt in a text, with whatever stands around it; lines that a console wrapped are joined again. */
export function readReceipt(text: string): ReadReceipt {
  const begin = text.lastIndexOf(beginMarker)
  if (begin < 0)
    return refuse('There is no receipt in this text. It begins with a line of dashes and BEGIN MAIL OAUTH RECEIPT.')
  const end = text.indexOf(endMarker, begin)
  if (end < 0) return refuse('The end of the receipt is missing. Copy it up to the line with END MAIL OAUTH RECEIPT.')
  const fields = readFields(text.slice(begin + beginMarker.length, end))
  const one = (name: ReceiptField) => fields.get(name)?.[0] ?? ''
  if (one('version') !== String(receiptVersion)) {
    return refuse(`This receipt has version ${one('version') || '(none)'}, and ${receiptVersion} is read here.`)
  }
  const missing = receiptFields.slice(0, 14).filter(name => fields.get(name)?.length !== 1)
  if (missing.length > 0) return refuse(`The receipt was not copied whole: ${missing.join(', ')} missing or doubled.`)
  const each: MailboxReceipt[] = []
  for (const line of fields.get('mailbox') ?? []) {
    const found = mailboxLine.exec(line)
    if (!found) return refuse(`The receipt was not copied whole: this line cannot be read: ${line.slice(0, 80)}`)
    const [, grant, imap, pop, smtp, address] = found as unknown as readonly string[]
    each.push({ address, grant, imap, pop, smtp } as MailboxReceipt)
  }
  const receipt: Receipt = {
    script: one('script') as ScriptKind,
    setupId: one('setup'),
    when: one('when').replace(' ', 'T'),
    tenantId: one('tenant'),
    organization: one('organization'),
    appId: one('app-id'),
    objectId: one('object-id'),
    principal: one('principal') as Receipt['principal'],
    protocols: one('protocols').split(',').filter(Boolean),
    mailboxes: Number(one('mailboxes')),
    granted: Number(one('granted')),
    failed: Number(one('failed')),
    sha256: one('sha256'),
    ...(one('details') && { details: one('details') }),
    each,
    failures: fields.get('failure') ?? []
  }
  return check(receipt)
}

const shapes = {
  script: /^(register|mailboxes|whole|repair|undo)$/,
  when: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/,
  tenantId: /^[0-9a-f-]{36}$/,
  appId: /^[0-9a-f-]{36}$/,
  objectId: /^[0-9a-f-]{36}$/,
  principal: /^(created|present|removed|absent)$/,
  mailboxes: /^\d+$/,
  granted: /^\d+$/,
  failed: /^\d+$/,
  sha256: /^[0-9a-f]{64}$/
} as const

function check(receipt: Receipt): ReadReceipt {
  for (const [name, shape] of Object.entries(shapes)) {
    const value = String(receipt[name as keyof typeof shapes])
    if (!shape.test(value))
      return refuse(`The receipt was not copied whole: ${name} reads ${value.slice(0, 80) || 'nothing'}.`)
  }
  const [mailboxes, failed] = receipt.details ? [0, 0] : [receipt.mailboxes, receipt.failed]
  if (receipt.each.length !== mailboxes || receipt.failures.length !== failed) {
    return refuse(
      `The receipt was not copied whole: it counts ${mailboxes} mailboxes and ${failed} failures, and names ${receipt.each.length} and ${receipt.failures.length}.`
    )
  }
  if (receipt.each.length > 0 && grantedAddresses(receipt).length !== receipt.granted) {
    return refuse(`The receipt does not agree with itself: it counts ${receipt.granted} granted mailboxes.`)
  }
  return { ok: true, receipt }
}

/** The addresses that the receipt names as granted and seen. */
export function grantedAddresses(receipt: Receipt): readonly string[] {
  return receipt.each.filter(({ grant }) => grant === 'added' || grant === 'kept').map(({ address }) => address)
}

/** SHA-256 as hexadecimal digits, of the addresses in lower case, each once, in code unit order, with commas between. */
export async function grantedHash(addresses: readonly string[]): Promise<string> {
  const bytes = new TextEncoder().encode(inReceiptOrder(addresses).join(','))
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, byte => byte.toString(16).padStart(2, '0')).join('')
}

/** Lines that begin with no field's name are the rest of a wrapped line; the console put nothing between. */
function readFields(text: string): Map<ReceiptField, string[]> {
  const fields = new Map<ReceiptField, string[]>()
  let open: string[] | undefined
  for (const raw of text.split(/\r\n|\r|\n/)) {
    const line = raw.trim()
    if (!line) continue
    const [, name, value] = fieldLine.exec(line) ?? []
    if (name) {
      open = fields.get(name as ReceiptField) ?? []
      fields.set(name as ReceiptField, open)
      open.push(value ?? '')
    } else if (open) open.push(`${open.pop()}${line}`)
  }
  return fields
}

function refuse(says: string): ReadReceipt {
  return { ok: false, says }
}
