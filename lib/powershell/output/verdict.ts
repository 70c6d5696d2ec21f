// What is said about a pasted output: right, wrong, not shown, or ambiguous with the question that decides. The rule: "wrong"
// names what stands there by its own name, and "right" is said of whole values only.

export type Expected = {
  appId: string
  /** Object ID of the enterprise application. */
  objectId: string
  /** Nobody has looked in the tenant whether that is the enterprise application's: Exchange's may be the right one. */
  unchecked?: boolean
  /** The application's own Object ID, the one that is commonly pasted by mistake. */
  applicationObjectId?: string
  tenantId?: string
  setupId?: string
  mailboxes?: readonly string[]
  /** The principal's SID in Exchange, where it is known from elsewhere. */
  sid?: string
}

export type Verdict = {
  about: 'principal' | 'mailbox' | 'switches' | 'receipt'
  /** The application ID, the mailbox or the setup that this is about. */
  subject: string
  kind: 'right' | 'wrong' | 'not-shown' | 'ambiguous'
  says: string
  /** What to do or to answer; absent where all is right. */
  todo?: string
  /** In the pasted text, from 1. */
  line?: number
  /** For the one entry that Exchange has for the application, with another Object ID: which ID that is. It offers the repair,
   *  where the ID that was given is unchecked after a comparison alone. */
  is?: WhichId
}

export type WhichId = 'application-object-id' | 'client-id' | 'tenant-id' | 'another'

/** Which of one's own IDs this is. */
export function whichId(id: string, expected: Expected): WhichId {
  const value = id.toLowerCase()
  if (value === expected.applicationObjectId?.toLowerCase()) return 'application-object-id'
  if (value === expected.appId.toLowerCase()) return 'client-id'
  return value === expected.tenantId?.toLowerCase() ? 'tenant-id' : 'another'
}

export const idNames: Readonly<Record<WhichId, string>> = {
  'application-object-id': 'the application’s own Object ID, the one that App registrations shows',
  'client-id': 'the application (client) ID',
  'tenant-id': 'the directory (tenant) ID',
  another: 'none of the IDs given here'
}

/** What decides between Exchange's Object ID and one that nobody has checked. A repair with the wrong one breaks every login.
 *  https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference (oid) */
export const whereTheRightIdIs =
  'Open Enterprise applications, your application, and read its Object ID; the claim oid of the application’s token is the same.'

/** What is said of an entry with another Object ID than the given one: with an unchecked one either may be wrong. */
export function otherObjectId(
  shown: string,
  which: string,
  is: WhichId,
  { objectId, unchecked }: Expected
): Required<Pick<Verdict, 'kind' | 'says' | 'is'>> & { todo: string | undefined } {
  const says = `Exchange knows the application with the Object ID ${shown}, which ${which}.`
  if (!unchecked) return { kind: 'wrong', says, is, todo: undefined }
  return {
    // One of the own IDs in a wrong place is wrong by its name; of any other nothing tells.
    kind: is === 'another' ? 'ambiguous' : 'wrong',
    says: `${says} The one that was given is ${objectId}, and nobody has checked it: one of the two is wrong.`,
    is,
    todo: `Compare first. ${whereTheRightIdIs} If it is ${shown}, Exchange is right: correct the ID that was given, and remove nothing. If it is ${objectId}, the entry has to be repaired: removed, and made again with that one.`
  }
}

/** What is said of a mailbox that is open to an entry with another Object ID than the given one. */
export const openToAnotherId = ({ unchecked }: Expected): Required<Pick<Verdict, 'kind' | 'says' | 'todo'>> =>
  unchecked
    ? {
        kind: 'ambiguous',
        says: 'The entry belongs to the application as Exchange knows it, with another Object ID than the one given here.',
        todo: 'Find out first which of the two Object IDs is right. If it is the one that Exchange has, the mailbox is open.'
      }
    : {
        kind: 'wrong',
        says: 'The entry belongs to the application as Exchange knows it, with the wrong Object ID.',
        todo: 'Repair the Object ID; the repair script opens the mailbox again.'
      }
