// The https port's front: faults, request IDs, the journal, $batch, and Graph's own error bodies.
// The rule it keeps: every request to Graph is in the journal with its times, whatever became of it.

import { randomUUID } from 'node:crypto'
import { type Fault, pathAndQuery, play } from '../faults.ts'
import { type Handler, json, type Reply, type Request } from '../http.ts'
import type { JournalEntry, Practice } from '../practice.ts'
import { readBatch } from './batch.ts'
import { claimsChallenge, GraphRefusal, idHeaders, invalidToken, type RequestIds, replyOf } from './refusal.ts'
import { answer, type GraphRequest } from './resources.ts'

function idsOf(headers: Readonly<Record<string, string>>): RequestIds {
  const requestId = randomUUID()
  return { requestId, clientRequestId: headers['client-request-id'] ?? requestId }
}

/** The refusal that a fault asks for. */
function refusalOf(practice: Practice, fault: Fault): GraphRefusal {
  if (fault.kind === 'expired-token') return invalidToken('Lifetime validation failed, the token is expired.')
  if (fault.kind === 'claims-challenge') return claimsChallenge(practice.addresses.https)
  const { status = 503, code = 'UnknownError', message = '', detail, retryAfterSeconds } = fault
  return new GraphRefusal(status, code, message, {
    ...(detail === undefined ? {} : { details: [{ code: detail, message }] }),
    ...(retryAfterSeconds === undefined ? {} : { headers: { 'retry-after': String(retryAfterSeconds) } })
  })
}

async function answered(practice: Practice, request: GraphRequest, ids: RequestIds): Promise<Reply> {
  try {
    const { status, body, headers } = await answer(practice, request)
    return json(status, body ?? {}, { ...idHeaders(ids), ...headers })
  } catch (error) {
    if (error instanceof GraphRefusal) return replyOf(error, ids)
    throw error
  }
}

function readJsonBody({ body, headers }: Request): unknown {
  if (body === '') return undefined
  const isJson = headers['content-type']?.includes('application/json') === true
  if (!isJson) throw new GraphRefusal(415, 'BadRequest', 'The Content-Type must be application/json.')
  try {
    return JSON.parse(body)
  } catch {
    throw new GraphRefusal(400, 'BadRequest', 'Unable to read JSON request payload. Please ensure it is valid JSON.')
  }
}

async function batch(practice: Practice, request: Request, body: unknown, entry: JournalEntry): Promise<Reply> {
  const parts: NonNullable<JournalEntry['parts']> = []
  entry.parts = parts
  const responses = await readBatch(body, practice.addresses.https, async part => {
    const headers = { ...part.headers, authorization: request.headers.authorization ?? '' }
    const ids = idsOf(headers)
    const fault = practice.faults.take(part.method, pathAndQuery(part.url))
    const reply =
      fault && (fault.kind === 'status' || fault.kind === 'expired-token' || fault.kind === 'claims-challenge')
        ? replyOf(refusalOf(practice, fault), ids)
        : await answered(practice, { ...part, headers }, ids)
    parts.push({ method: part.method, path: part.url.pathname + part.url.search, status: reply.status })
    return reply
  })
  return json(200, { responses }, idHeaders(idsOf(request.headers)))
}

async function graph(practice: Practice, request: Request, entry: JournalEntry): Promise<Reply> {
  const ids = idsOf(request.headers)
  try {
    const body = readJsonBody(request)
    const isBatch = request.url.pathname === '/v1.0/$batch' && request.method === 'POST'
    if (isBatch) return await batch(practice, request, body, entry)
    return await answered(practice, { ...request, body }, ids)
  } catch (error) {
    if (error instanceof GraphRefusal) return replyOf(error, ids)
    throw error
  }
}

const journalLimit = 20_000

/** Graph on `/v1.0/`; every other path goes to `otherwise` (metadata and tokens). Faults play on both. */
export function graphHandler(practice: Practice, otherwise: Handler): Handler {
  return async request => {
    const { method, url } = request
    const refuse = (fault: Fault) => replyOf(refusalOf(practice, fault), idsOf(request.headers))
    const isGraph = url.pathname.startsWith('/v1.0/')
    const fault = practice.faults.take(method, pathAndQuery(url))
    if (!isGraph) return play(fault, request, otherwise, refuse, practice.faults.hold)

    const startedAt = performance.now()
    const entry: JournalEntry = { method, path: url.pathname + url.search, status: 0, startedAt, endedAt: startedAt }
    if (fault) entry.fault = fault.kind
    practice.journal.push(entry)
    if (practice.journal.length > journalLimit) practice.journal.shift()
    const reply = await play(fault, request, asked => graph(practice, asked, entry), refuse, practice.faults.hold)
    entry.status = reply.drop || reply.cut ? 0 : reply.status
    entry.endedAt = performance.now()
    return reply
  }
}
