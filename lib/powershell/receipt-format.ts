// The words of a receipt: what a script prints last, line by line. The rule: writer and reader share these names, and every
// value that a line may hold stands here.

export const receiptVersion = 1
export const beginMarker = '----- BEGIN MAIL OAUTH RECEIPT -----'
export const endMarker = '----- END MAIL OAUTH RECEIPT -----'
/** Above this many mailboxes the details go to a file. */
export const inlineMailboxes = 200

export const scriptKinds = [
  'register',
  'mailboxes',
  'whole',
  'repair',
  'undo',
  'switches',
  'send-as',
  'diagnosis'
] as const
export type ScriptKind = (typeof scriptKinds)[number]

/** In the order in which they are printed, one `name: value` a line. `object-id` and `sid` come once for each entry that
 *  Exchange has; the last three often, or not at all; all others once. */
export const receiptFields = [
  'version',
  'script',
  'setup',
  'when',
  'tenant',
  'organization',
  'app-id',
  'principal',
  'object-id',
  'sid',
  'protocols',
  'smtp-auth',
  'mailboxes',
  'granted',
  'failed',
  'writes',
  'sha256',
  'details',
  'mailbox',
  'failure'
] as const
export type ReceiptField = (typeof receiptFields)[number]

/** Everywhere: `-` was not looked at, `?` could not be seen. */
type Unsaid = '-' | '?'

/** `mailbox`: in Exchange Online; `elsewhere`: a mail user or contact; `none`: Exchange knows no such address. */
export type RecipientKind = 'mailbox' | 'elsewhere' | 'group' | 'none' | Unsaid
/** `added` and `kept` grants were seen in Exchange; `unseen` was accepted but did not show; `removed` and `absent` are an
 *  undo's; `yes`, `no` and `denied` (an entry with Deny) a diagnosis's. */
export type Grant = 'added' | 'kept' | 'unseen' | 'failed' | 'removed' | 'absent' | 'yes' | 'no' | 'denied' | Unsaid
/** `on` and `off` as found, `set` by the script; `follows`: no value of its own, so the organisation's holds (SMTP AUTH). */
export type Switch = 'on' | 'off' | 'set' | 'follows' | Unsaid
export type SendAs = 'added' | 'kept' | 'unseen' | 'failed' | 'removed' | 'absent' | 'yes' | 'no' | Unsaid

export type MailboxReceipt = {
  address: string
  is: RecipientKind
  grant: Grant
  imap: Switch
  pop: Switch
  smtp: Switch
  sendAs: SendAs
}

/** Exchange's entry for the application, as far as it was printed. */
export type ReceiptPrincipal = { objectId: string; sid?: string }

export type Receipt = {
  script: ScriptKind
  setupId: string
  /** ISO 8601, by the clock of the machine that ran the script. */
  when: string
  tenantId: string
  organization: string
  appId: string
  /** What became of Exchange's entry, or how it was found. */
  principal: 'created' | 'present' | 'removed' | 'absent' | 'several'
  /** The entries that this is about; empty when there was none. */
  principals: readonly ReceiptPrincipal[]
  protocols: readonly string[]
  /** The organisation's SMTP AUTH. */
  smtpAuth: 'on' | 'off' | Unsaid
  mailboxes: number
  /** How many mailboxes were seen to be open to the application. */
  granted: number
  failed: number
  /** How often the script wrote, or tried to. */
  writes: number
  /** Of the granted addresses: see `grantedHash`. */
  sha256: string
  /** Name of the file with the details, when they are not here. */
  details?: string
  each: readonly MailboxReceipt[]
  failures: readonly string[]
}

/** The line of one mailbox, as a PowerShell format: is, grant, imap, pop, smtp, send-as, address. */
export const mailboxFormat = 'mailbox: is={0} grant={1} imap={2} pop={3} smtp={4} send-as={5} {6}'

/** The same line, without its name, read back; a console may have taken the spaces where it wrapped. One @, as in every address
 *  that a script is made with; where any could be the one, a long line would be tried at each. */
export const mailboxLine =
  /^is=(mailbox|elsewhere|group|none|-|\?)\s*grant=(added|kept|unseen|failed|removed|absent|yes|no|denied|-|\?)\s*imap=(on|off|set|-|\?)\s*pop=(on|off|set|-|\?)\s*smtp=(on|off|set|follows|-|\?)\s*send-as=(added|kept|unseen|failed|removed|absent|yes|no|-|\?)\s*([^\s@]+@[^\s@]+)$/u
