// The receipt: what a script prints last, and how the wizard reads it back. The rule: a receipt that is cut, mixed up or of
// another version is refused, never guessed at.

import { cut } from '../cut.ts'
import { grantedAddresses, whyImpossible } from './receipt-check.ts'
import {
  beginMarker,
  endMarker,
  type MailboxReceipt,
  mailboxLine,
  type Receipt,
  type ReceiptField,
  type ReceiptPrincipal,
  receiptFields,
  receiptVersion,
  type ScriptKind
} from './receipt-format.ts'
import { inReceiptOrder } from './script-input.ts'

export type {
  MailboxReceipt,
  Receipt,
  ScriptKind,
  Switch
} from './receipt-format.ts'
export {
  beginMarker,
  endMarker,
  inlineMailboxes,
  mailboxFormat,
  receiptFields,
  receiptVersion
} from './receipt-format.ts'
export { grantedAddresses }

export type ReadReceipt = { ok: true; receipt: Receipt } | { ok: false; says: string }

const often: readonly ReceiptField[] = ['object-id', 'sid', 'details', 'mailbox', 'failure']
const once = receiptFields.filter(name => !often.includes(name))
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
  const missing = once.filter(name => fields.get(name)?.length !== 1)
  if (missing.length > 0) return refuse(`The receipt was not copied whole: ${missing.join(', ')} missing or doubled.`)
  const principals = readPrincipals(fields.get('object-id') ?? [], fields.get('sid') ?? [])
  if (!principals) return refuse('The receipt was not copied whole: object-id or sid missing or doubled.')
  const each: MailboxReceipt[] = []
  for (const line of fields.get('mailbox') ?? []) {
    const found = mailboxLine.exec(line)
    if (!found) return refuse(`The receipt was not copied whole: this line cannot be read: ${cut(line, 80)}`)
    const [, is, grant, imap, pop, smtp, sendAs, address] = found
    each.push({ address, is, grant, imap, pop, smtp, sendAs } as MailboxReceipt)
  }
  const receipt: Receipt = {
    script: one('script') as ScriptKind,
    setupId: one('setup'),
    when: one('when').replace(' ', 'T'),
    tenantId: one('tenant'),
    organization: one('organization'),
    appId: one('app-id'),
    principal: one('principal') as Receipt['principal'],
    principals,
    protocols: one('protocols').split(',').filter(Boolean),
    smtpAuth: one('smtp-auth') as Receipt['smtpAuth'],
    mailboxes: Number(one('mailboxes')),
    granted: Number(one('granted')),
    failed: Number(one('failed')),
    writes: Number(one('writes')),
    sha256: one('sha256'),
    ...(one('details') && { details: one('details') }),
    each,
    failures: fields.get('failure') ?? []
  }
  const why = whyImpossible(receipt)
  return why ? refuse(why) : { ok: true, receipt }
}

/** As many IDs as SIDs, a SID perhaps not known; or one line of each with nothing but a hyphen. */
function readPrincipals(ids: readonly string[], sids: readonly string[]): readonly ReceiptPrincipal[] | undefined {
  if (ids.length === 0 || ids.length !== sids.length) return undefined
  if (ids.length === 1 && ids[0] === '-') return sids[0] === '-' ? [] : undefined
  return ids.map((objectId, index) => {
    const sid = sids[index] ?? '-'
    return { objectId: objectId.toLowerCase(), ...(sid !== '-' && { sid }) }
  })
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
