// Picking mailboxes from the directory: one page of people, and adding those that were ticked to the setup's list.
// The rule it keeps: the permission is asked for only here, and the way to the next page is Graph's own, sealed.
import 'server-only'
import { Refusal, SignInNeeded, Silence } from '../microsoft/answers.ts'
import { explainRefusal, silenceProblem } from '../microsoft/problems.ts'
import { open, seal } from '../session/seal.ts'
import { findEntered } from '../session/token-caches.ts'
import { mostMailboxes, readMailboxes } from '../steps/mailboxes.ts'
import type { FieldProblem, Problem } from '../steps/step.ts'
import { asking, type DirectoryUser, isNextPage, readSearch, type Shelf, shelfOf } from './directory-search.ts'
import type { AtStep } from './door.ts'
import { standByEvidence } from './stand-by-evidence.ts'
import { addMailboxes, dropSightings, writeDiary } from './store.ts'
import { tenantAs } from './tenant.ts'
import { whoOf } from './who.ts'
import { tooManyLooks } from './within-limit.ts'

export type Seen =
  | { kind: 'shelf'; shelf: Shelf; next: string | undefined; count: number | undefined }
  | { kind: 'allow' }
  | { kind: 'problem'; problem: Problem }

export type Wanted = { search: string; after: string | undefined }

/** What a page's query asks for. */
export const readWanted = (query: { q?: string | string[]; after?: string | string[] }): Wanted => ({
  search: readSearch([query.q ?? ''].flat()[0]),
  after: [query.after ?? []].flat()[0] || undefined
})

/** The same of what an action's bound argument says, which is the browser's to write. */
export function readBound(from: unknown): Wanted {
  const { search, after } = Object(from) as { [name in keyof Wanted]?: unknown }
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
  return readWanted({ q: text(search), after: text(after) })
}

/** One page of people. `after` is what an earlier page gave as `next`; of another session or search it counts as none. */
export async function seeDirectory(at: AtStep, { search, after }: Wanted): Promise<Seen> {
  const { tenantId } = at.row
  const entered = tenantId ? await findEntered(at.session, at.row.cloud, tenantId, 'directory') : undefined
  if (!entered) return { kind: 'allow' }
  const problem = await tooManyLooks(at)
  if (problem) return { kind: 'problem', problem }
  const { path, headers } = asking(search)
  const link = after && open(at.session.key, labelOf(at, search), Buffer.from(after, 'base64url'))
  try {
    const tenant = tenantAs(at, entered, 'directory')
    const page = await tenant.page<DirectoryUser>(link && isNextPage(link, at.cloud.graph) ? link : path, headers)
    const next = page.next && isNextPage(page.next, at.cloud.graph) ? page.next : undefined
    return {
      kind: 'shelf',
      shelf: shelfOf(page.items, at.setup.mailboxes),
      next: next && Buffer.from(seal(at.session.key, labelOf(at, search), next)).toString('base64url'),
      count: page.count
    }
  } catch (error) {
    if (error instanceof SignInNeeded) return { kind: 'allow' }
    if (error instanceof Silence) return { kind: 'problem', problem: silenceProblem }
    if (error instanceof Refusal) return { kind: 'problem', problem: explained(error) }
    throw error
  }
}

/** Graph's link is meant to be used whole, never taken apart: https://learn.microsoft.com/graph/paging */
const labelOf = (at: AtStep, search: string) => `directory ${at.row.id} ${search}`

function explained(refusal: Refusal): Problem {
  if (refusal.reference.status !== 403) return explainRefusal(refusal)
  return {
    id: 'directory-not-readable',
    title: 'Microsoft did not let the wizard list people',
    happened: 'The signed-in account may not read the directory, for example because guests see only themselves.',
    todo: [
      'Go back and paste the addresses, or read them from a CSV file.',
      'Or enter this tenant with an account that belongs to it.'
    ],
    reference: refusal.reference
  }
}

export type Added = { ok: true; added: number } | { ok: false; problems: readonly FieldProblem[] }

/** Adds addresses to the setup's list, which keeps its order. */
export async function addToList(at: AtStep, picked: readonly string[]): Promise<Added> {
  const { mailboxes, problems } = readMailboxes(picked.join('\n'))
  const no = (says: string): Added => ({ ok: false, problems: [{ field: 'mailbox', says }] })
  if (problems[0]) return no(problems[0].says)
  if (mailboxes.length === 0) return no('Tick at least one address.')
  const added = await addMailboxes(at.row.id, mailboxes, mostMailboxes)
  if (added === undefined)
    return no(`One setup takes ${mostMailboxes} mailboxes. The list has ${at.setup.mailboxes.length} already.`)
  if (added > 0) {
    await dropSightings(at.row.id, [at.step.id])
    await standByEvidence(at, 'receipt')
    await writeDiary(at.row.id, {
      stepId: at.step.id,
      who: whoOf(at),
      kind: 'answer',
      says: `Added ${added} from the directory: ${at.step.title}`
    })
  }
  return { ok: true, added }
}
