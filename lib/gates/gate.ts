// The gates between a program and a mailbox, in the order in which a login meets them.
// The rule it keeps: a gate is named shut only on evidence; what several gates may cause is listed, never guessed.

import type { Entry } from '../diagnosis/row.ts'
import type { Reference } from '../steps/step.ts'

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

export type Gate = {
  id: GateId
  /** A statement that is true when the gate is open: "Exchange knows the application". */
  title: string
  state: 'passed' | 'shut' | 'unknown'
  /** What the state rests on, with its source: "The receipt of 10:31 shows it." */
  because: string
}

/** What opens a gate: a step of the wizard, a script for just that, or waiting. */
export type Fix = {
  says: readonly string[]
  script?: 'register' | 'repair' | 'mailboxes' | 'switches' | 'send-as'
  stepId?: string
}

export type Shut = { gate: GateId; entry: Entry | undefined; fix: Fix; reference: Reference | undefined }
export type Candidate = {
  gate: GateId
  entry: Entry /** Microsoft's text rules it in: what tells it apart. */
  apart: string
}

/** The gates of one mailbox and protocol. */
export type Diagnosis = {
  outcome: 'proved' | 'login-only' | 'refused' | 'unreachable' | 'not-tried'
  /** Those that this protocol meets, in order. */
  gates: readonly Gate[]
  /** In order; more than one only where evidence shuts more than one. */
  shut: readonly Shut[]
  /** Likeliest first; empty where evidence names the gate, or nothing was refused. */
  candidates: readonly Candidate[]
  /** What would decide between the candidates. */
  next: 'nothing' | 'diagnosis-script' | 'test-message' | 'wait' | 'test-again'
  /** The server's own text, for support. */
  said: string | undefined
}
