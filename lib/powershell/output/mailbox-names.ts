// Which mailbox an entry is of. The rule: Exchange's own name for it becomes an address only where the text itself ties them.

import type { Found, FoundCasMailbox, FoundPermission } from './found.ts'

/** Addresses by the names that Exchange shows beside them; not by a name that two mailboxes bear. */
export function knownNames(found: Found): ReadonlyMap<string, string> {
  const known = new Map<string, string>()
  const shared = new Set<string>()
  for (const { mailbox, address } of found.casMailboxes) {
    if (!mailbox || mailbox.cut || !address) continue
    const name = mailbox.text.toLowerCase()
    if ((known.get(name) ?? address) !== address) shared.add(name)
    known.set(name, address)
  }
  for (const name of shared) known.delete(name)
  return known
}

export type Entry = Pick<FoundPermission | FoundCasMailbox, 'mailbox' | 'asked'>

/** The address of an entry's mailbox: from its name, from the command above it, else its name as it is shown. */
export function addressOf({ mailbox, asked }: Entry, known: ReadonlyMap<string, string>): string | undefined {
  if (asked?.mailbox) return known.get(asked.mailbox.toLowerCase()) ?? asked.mailbox.toLowerCase()
  if (!mailbox || mailbox.cut) return mailbox && `${mailbox.text.toLowerCase()}…`
  return known.get(mailbox.text.toLowerCase()) ?? mailbox.text.toLowerCase()
}
