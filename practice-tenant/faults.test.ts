// Faults on request: what the caller notices, and whether the request had its effect.

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Fault } from './faults.ts'
import { type AskGraph, type PracticeTenant, startPracticeTenant } from './testing.ts'

let tenant: PracticeTenant
let ada: AskGraph

beforeAll(async () => {
  tenant = await startPracticeTenant()
})
afterAll(() => tenant.stop())
beforeEach(async () => {
  tenant.control.reset()
  ada = await tenant.graphAs('ada@contoso.example')
})

const path = "/applications(uniqueName='u')"
const make = () => ada('PATCH', path, { displayName: 'A' }, { prefer: 'create-if-missing' })
const count = () => tenant.control.tenant().applications.length
const on = (fault: Omit<Fault, 'match'>): Fault => ({ match: { method: 'PATCH', path: "uniqueName='u'" }, ...fault })

test.each([
  ['lost-request', 0],
  ['lost-answer', 1],
  ['reset', 1]
] as const)('%s: the caller hears nothing and %d applications are there', async (kind, made) => {
  tenant.control.faults([on({ kind })])
  await expect(make()).rejects.toThrow()
  expect(count()).toBe(made)
  expect((await make()).status).toBe(made === 0 ? 201 : 204)
  expect(tenant.control.requests().map(({ fault }) => fault)).toEqual([kind, undefined])
})

test.each([429, 500, 503, 504])(
  '%d is refused without an effect, with Retry-After where it was asked for',
  async status => {
    tenant.control.faults([on({ kind: 'status', status, code: 'TooManyRequests', retryAfterSeconds: 3 })])
    const refused = await make()
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([status, '3'])
    expect(refused.body.error).toMatchObject({ code: 'TooManyRequests' })
    expect(count()).toBe(0)
  }
)

test("a gateway's 504 can come after the effect", async () => {
  tenant.control.faults([on({ kind: 'status', status: 504, landed: true })])
  expect((await make()).status).toBe(504)
  expect(count()).toBe(1)
})

test('an answer that is no JSON is a page with status 200', async () => {
  tenant.control.faults([on({ kind: 'not-json' })])
  await expect(make()).rejects.toThrow(/JSON/)
  expect(count()).toBe(1)
})

test('a slow answer comes after its wait, its effect before', async () => {
  tenant.control.faults([on({ kind: 'slow', waitMs: 300 })])
  const answer = make()
  await new Promise(done => setTimeout(done, 150))
  expect(count()).toBe(1)
  expect((await answer).status).toBe(201)
})

test('an expired token and a claims challenge are told apart', async () => {
  tenant.control.faults([on({ kind: 'expired-token' }), on({ kind: 'claims-challenge' })])
  const expired = await make()
  expect([expired.status, expired.headers.has('www-authenticate')]).toEqual([401, false])
  const challenged = await make()
  expect(challenged.headers.get('www-authenticate')).toContain('insufficient_claims')
  expect(count()).toBe(0)
})

test('a rule plays as often as it says, after as many as it skips, and on nothing else', async () => {
  tenant.control.faults([on({ kind: 'status', status: 503, times: 2, skip: 1 })])
  expect((await ada('GET', path)).status).toBe(404)
  const statuses = []
  for (let index = 0; index < 4; index += 1) statuses.push((await make()).status)
  expect(statuses).toEqual([201, 503, 503, 204])
  expect(tenant.control.pendingFaults()).toEqual([])
})

test('a fault plays inside a batch too', async () => {
  tenant.control.faults([on({ kind: 'status', status: 429 })])
  const headers = { 'content-type': 'application/json', prefer: 'create-if-missing' }
  const part = { id: '1', method: 'PATCH', url: path, headers, body: { displayName: 'A' } }
  const { body } = await ada('POST', '/$batch', { requests: [part] })
  expect(body.responses).toMatchObject([{ id: '1', status: 429 }])
  expect(count()).toBe(0)
})

test('sign-in endpoints can be made to fail as well', async () => {
  tenant.control.faults([{ match: { path: '/oauth2/v2.0/token' }, kind: 'status', status: 503 }])
  const response = await tenant.fetch(`${tenant.https}/contoso.example/oauth2/v2.0/token`, { method: 'POST' })
  expect(response.status).toBe(503)
})

test.each([
  ['request', 'go', 0, 1],
  ['request', 'drop', 0, 0],
  ['answer', 'go', 1, 1],
  ['answer', 'drop', 1, 1]
] as const)('the %s is held until it is told to %s: %d applications, then %d', async (holds, how, before, after) => {
  tenant.control.faults([on({ kind: 'hold', holds })])
  const made = make().then(
    ({ status }) => status,
    () => 'dropped'
  )
  await expect.poll(() => tenant.control.held()).toBe(1)
  expect(count()).toBe(before)
  tenant.control.release(how)
  expect(await made).toBe(how === 'go' ? 201 : 'dropped')
  expect([count(), tenant.control.held()]).toEqual([after, 0])
})

test('new rules drop what the old ones hold', async () => {
  tenant.control.faults([on({ kind: 'hold', holds: 'request' })])
  const made = make().catch(() => 'dropped')
  await expect.poll(() => tenant.control.held()).toBe(1)
  tenant.control.faults([])
  expect(await made).toBe('dropped')
})
