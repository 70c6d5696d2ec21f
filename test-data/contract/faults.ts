// What may happen to a write. The rule it keeps: every way in which an answer can fail to come, or come as something
// else than yes, is a row here, and the contract tries each row on each write of each step.
import type { Fault } from '../../practice-tenant/faults.ts'
import type { JournalEntry } from '../../practice-tenant/practice.ts'
import type { Crash } from './crash.ts'

export type Trouble = {
  name: string
  fault?: Omit<Fault, 'match'>
  /** The wizard's own process ends around the write. */
  crash?: Crash
  /** The answer takes longer than the wizard waits. */
  slow?: boolean
  /** At which writes the person need not even notice. */
  unnoticed?(write: Write): boolean
}

const status = (status: number, code: string, message: string, more: Partial<Fault> = {}): Omit<Fault, 'match'> => ({
  kind: 'status',
  status,
  code,
  message,
  ...more
})

export const slowMs = 260
export const patienceMs = 130

/** Every write but the one that reveals a secret: the engine looks by itself whether it happened. */
const isPlain = ({ path }: Write) => !path.endsWith('/addPassword')
/** Writes that refer to something made a moment ago, which Microsoft may still be copying. */
const refers = ({ path }: Write) => /\/servicePrincipals|\/applications\/ID$/.test(path)

export const troubles: readonly Trouble[] = [
  { name: 'request lost', fault: { kind: 'lost-request' }, unnoticed: isPlain },
  { name: 'answer lost', fault: { kind: 'lost-answer' }, unnoticed: isPlain },
  { name: 'connection reset in the middle of the answer', fault: { kind: 'reset' }, unnoticed: isPlain },
  { name: 'an answer that is not JSON', fault: { kind: 'not-json' }, unnoticed: isPlain },
  {
    name: 'an answer slower than the time limit',
    fault: { kind: 'slow', waitMs: slowMs },
    slow: true,
    unnoticed: isPlain
  },
  {
    name: '400 that means look again',
    fault: status(
      400,
      'Request_BadRequest',
      "Not a valid reference update. Resource 'x' does not exist or one of its queried reference-property objects are not present.",
      { detail: 'NoBackingApplicationObject' }
    ),
    unnoticed: refers
  },
  { name: '400 that nobody knows', fault: status(400, 'Request_BadRequest', 'Something is wrong with this.') },
  { name: '401', fault: { kind: 'expired-token' } },
  { name: 'a claims challenge', fault: { kind: 'claims-challenge' }, unnoticed: () => true },
  {
    name: '403',
    fault: status(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.')
  },
  {
    name: '404',
    fault: status(
      404,
      'Request_ResourceNotFound',
      "Resource 'x' does not exist or one of its queried reference-property objects are not present."
    ),
    unnoticed: refers
  },
  {
    name: '409',
    fault: status(409, 'Directory_ConcurrencyViolation', 'The request has conflicted with another.'),
    unnoticed: refers
  },
  {
    name: '429 with Retry-After',
    fault: status(429, 'TooManyRequests', 'Too many requests', { retryAfterSeconds: 7 }),
    unnoticed: () => true
  },
  { name: '429 without Retry-After', fault: status(429, 'TooManyRequests', 'Too many requests') },
  { name: '500', fault: status(500, 'InternalServerError', 'Oh.'), unnoticed: isPlain },
  {
    name: '500 although it was done',
    fault: status(500, 'InternalServerError', 'Oh.', { landed: true }),
    unnoticed: isPlain
  },
  { name: '503', fault: status(503, 'ServiceUnavailable', 'Try later', { retryAfterSeconds: 3 }), unnoticed: isPlain },
  { name: '504', fault: status(504, 'GatewayTimeout', 'Too late'), unnoticed: isPlain },
  {
    name: '504 although it was done',
    fault: status(504, 'GatewayTimeout', 'Too late', { landed: true }),
    unnoticed: isPlain
  },
  { name: 'the wizard is killed before the write', crash: 'before' },
  { name: 'the wizard is killed after the write', crash: 'after' }
]

export type Write = { method: string; path: string }

const guid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

export const writesIn = (journal: readonly JournalEntry[]): readonly Write[] =>
  journal
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path }) => ({ method, path: decodeURIComponent(path).replace(guid, 'ID') }))

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** The same write in another run, where the IDs are others: the nth of its kind. */
export function matching(writes: readonly Write[], index: number): Pick<Fault, 'match' | 'skip'> {
  const write = writes[index] as Write
  const same = (other: Write) => other.method === write.method && other.path === write.path
  const path = `^${escaped(write.path).replaceAll('ID', '[0-9a-f-]{36}')}$`
  return { match: { method: write.method, path }, skip: writes.slice(0, index).filter(same).length }
}
