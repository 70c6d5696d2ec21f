// What surrounds one run of a script: who sits at the keyboard, the machine, its connections, clipboard and files.
// The rule it keeps: files and clipboard live in memory only; nothing of a session touches the real machine.

import type { Person, Store, Tenant } from '../state.ts'
import type { ExchangeState } from './state.ts'

export type Machine = {
  /** Installed version of ExchangeOnlineManagement; undefined: not installed. */
  module: string | undefined
  executionPolicy: string
}

export type Connection = {
  id: string
  tenant: Tenant
  exchange: ExchangeState
  /** Who is signed in. */
  userPrincipalName: string
  /** What -DelegatedOrganization said. */
  delegatedOrganization: string
  /** Names in lower case of the cmdlets that this connection loaded. */
  cmdlets: ReadonlySet<string>
}

export type KeptFile = { name: string; text: string }

export type Session = {
  store: Store
  /** Where the person is at home. */
  tenant: Tenant
  person: Person
  machine: Machine
  moduleLoaded: boolean
  connections: Connection[]
  clipboard: string | undefined
  /** By path in lower case. */
  files: Map<string, KeptFile>
  now(): Date
}

const mostBytes = 8_000_000

/** Keeps a file in memory. Throws when all files together are too large. */
export function keepFile(session: Session, path: string, content: string): void {
  let size = content.length
  for (const file of session.files.values()) size += file.text.length
  if (size > mostBytes) throw new Error('The practice console keeps no more than 8 MB of files.')
  session.files.set(path.toLowerCase(), { name: path, text: content })
}
