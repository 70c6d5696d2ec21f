// Mailboxes that were taken off the list although the application was seen to open them.
// The rule it keeps: each is told until a newer look shows that it is closed, or a person says so.

import { closeMailboxes, showGrants } from '../powershell/by-hand.ts'
import { knownOf, timeOf } from '../powershell/known.ts'
import { opensSince } from './exchange-stands.ts'
import { knownBy } from './mailbox-lacks.ts'
import { registerTheApplication } from './register-the-application.ts'
import type { Field, Panel, Setup } from './step.ts'

/** Kept beside the list, for the application that opens them; `at`: when they were last seen open (ISO 8601). */
export type TakenOff = { appId: string; open: readonly { address: string; at: string }[] }

/** Addresses that are named at once, and that can be ticked at once. */
const namesMax = 10
const choicesMax = 50

/** Those of them that are still open, as far as anybody knows. */
export function stillOpen(setup: Setup, takenOff: TakenOff | undefined): TakenOff['open'] {
  const app = setup.found(registerTheApplication)
  if (!takenOff || app?.appId !== takenOff.appId) return []
  const known = knownOf(setup.exchange, { appId: app.appId, tenantId: setup.tenantId ?? '' })
  const listed = new Set(setup.mailboxes)
  return takenOff.open.filter(({ address, at }) => {
    const { grant } = known.mailbox(address)
    const isNewer = (look: { at: number } | undefined) => look !== undefined && look.at > timeOf(at)
    if (listed.has(address)) return false
    if (isNewer(grant?.look)) return grant?.value === true
    // An undo that could not take the entry away may have left the permission too.
    const hasEntry = known.grantsVoid?.script === 'undo' && (known.principals?.value.length ?? 0) > 0
    return !isNewer(known.grantsVoid) || hasEntry
  })
}

/** What is to be kept when the list becomes `mailboxes`; `setup` is as it was before. */
export async function takenOffBy(
  setup: Setup,
  before: TakenOff | undefined,
  mailboxes: readonly string[]
): Promise<TakenOff | undefined> {
  const app = setup.found(registerTheApplication)
  if (!app) return before
  const now = [...(await opensSince(setup, app))].map(([address, at]) => ({
    address,
    at: new Date(Number.isFinite(at) ? at : 0).toISOString()
  }))
  const listed = new Set(mailboxes)
  const open = [...stillOpen(setup, before), ...now].filter(({ address }) => !listed.has(address))
  return open.length > 0 ? { appId: app.appId, open } : undefined
}

/** Where a person says which of them are closed; none where none is open. */
export function closedField(setup: Setup, takenOff: TakenOff | undefined): readonly Field[] {
  const open = stillOpen(setup, takenOff).slice(0, choicesMax)
  if (open.length === 0) return []
  return [
    {
      name: 'closed',
      label: 'Taken off the list, and still open',
      hint: 'Tick those that you closed in Exchange Online. The page then stops telling of them.',
      kind: 'some-of',
      choices: open.map(({ address }) => ({ value: address, label: address })),
      value: []
    }
  ]
}

/** What is left after a person's word. */
export const withoutClosed = (takenOff: TakenOff, closed: readonly string[]): TakenOff => ({
  ...takenOff,
  open: takenOff.open.filter(({ address }) => !closed.includes(address))
})

/** What is still open, and the commands that close it. */
export function takenOffPanels(setup: Setup, addresses: readonly string[], objectId: string): readonly Panel[] {
  const [first] = addresses
  const app = setup.found(registerTheApplication)
  if (!first || !app) return []
  const { principals } = knownOf(setup.exchange, { appId: app.appId, tenantId: setup.tenantId ?? '' })
  const named = addresses.slice(0, namesMax).join(', ')
  const more = addresses.length > namesMax ? ` and ${addresses.length - namesMax} more` : ''
  return [
    {
      kind: 'notice',
      title: 'Off the list, and still open to the application',
      says: [
        `These were seen open before they were taken off the list: ${named}${more}. Saving the list closes no mailbox.`,
        'Run the commands below in Exchange Online PowerShell. The second one shows what is left. Then tick them in the form above.',
        'The undo script closes them as well.'
      ]
    },
    {
      kind: 'snippets',
      title: 'Close the mailboxes that are off the list',
      snippets: [
        {
          id: 'close-mailboxes',
          title: 'Take the permission away',
          why: 'Full access of this application, and nobody else’s. Send As, where it was granted, stays until the undo script takes it away.',
          code: closeMailboxes(knownBy(principals?.value, objectId), addresses)
        },
        {
          id: 'show-grants',
          title: 'Look at the permissions',
          why: 'FullAccess for the application must be gone.',
          code: addresses
            .slice(0, namesMax)
            .map(address => showGrants(address))
            .join('\n')
        }
      ]
    }
  ]
}
