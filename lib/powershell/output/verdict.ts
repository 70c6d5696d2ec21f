// What is said about a pasted output: right, wrong, not shown, or ambiguous with the question that decides. The rule: "wrong"
// names what stands there by its own name, and "right" is said of whole values only.

export type Expected = {
  appId: string
  /** Object ID of the enterprise application. */
  objectId: string
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
  /** For the one entry that Exchange has for the application, with a wrong Object ID: which ID that is. It offers the repair. */
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
