// The vocabulary of the wizard: what a setup, a step, a standing and a change are.
// The rule it keeps: a step only looks. Everything it wants done is plain data that the engine sends.

import type { ExchangeEvidence } from '../powershell/evidence.ts'
import type { Program, Sample, Snippet } from '../samples/sample.ts'

export type Protocol = 'IMAP' | 'POP' | 'SMTP'
export const protocols: readonly Protocol[] = ['IMAP', 'POP', 'SMTP']

/** The application permission on Office 365 Exchange Online that lets an application use a protocol.
 *  https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth */
export const permissionFor = {
  IMAP: 'IMAP.AccessAsApp',
  POP: 'POP.AccessAsApp',
  SMTP: 'SMTP.SendAsApp'
} as const satisfies Record<Protocol, string>

export type MailHost = { host: string; port: number; security: 'TLS' | 'STARTTLS' }

/** What a step may know of a Microsoft cloud. Hosts without a Microsoft source carry `unconfirmed`. */
export type Cloud = {
  name: string
  title: string
  signIn: string
  graph: string
  portal: string
  outlookScope: string
  imap: MailHost
  pop: MailHost
  smtp: MailHost
  /** For Connect-ExchangeOnline; undefined where the default environment is right. */
  exchangeEnvironmentName?: string
  /** Names of the members above that no Microsoft source confirms. */
  unconfirmed: readonly string[]
}

/** The values that no Microsoft source confirms, each once: hosts, and the scope. */
export function unconfirmedValues(cloud: Cloud): readonly string[] {
  const { imap, pop, smtp, outlookScope } = cloud
  const values = { imap: imap.host, pop: pop.host, smtp: smtp.host, outlookScope }
  const marked = Object.entries(values).filter(([name]) => cloud.unconfirmed.includes(name))
  return [...new Set(marked.map(([, value]) => value))]
}

/** Where a protocol is spoken in a cloud. */
export const mailHostOf = ({ imap, pop, smtp }: Cloud, protocol: Protocol): MailHost =>
  ({ IMAP: imap, POP: pop, SMTP: smtp })[protocol]

/** How a found value came to be known, in falling order of trust. */
export type Source = 'graph' | 'token' | 'receipt' | 'login' | 'person'

/** A client secret that this setup made or was told of; never its value. */
export type KnownSecret = {
  attemptId: string
  name: string
  keyId: string | undefined
  stored: boolean
  createdAt: Date
}

/** How the newest logins ended, of the mailboxes in the setup's list; one for each mailbox and protocol. */
export type ProofCount = {
  accepted: number
  refused: number
  unreachable: number
  /** Mailboxes from which the newest test message was accepted, and from which it was refused. */
  sent: number
  sendRefused: number
  /** Mailboxes that IMAP or POP opened, and when they last did (ISO 8601): Exchange knew the application, and they let it in. */
  opened: readonly { address: string; at: string }[]
  /** Why Microsoft gave no token at the newest test; undefined where it gave one. */
  noToken?: Problem
}

export type Setup = {
  id: string
  name: string
  protocols: readonly Protocol[]
  cloud: Cloud
  /** The tenant that this setup changes; undefined until it was found. */
  tenantId: string | undefined
  /** How the application is found again: by its alternate key, or by its tag where the cloud refuses upserts. */
  findsBy: 'uniqueName' | 'tag'
  /** The application (client) ID of the wizard itself in this cloud: it is never adopted. */
  wizardClientId: string | undefined
  /** Who is signed in to the tenant; `guest` when the account's home is another tenant. */
  admin: { username: string; guest: boolean } | undefined
  mailboxes: readonly string[]
  /** What Exchange was seen to hold for the setup's application, newest first. */
  exchange: readonly ExchangeEvidence[]
  proof: ProofCount
  secrets: readonly KnownSecret[]
  /** Chosen outside the step, so that a step stays free of clock and randomness. */
  now: Date
  nextAttemptId: string
  /** What was answered to a step's form, or undefined. */
  answered<A, F>(step: Step<A, F>): A | undefined
  /** What a step last found and who said so; undefined when it is not done. */
  found<A, F>(step: Step<A, F>): F | undefined
  /** What a step found when it was last done, although it may not be done any more: to look for what was deleted. */
  lastFound<A, F>(step: Step<A, F>): F | undefined
}

export type Fact = {
  label: string
  value: string
  /** Said beside the value: why it matters, or why it is the wrong one. */
  note?: string
  /** Shown struck out with "not this one": the application's own Object ID. */
  notThisOne?: boolean
  copy?: boolean
}

export type GraphPath = `/${string}`

export type Change = {
  /** "Create the application Invoices": an imperative sentence without a full stop. */
  says: string
  method: 'POST' | 'PATCH' | 'DELETE'
  path: GraphPath
  body?: unknown
  headers?: { Prefer: 'create-if-missing' }
  /** A refusal that is only news: already there, or its parent is not copied yet. Matched on `details[].code`, `code`, then the message. */
  lookAgainOn?: RegExp
  /** A refusal that says this cloud has no upsert: the engine notes it and looks again, by tag. */
  noUpsertOn?: RegExp
  /** Pressed once, shown once, never looped: the member of the answer that is a secret. */
  revealsOnce?: 'secretText'
}

export type Reference = { status?: number; code?: string; requestId?: string; message?: string }

/** What stands in the way, in words: what happened, what to do, Microsoft's reference. */
export type Problem = {
  id: string
  title: string
  happened: string
  todo: readonly string[]
  /** The signed-in person may lack a role that can be activated: offer a new token and another try. */
  mayActivateRole?: boolean
  /** Something that was there is not: perhaps only to the copy that answered. A run that just wrote waits for it. */
  mayBeCopying?: boolean
  /** The wizard itself could not look, from where it stands: that says nothing of the tenant, and a person's word outlives it. */
  couldNotLook?: boolean
  reference?: Reference
}

export type Counts = { readonly [name: string]: number }

export type Standing<Found = unknown> =
  | { kind: 'done'; found: Found; facts: readonly Fact[]; warnings?: readonly string[] }
  | { kind: 'todo'; changes: readonly [Change, ...Change[]]; then: readonly string[]; warnings?: readonly string[] }
  | { kind: 'blocked'; problem: Problem }
  | { kind: 'unseen'; question: string; counts?: Counts }

/** Reads the tenant that a setup names. It has no verb that writes. */
export type TenantReader = {
  /** One object; undefined when Graph says 404. Throws Refusal or Silence. */
  read<T>(path: GraphPath): Promise<T | undefined>
  /** All pages of a collection, in order. A 404 of the collection's owner reads as empty. */
  list<T>(path: GraphPath): Promise<readonly T[]>
}

export type Choice = { value: string; label: string; hint?: string }

export type Field = {
  name: string
  label: string
  hint?: string
  kind: 'text' | 'lines' | 'one-of' | 'some-of' | 'file'
  choices?: readonly Choice[]
  /** What stands in the field before anybody answered: Continue is enough. */
  value: readonly string[]
  autoComplete?: string
  /** What was typed comes back only where it is what is asked for: else it may be a secret pasted by mistake. */
  neverEcho?: boolean
}

/** What a browser sent: every field may come more than once. */
export type Input = { readonly [name: string]: readonly string[] }
export type FieldProblem = { field: string; says: string }
export type Parsed<A> =
  | { ok: true; value: A; notes?: readonly string[] }
  | { ok: false; problems: readonly FieldProblem[] }

/** A short form. `fields` shows the present answer or a sensible one; `parse` never throws. */
export type Form<A> = {
  fields(setup: Setup): readonly Field[]
  parse(input: Input, setup: Setup): Parsed<A>
  submit?: string
  /** Folded under this line where the suggested answer suits nearly everybody. */
  folded?: string
}

/** One click in a Microsoft portal. */
export type Click = { says: string; href?: string; type?: readonly Fact[] }

/** The same step by hand: the portal's clicks, and the fields for what the portal showed. */
export type Manual<Found = unknown> = {
  /** Which portal the clicks are in. */
  where: string
  clicks: readonly Click[]
  /** What to paste back; undefined where the person's word is enough. */
  asks?: Form<Found>
  /** The sentence a person confirms when there is nothing to paste, and what their word stands for. */
  confirms?: { says: string; found: Found }
}

/** Something a step's page shows beside its standing; plain data, like everything a step gives. */
export type Panel =
  | { kind: 'ids'; application: string | undefined; enterprise: string; why: string; unchecked: boolean }
  | { kind: 'facts'; title: string; facts: readonly Fact[] }
  | { kind: 'notice'; title: string; says: readonly string[] }
  | { kind: 'samples'; title: string; why: string; first: readonly Snippet[]; samples: readonly Sample[] }
  | { kind: 'programs'; title: string; why: string; programs: readonly Program[] }
  | { kind: 'snippets'; title: string; snippets: readonly { id: string; title: string; why: string; code: string }[] }
  | {
      kind: 'script'
      id: string
      title: string
      why: string
      fileName: string
      code: string
      bytes: Uint8Array
      folded?: boolean
    }

// biome-ignore lint/suspicious/noExplicitAny: a registry holds steps of every kind; each file types its own.
export type Step<Answers = any, Found = any> = {
  /** File name = URL = database key = docs anchor. */
  id: string
  /** The page's h1; starts with a verb. */
  title: string
  /** One or two sentences. */
  why: string
  needs: readonly Step[]
  /** Least delegated Microsoft Graph permissions. */
  permissions: readonly string[]
  /** Asked in addition only after Microsoft refused with the least ones. */
  permissionsIfRefused?: readonly string[]
  asks?: Form<Answers>
  check(tenant: TenantReader, setup: Setup): Promise<Standing<Found>>
  manual(setup: Setup): Manual<Found>
  /** The facts shown when the find came from a person and not from Graph. */
  facts?(found: Found, setup: Setup): readonly Fact[]
  panels?(setup: Setup): readonly Panel[]
}
