// $batch: at most 20 parts, each with its own status. The rule it keeps: a part behaves as the request alone would.
// https://learn.microsoft.com/graph/json-batching

import type { Reply } from '../http.ts'
import { GraphRefusal } from './refusal.ts'
import type { GraphRequest } from './resources.ts'

const mostParts = 20

type Part = { id?: unknown; method?: unknown; url?: unknown; headers?: unknown; body?: unknown; dependsOn?: unknown }
type Response = { id: string; status: number; headers: Readonly<Record<string, string>>; body?: unknown }

const invalid = (message: string) => new GraphRefusal(400, 'BadRequest', message)

function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null
}

function headersOf(part: Part): Record<string, string> {
  const given = isPart(part.headers) ? Object.entries(part.headers) : []
  return Object.fromEntries(given.map(([name, value]) => [name.toLowerCase(), String(value)]))
}

/** Runs the parts in the order given; a part whose `dependsOn` failed gets 424. */
export async function readBatch(
  body: unknown,
  origin: string,
  run: (part: GraphRequest) => Promise<Reply>
): Promise<Response[]> {
  const requests = isPart(body) && 'requests' in body ? body.requests : undefined
  if (!Array.isArray(requests) || requests.length === 0) throw invalid('Invalid batch payload format.')
  if (requests.length > mostParts) {
    throw invalid(`Number of batch request steps exceeds the maximum value of ${mostParts}.`)
  }
  const done = new Map<string, Response>()
  for (const part of requests as unknown[]) {
    if (
      !isPart(part) ||
      typeof part.id !== 'string' ||
      typeof part.method !== 'string' ||
      typeof part.url !== 'string'
    ) {
      throw invalid('Invalid batch payload format.')
    }
    const { id, method } = part
    if (done.has(id)) throw invalid('The id of a batch request step is not unique.')
    const needs = Array.isArray(part.dependsOn) ? part.dependsOn.map(String) : []
    if (needs.some(name => (done.get(name)?.status ?? 500) >= 400)) {
      const error = { code: 'FailedDependency', message: 'A step that this one depends on has failed.' }
      done.set(id, { id, status: 424, headers: {}, body: { error } })
      continue
    }
    const headers = headersOf(part)
    if (part.body !== undefined && headers['content-type'] === undefined) {
      throw invalid(`Write request id : ${id} does not contain Content-Type header or body.`)
    }
    const url = new URL(`${origin}/v1.0/${part.url.replace(/^\//, '')}`)
    const reply = await run({ method: method.toUpperCase(), url, headers, body: part.body })
    const content = reply.status === 204 ? {} : { body: reply.body }
    done.set(id, { id, status: reply.status, headers: reply.headers ?? {}, ...content })
  }
  return [...done.values()]
}
