// An unexpected error of a handler: the browser gets words and a reference, the log gets the stack under the same one, and
// nothing of the error goes out. What is no fault stays what it is.
import { notFound, redirect } from 'next/navigation'
import { beforeEach, describe, expect, test, vi } from 'vitest'

const told = vi.hoisted(() => ({ lines: [] as { event: string; facts: Record<string, unknown> }[] }))
vi.mock('../lib/log.ts', async original => {
  const error = (event: string, facts: Record<string, unknown>) => void told.lines.push({ event, facts })
  return { ...(await original<typeof import('../lib/log.ts')>()), log: { error } }
})

import { asRequest } from '../lib/log/request.ts'
import type { Line } from '../lib/wizard/run-lines.ts'
import { answered, type Kind } from './answered.ts'
import { answerWith } from './streamed.ts'

const hush = 'hush <b>hush</b> abc8Q~K3n'
const requestId = '3f2504e0-4f89-41d3-9a0c-0305e82c3301'
const asked = (accept = 'text/html') =>
  new Request('http://localhost:3000/setups/x/diary/export.csv?q=hush', { headers: { accept } })
const inRequest = <T>(work: () => T) => asRequest({ requestId, secrets: new Set() }, work)
const fall = () => Promise.reject(new Error(hush))

beforeEach(() => {
  told.lines = []
})

function expectTold() {
  expect(told.lines).toEqual([
    {
      event: 'unexpected error',
      facts: {
        reference: requestId,
        method: 'GET',
        path: '/setups/x/diary/export.csv',
        part: 'route',
        error: new Error(hush)
      }
    }
  ])
}

describe('a handler that fails', () => {
  test.each([
    [
      'page',
      'text/html',
      'text/html; charset=utf-8',
      /^<!doctype html>[\s\S]*<h1>Something went wrong in the wizard<\/h1>/
    ],
    ['text', 'text/html', 'text/plain; charset=utf-8', /^Something went wrong in the wizard\. /],
    ['page', 'application/x-ndjson', 'application/x-ndjson; charset=utf-8', /^\{"kind":"note","says":"This is a fault/]
  ] as [Kind, string, string, RegExp][])('says so as a %s to whoever accepts %s', async (kind, accept, type, says) => {
    const answer = await inRequest(() => answered(asked(accept), kind, fall))
    const text = await answer.text()
    expect([answer.status, answer.headers.get('content-type')]).toEqual([500, type])
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(text).toMatch(says)
    expect(text).toContain(`Reference for whoever runs this wizard: ${requestId}.`)
    expect(text).not.toMatch(/hush|abc8Q|\n {4}at |\.ts/)
    expectTold()
  })

  test('in the middle of a run says so as its last line', async () => {
    async function* lines(): AsyncGenerator<Line> {
      yield { kind: 'landed', says: 'One' }
      throw new Error(hush)
    }
    await inRequest(async () => {
      const answer = await answerWith(asked('application/x-ndjson'), lines(), '/setups/x')
      const [one, two, ...rest] = (await answer.text()).trim().split('\n')
      expect(JSON.parse(one ?? '')).toEqual({ kind: 'landed', says: 'One' })
      expect(JSON.parse(two ?? '')).toMatchObject({ kind: 'note', says: expect.stringContaining(requestId) })
      expect(rest).toEqual([])
      expect(one + (two ?? '')).not.toMatch(/hush/)
    })
    expectTold()
  })
})

describe('no fault is told', () => {
  test('of an answer', async () => {
    expect(await (await answered(asked(), 'page', async () => new Response('fine'))).text()).toBe('fine')
    expect(told.lines).toEqual([])
  })

  test.each([
    ['what is not found', () => notFound()],
    ['a way elsewhere', () => redirect('/setups')]
  ])('of %s, which is Next’s to answer', async (_what, go) => {
    await expect(answered(asked(), 'page', async () => go())).rejects.toThrow(/^NEXT_/)
    expect(told.lines).toEqual([])
  })
})
