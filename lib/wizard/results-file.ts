// The results of the test as CSV.
import 'server-only'
import { csvOf } from '../csv.ts'
import { safeFileName } from '../powershell/script-file.ts'
import type { AtStep } from './door.ts'
import { findGates } from './gates.ts'
import { exported, rowsOf } from './proof-table.ts'

/** Only the heading where nothing can be told yet. */
export async function resultsFile(at: AtStep): Promise<{ fileName: string; bytes: Uint8Array }> {
  const { setup } = at
  const gates = await findGates(at)
  const rows = gates ? rowsOf(setup.mailboxes, setup.protocols, gates) : []
  const bytes = new TextEncoder().encode(csvOf(exported(rows)))
  return { fileName: `${safeFileName(`${setup.name} results`)}.csv`, bytes }
}
