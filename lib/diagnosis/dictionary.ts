// The failure dictionary: every row, found by its id.
import type { Entry, Row } from './row.ts'
import { rowsOfConsent } from './rows-consent.ts'
import { rowsOfExchange } from './rows-exchange.ts'
import { rowsOfLater } from './rows-later.ts'
import { rowsOfPowerShell } from './rows-powershell.ts'
import { rowsOfSending } from './rows-sending.ts'
import { rowsOfToken } from './rows-token.ts'
import { rowsOfTokenUsed } from './rows-token-used.ts'

const all = [
  ...rowsOfToken,
  ...rowsOfTokenUsed,
  ...rowsOfExchange,
  ...rowsOfSending,
  ...rowsOfConsent,
  ...rowsOfPowerShell,
  ...rowsOfLater
] as const

export type RowId = (typeof all)[number]['id']

export const dictionary: readonly (Row & { id: RowId })[] = all

const byId = new Map<string, Row>(dictionary.map(row => [row.id, row]))

/** A row as plain data, without what it is known by. Throws for an id that no row has. */
export function entryOf(id: RowId): Entry {
  const row = byId.get(id)
  if (!row) throw new Error(`The failure dictionary has no row ${id}`)
  const { aadsts: _, signs: __, ...entry } = row
  return entry
}
