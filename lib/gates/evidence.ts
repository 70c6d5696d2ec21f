// What a test of the connection has to go on: a token, the servers' own words, Exchange's PowerShell. Plain data.
// The rule it keeps: the token itself and the secret are never part of it.

import type { ExchangeEvidence } from '../powershell/evidence.ts'
import type { Problem, Protocol } from '../steps/step.ts'

/** What the token endpoint answered to the client credentials. `at` and `expiresAt` are ISO 8601. */
export type TokenEvidence =
  | {
      kind: 'given'
      at: string
      audience: string
      tenantId: string
      appId: string | undefined
      /** The Object ID of the enterprise application: what Exchange must have been given. */
      objectId: string | undefined
      roles: readonly string[]
      expiresAt: string
    }
  | { kind: 'refused'; at: string; problem: Problem }
  | { kind: 'silent'; at: string }

/** What a mail server answered. `said` is its own text, without anything that was sent to it. */
export type LoginResult =
  | { kind: 'accepted'; inbox?: Inbox; sent?: Sent }
  | { kind: 'refused'; said: string; during: 'login' | 'inbox' }
  /** No answer that counts: not reached, certificate not trusted, TLS older than 1.2, time limit. */
  | { kind: 'unreachable'; why: 'connection' | 'certificate' | 'tls' | 'time' | 'protocol'; says: string }

/** `bytes` is the sum of the sizes of all messages, where the protocol tells it. */
export type Inbox = { messages: number; bytes?: number }
/** What became of a test message to the mailbox itself. */
export type Sent = { kind: 'accepted'; at: string; said: string } | { kind: 'refused'; at: string; said: string }

export type LoginEvidence = { address: string; protocol: Protocol; at: string; result: LoginResult }

export type Evidence = {
  token: TokenEvidence | undefined
  /** The newest look at Exchange counts, fact by fact: newest first. */
  exchange: readonly ExchangeEvidence[]
  /** One for each mailbox and protocol that was tried, the newest. */
  logins: readonly LoginEvidence[]
  /** ISO 8601; when something that Exchange copies around was last changed, as far as is known. */
  changedAt: string | undefined
}

/** What the setup was meant to be. */
export type Expected = {
  tenantId: string
  appId: string
  objectId: string
  /** A person pasted it, and nobody has looked in the tenant. */
  unchecked?: boolean
  /** The application's own Object ID, the one that is commonly given to Exchange by mistake. */
  applicationObjectId: string | undefined
  /** The audience of the right tokens: the cloud's scope without `/.default`. */
  audience: string
  protocols: readonly Protocol[]
}
