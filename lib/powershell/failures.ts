// What a script could not do, mailbox by mailbox, from the failures of its receipt: `address: what Exchange said`.

/** What failed, by the mailbox in small letters that it failed for; the first, where several did. */
export function failuresOf({ failures }: { failures: readonly string[] }): ReadonlyMap<string, string> {
  const first = new Map<string, string>()
  for (const failure of failures) {
    const [, address = '', text = ''] = /^([^\s:]+): ?(.*)$/u.exec(failure) ?? []
    if (!first.has(address.toLowerCase())) first.set(address.toLowerCase(), text.trim())
  }
  return first
}

/** How many of the opened mailboxes failed at a protocol, where a receipt only counts: each of the others has one failure. */
export const failedOfOpened = (receipt: { mailboxes: number; granted: number; failed: number }) =>
  Math.max(0, receipt.failed - (receipt.mailboxes - receipt.granted))
