// Saving the list of mailboxes, which two windows may have open.
// The rule it keeps: a list takes the place of the one that its page showed; a newer one is told, and not replaced unseen.
import 'server-only'
import { grantedHash } from '../powershell/receipt.ts'
import type { FieldProblem } from '../steps/step.ts'
import type { AtSetup } from './door.ts'
import { readMailboxList, saveMailboxes } from './store.ts'

/** The form's hidden field with `listAsShown`. */
export const shownField = 'shown'
export const listAsShown = grantedHash

/** So many addresses are named; a list may have thousands. */
const namedMax = 20

/** Undefined when it was saved, else what is wrong. `shown` is what the form's page had in its hidden field. */
export async function saveList(
  { row, setup }: Pick<AtSetup, 'row' | 'setup'>,
  mailboxes: readonly string[],
  shown: string | undefined
): Promise<readonly FieldProblem[] | undefined> {
  const present = setup.mailboxes
  // The same form sent twice saves what stands there already.
  const isSame = mailboxes.join('\n') === present.join('\n')
  const wasSeen = isSame || shown === (await listAsShown(present))
  if (wasSeen && (await saveMailboxes(row.id, mailboxes, present))) return undefined
  return differences(await readMailboxList(row.id), mailboxes)
}

function differences(newer: readonly string[], mine: readonly string[]): readonly FieldProblem[] {
  const says = [
    'This list was changed in another window meanwhile, and yours was not saved. To replace the newer list with yours, save again.',
    ...named('Only in the newer list', without(newer, mine)),
    ...named('Only in yours', without(mine, newer))
  ]
  return says.map(line => ({ field: 'mailboxes', says: line }))
}

function without(all: readonly string[], others: readonly string[]): readonly string[] {
  const known = new Set(others)
  return all.filter(address => !known.has(address))
}

function named(label: string, addresses: readonly string[]): readonly string[] {
  if (addresses.length === 0) return []
  const more = addresses.length - namedMax
  return [`${label}: ${addresses.slice(0, namedMax).join(', ')}${more > 0 ? ` and ${more} more` : ''}.`]
}
