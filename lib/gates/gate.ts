// The gates between a program and a mailbox, in the order in which a login meets them.
// The rule it keeps: a gate is named shut only on evidence; what several gates may cause is listed, never guessed.

import type { Entry } from '../diagnosis/row.ts'
import { type Protocol, permissionFor, type Reference } from '../steps/step.ts'

export const gateIds = [
  'secret-accepted',
  'token-right',
  'principal-known',
  'object-id-right',
  'mailbox-in-exchange-online',
  'mailbox-grants-access',
  'protocol-on',
  'smtp-auth-on',
  'no-security-defaults',
  'may-send-as',
  'time-passed'
] as const
export type GateId = (typeof gateIds)[number]

const ofSmtpAlone: readonly GateId[] = ['smtp-auth-on', 'no-security-defaults', 'may-send-as']
const ofSmtp = gateIds.filter(id => id !== 'protocol-on')
const ofReading = gateIds.filter(id => !ofSmtpAlone.includes(id))

/** The gates that a protocol meets, in order: SMTP AUTH is SMTP's own switch. */
export const gatesOf = (protocol: Protocol): readonly GateId[] => (protocol === 'SMTP' ? ofSmtp : ofReading)

/** Of each gate a statement that is true when it is open, and one that is true when it is shut. */
const titlesOf = (protocol: Protocol): Readonly<Record<GateId, readonly [open: string, shut: string]>> => ({
  'secret-accepted': [
    'Microsoft Entra accepts the client ID and the secret',
    'Microsoft Entra does not accept the client ID and the secret'
  ],
  'token-right': [
    `The token names this tenant, Exchange Online and ${permissionFor[protocol]}`,
    'The token is not the right one'
  ],
  'principal-known': ['Exchange Online knows the application', 'Exchange Online does not know the application'],
  'object-id-right': [
    'Exchange Online has the Object ID of the enterprise application',
    'Exchange Online has another Object ID'
  ],
  'mailbox-in-exchange-online': [
    'The address is a mailbox in Exchange Online',
    'The address is no mailbox in Exchange Online'
  ],
  'mailbox-grants-access': ['The mailbox is open to the application', 'The mailbox is not open to the application'],
  'protocol-on': [`${protocol} is on for the mailbox`, `${protocol} is off for the mailbox`],
  'smtp-auth-on': ['SMTP AUTH is on for the mailbox', 'SMTP AUTH is off for the mailbox'],
  'no-security-defaults': ['Security defaults do not keep SMTP AUTH off', 'Security defaults keep SMTP AUTH off'],
  'may-send-as': ['Sending as this address is allowed', 'Sending as this address is not allowed'],
  'time-passed': [
    'Exchange Online has had time to notice the last change',
    'Exchange Online has not noticed the last change yet'
  ]
})
const titles = { IMAP: titlesOf('IMAP'), POP: titlesOf('POP'), SMTP: titlesOf('SMTP') }

export const titleOf = (id: GateId, protocol: Protocol) => titles[protocol][id][0]
export const shutTitleOf = (id: GateId, protocol: Protocol) => titles[protocol][id][1]

export type Gate = {
  id: GateId
  /** A statement that is true when the gate is open: "Exchange knows the application". */
  title: string
  state: 'passed' | 'shut' | 'unknown'
  /** What the state rests on, with its source and its age: "The receipt of 12 minutes ago shows it." */
  because: string
}

/** What opens a gate: a step of the wizard, a script for just that, or waiting. */
export type Fix = {
  says: readonly string[]
  script?: 'register' | 'repair' | 'mailboxes' | 'switches' | 'send-as'
  stepId?: string
}

export type Shut = {
  gate: GateId
  /** What is the matter: "The mailbox is not open to the application". */
  title: string
  entry: Entry | undefined
  fix: Fix
  reference: Reference | undefined
}
export type Candidate = {
  gate: GateId
  entry: Entry
  /** What tells it from the others. */
  apart: string
}

/** The gates of one mailbox and protocol. */
export type Diagnosis = {
  outcome: 'proved' | 'login-only' | 'refused' | 'unreachable' | 'not-tried'
  /** Those that this protocol meets, in order. */
  gates: readonly Gate[]
  /** In order; more than one only where evidence shuts more than one. */
  shut: readonly Shut[]
  /** Likeliest first; empty where evidence names the gate, or nothing was refused. Where only waiting is left, it still holds
   *  what no receipt can rule out (SMTP: `rbac-with-claim`, `smtp-wants-upn`). */
  candidates: readonly Candidate[]
  /** What would decide between the candidates, or show whether a gate has opened since. */
  next: 'nothing' | 'diagnosis-script' | 'test-message' | 'wait' | 'test-again'
  /** Something was changed after the refusal, so that it says nothing of now: `next` is `test-again`, or `test-message`. */
  changedSince?: true
  /** Why no answer came that counts, in a sentence. */
  unreachable?: string
  /** The server's own text, for support. */
  said: string | undefined
  /** Codes, server and time of that text, as Microsoft's support asks for them. */
  reference?: Reference
  /** Rows that the text names and that are no gate: a limit, a temporary fault. */
  explained?: readonly Entry[]
  /** What to say and do where every known gate is open, time has passed, and the server still refuses. */
  unexplained?: readonly string[]
}

export type Outcome = Diagnosis['outcome']
