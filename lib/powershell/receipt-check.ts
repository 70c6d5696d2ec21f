// Whether a receipt that was read is one that a script could have printed. The rule: counts, lists and kinds agree with one
// another, or the receipt is refused.

import { cut } from '../cut.ts'
import { type MailboxReceipt, type Receipt, type ScriptKind, scriptKinds } from './receipt-format.ts'

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const sid = /^S-1-\d+(?:-\d+){1,14}$/
const shapes = {
  script: new RegExp(`^(?:${scriptKinds.join('|')})$`),
  when: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/,
  tenantId: guid,
  appId: guid,
  principal: /^(?:created|present|removed|absent|several)$/,
  smtpAuth: /^(?:on|off|-|\?)$/,
  mailboxes: /^\d+$/,
  granted: /^\d+$/,
  failed: /^\d+$/,
  writes: /^\d+$/,
  sha256: /^[0-9a-f]{64}$/
} as const

type Kind = {
  principal: readonly Receipt['principal'][]
  /** What its mailbox lines may hold; undefined where it has none. */
  line?: Readonly<Record<Exclude<keyof MailboxReceipt, 'address'>, readonly string[]>>
}

const none = ['-'] as const
const gives = ['added', 'kept', 'unseen', 'failed'] as const
const takes = ['removed', 'absent', 'failed'] as const
const turns = ['on', 'set', '-', '?'] as const
const turnsSmtp = [...turns, 'follows'] as const
const grants: Kind['line'] = { is: none, grant: gives, imap: turns, pop: turns, smtp: turnsSmtp, sendAs: none }

/** At several entries every script that writes stops, and its receipt tells of them. */
const entry = ['created', 'present', 'several'] as const

/** What each script can print. */
const kinds: Readonly<Record<ScriptKind, Kind>> = {
  register: { principal: entry },
  mailboxes: { principal: ['present', 'several'], line: grants },
  whole: { principal: entry, line: grants },
  repair: { principal: entry, line: grants },
  undo: {
    principal: ['removed', 'present', 'absent', 'several'],
    line: { is: none, grant: takes, imap: none, pop: none, smtp: none, sendAs: [...takes, '-'] }
  },
  switches: {
    principal: ['present', 'absent', 'several'],
    line: { is: none, grant: none, imap: turns, pop: turns, smtp: turnsSmtp, sendAs: none }
  },
  'send-as': {
    principal: ['present', 'several'],
    line: { is: none, grant: none, imap: none, pop: none, smtp: none, sendAs: gives }
  },
  diagnosis: {
    principal: ['present', 'absent', 'several'],
    line: {
      is: ['mailbox', 'elsewhere', 'group', 'none', '?'],
      grant: ['yes', 'no', 'denied', '-', '?'],
      imap: ['on', 'off', '-', '?'],
      pop: ['on', 'off', '-', '?'],
      smtp: ['on', 'off', 'follows', '-', '?'],
      sendAs: ['yes', 'no', '-', '?']
    }
  }
}

/** Why this receipt cannot be right, in a sentence; undefined where it can. */
export function whyImpossible(receipt: Receipt): string | undefined {
  for (const [name, shape] of Object.entries(shapes)) {
    const value = String(receipt[name as keyof typeof shapes])
    if (!shape.test(value)) return `The receipt was not copied whole: ${name} reads ${cut(value, 80) || 'nothing'}.`
  }
  const wrongId = receipt.principals.find(one => !guid.test(one.objectId) || (one.sid && !sid.test(one.sid)))
  if (wrongId) {
    const shown = guid.test(wrongId.objectId) ? `sid reads ${wrongId.sid}` : `object-id reads ${wrongId.objectId}`
    return `The receipt was not copied whole: ${cut(shown, 80) || 'nothing'}.`
  }
  return whyCountsDiffer(receipt) ?? whyMixedUp(receipt)
}

function whyCountsDiffer(receipt: Receipt): string | undefined {
  const [mailboxes, failed] = receipt.details ? [0, 0] : [receipt.mailboxes, receipt.failed]
  if (receipt.each.length !== mailboxes || receipt.failures.length !== failed)
    return `The receipt was not copied whole: it counts ${mailboxes} mailboxes and ${failed} failures, and names ${receipt.each.length} and ${receipt.failures.length}.`
  const open = receipt.details ? Math.min(receipt.granted, receipt.mailboxes) : grantedAddresses(receipt).length
  if (open !== receipt.granted)
    return `The receipt does not agree with itself: it counts ${receipt.granted} granted mailboxes.`
  if (new Set(receipt.each.map(({ address }) => address)).size !== receipt.each.length)
    return 'The receipt does not agree with itself: it names a mailbox twice.'
  return undefined
}

/** A script prints only what it does; other values come from another receipt, or from somebody's hand. */
function whyMixedUp(receipt: Receipt): string | undefined {
  const { principal, line } = kinds[receipt.script]
  const entries = { absent: [0, 0], several: [2, Number.POSITIVE_INFINITY] } as Partial<
    Record<string, [number, number]>
  >
  const [least, most] = entries[receipt.principal] ?? [1, 1]
  const count = receipt.principals.length
  if (!principal.includes(receipt.principal) || count < least || count > most)
    return `The receipt does not agree with itself: the script ${receipt.script} tells of an entry that is ${receipt.principal}, with ${count} Object IDs.`
  const strange = receipt.each.find(
    one => !line || Object.entries(line).some(([name, may]) => !may.includes(one[name as keyof MailboxReceipt]))
  )
  if (strange)
    return `The receipt does not agree with itself: the script ${receipt.script} prints no such line for ${strange.address}.`
  const wrote = (value: string) => value === 'added' || value === 'set' || value === 'unseen' || value === 'removed'
  const seen =
    Number(wrote(receipt.principal) || receipt.principal === 'created') +
    receipt.each.flatMap(({ address: _, ...values }) => Object.values(values).filter(wrote)).length
  if (receipt.writes < seen || (receipt.script === 'diagnosis' && receipt.writes > 0))
    return `The receipt does not agree with itself: it counts ${receipt.writes} writes, and shows ${seen}.`
  return undefined
}

/** The addresses that the receipt names as granted and seen. */
export function grantedAddresses(receipt: Receipt): readonly string[] {
  return receipt.each.filter(({ grant }) => ['added', 'kept', 'yes'].includes(grant)).map(({ address }) => address)
}
