// What is known of Exchange after several looks: the newest look wins, fact by fact. The rule: what an entry was granted ends
// with the entry. Where a later look shows another Object ID, another SID, another number of entries or none (registered
// again, repaired, undone), grants and Send As seen before it count no more; what is seen with it or after it does.

import type { ExchangeEvidence, MailboxEvidence, PrincipalEvidence } from '../evidence.ts'
import { grantedHash } from '../receipt.ts'

/** A fact with the look that it came from. */
export type Known<T> = { value: T; at: string; source: ExchangeEvidence['source'] }

/** Only what is known. */
export type KnownMailbox = {
  [Fact in Exclude<keyof MailboxEvidence, 'address'>]?: Known<Exclude<MailboxEvidence[Fact], undefined>>
}

/** Exchange's entries for the application; a SID that a look left out is kept from an earlier one of the same entry. */
export function principalsIn(evidence: readonly ExchangeEvidence[]): Known<readonly PrincipalEvidence[]> | undefined {
  return lookThrough(evidence).principals
}

/** The organisation's SMTP AUTH switch: true is on. */
export function organizationIn(evidence: readonly ExchangeEvidence[]): Known<boolean> | undefined {
  const look = oldestFirst(evidence).findLast(({ smtpAuthOfOrganization }) => smtpAuthOfOrganization !== undefined)
  return look && known(look.smtpAuthOfOrganization === true, look)
}

/** One mailbox; empty where nothing is known of it. */
export function mailboxIn(evidence: readonly ExchangeEvidence[], address: string): KnownMailbox {
  const { looks, since } = lookThrough(evidence)
  const wanted = address.toLowerCase()
  const facts: Record<string, Known<unknown>> = {}
  looks.forEach((look, index) => {
    for (const { address: shown, grant, sendAs, ...own } of look.mailboxes) {
      if (shown.toLowerCase() !== wanted) continue
      const counting = index >= since ? { ...own, grant, sendAs } : own
      for (const [name, value] of Object.entries(counting)) if (value !== undefined) facts[name] = known(value, look)
    }
  })
  return facts as KnownMailbox
}

/** Whether the newest look that counts what is granted counts exactly these mailboxes, also where it names none of them. A later
 *  look that shows one of them closed outweighs it. False is no proof that one is closed; undefined: there was no such look. */
export async function grantsAgree(
  evidence: readonly ExchangeEvidence[],
  mailboxes: readonly string[]
): Promise<Known<boolean> | undefined> {
  const { looks, since } = lookThrough(evidence)
  const counting = looks.slice(since)
  const at = counting.findLastIndex(({ granted }) => granted !== undefined)
  const look = counting[at]
  if (!look?.granted) return undefined
  const wanted = new Set(mailboxes.map(mailbox => mailbox.toLowerCase()))
  const closed = counting
    .slice(at + 1)
    .findLast(later => later.mailboxes.some(({ address, grant }) => grant === false && wanted.has(address)))
  return closed ? known(false, closed) : known(look.granted.sha256 === (await grantedHash(mailboxes)), look)
}

const known = <T>(value: T, { at, source }: ExchangeEvidence): Known<T> => ({ value, at, source })

/** Of looks of the same moment the later in the list is the newer. */
const oldestFirst = (evidence: readonly ExchangeEvidence[]) =>
  [...evidence].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))

type Looks = {
  looks: readonly ExchangeEvidence[]
  /** The first look whose grants count. */
  since: number
  principals: Known<readonly PrincipalEvidence[]> | undefined
}

function lookThrough(evidence: readonly ExchangeEvidence[]): Looks {
  const looks = oldestFirst(evidence)
  let since = 0
  let principals: Looks['principals']
  looks.forEach((look, index) => {
    if (!look.principals) return
    const before = principals?.value
    if (before && !areTheSame(before, look.principals)) since = index
    const kept = since === index ? undefined : before
    const sidOf = (id: string) => kept?.find(({ objectId }) => objectId === id)?.sid
    principals = known(
      look.principals.map(({ objectId, sid = sidOf(objectId) }) => ({ objectId, ...(sid && { sid }) })),
      look
    )
  })
  return { looks, since, principals }
}

function areTheSame(before: readonly PrincipalEvidence[], after: readonly PrincipalEvidence[]): boolean {
  return (
    before.length === after.length &&
    after.every(({ objectId, sid }) =>
      before.some(one => one.objectId === objectId && (!sid || !one.sid || one.sid === sid))
    )
  )
}
