// The middleware chain of our own choosing: what is tried again, what never is, and where a token goes.
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Change } from '../steps/step.ts'
import { Refusal, SignInNeeded, Silence } from './answers.ts'
import type { CloudRow } from './clouds.ts'
import { openTenant } from './graph.ts'

type Asked = { method: string; url: string; authorization: string | null; body: unknown }
const sent: Asked[] = []
let answers: (() => Response)[] = []

vi.mock('./http.ts', () => ({
  send: async (url: string, init: RequestInit) => {
    const authorization = new Headers(init.headers).get('authorization')
    sent.push({ method: init.method ?? 'GET', url, authorization, body: init.body })
    const answer = answers.length > 1 ? answers.shift() : answers[0]
    if (!answer) throw new Error('No answer is left')
    return answer()
  }
}))

const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  () =>
    new Response(JSON.stringify(body), { status, headers: { 'request-id': 'r-1', ...headers } })
const refusal = (status: number, headers: Record<string, string> = {}) =>
  json({ error: { code: 'Some', message: 'No.' } }, status, headers)
const lost = () => {
  throw new TypeError('fetch failed')
}

const waits: number[] = []
let tokens: (string | undefined)[] = []
const cloud = { graph: 'https://graph.example:8443' } as CloudRow

function opened(token = async (claims?: string) => `token ${tokens.push(claims)}`) {
  const sleep = async (ms: number) => void waits.push(ms)
  return openTenant({ cloud, token, sleep })
}

const change: Change = { says: 'Do', method: 'PATCH', path: '/applications/1', body: { tags: [] } }

beforeEach(() => {
  sent.length = 0
  waits.length = 0
  tokens = []
})

describe('a read', () => {
  test.each([
    ['500', refusal(500)],
    ['502', refusal(502)],
    ['503', refusal(503)],
    ['504', refusal(504)],
    ['429 without Retry-After', refusal(429)],
    ['no answer', lost]
  ])('is tried again on %s', async (_name, first) => {
    answers = [first, first, json({ id: '1' })]
    expect(await opened().read('/applications/1')).toEqual({ id: '1' })
    expect(sent).toHaveLength(3)
    expect(waits).toEqual([500, 1000])
  })

  test('waits as long as Microsoft asks', async () => {
    answers = [refusal(429, { 'retry-after': '3' }), refusal(503, { 'retry-after': '2' }), json({})]
    await opened().read('/me')
    expect(waits).toEqual([3000, 2000])
  })

  test('is given up after four tries', async () => {
    answers = [lost]
    await expect(opened().read('/me')).rejects.toBeInstanceOf(Silence)
    expect(sent).toHaveLength(4)
    sent.length = 0
    answers = [refusal(503)]
    await expect(opened().read('/me')).rejects.toMatchObject({ reference: { status: 503 } })
    expect(sent).toHaveLength(4)
  })

  test.each([
    ['a long wait', ['6'], []],
    ['short waits that add up', ['3', '3'], [3000]]
  ])('leaves %s to whoever asked, with how long it is', async (_name, seconds, waited) => {
    answers = seconds.map(each => refusal(429, { 'retry-after': each }))
    const waitMs = Number(seconds.at(-1)) * 1000
    await expect(opened().read('/me')).rejects.toMatchObject({ reference: { status: 429 }, waitMs })
    expect([sent.length, waits]).toEqual([seconds.length, waited])
  })

  test.each([400, 403, 409])('is not tried again on %i', async status => {
    answers = [refusal(status)]
    await expect(opened().read('/me')).rejects.toMatchObject({ reference: { status } })
    expect(sent).toHaveLength(1)
  })

  test('of what is not there gives nothing', async () => {
    answers = [refusal(404)]
    expect(await opened().read('/applications/1')).toBeUndefined()
    expect(await opened().list('/applications/1/owners')).toEqual([])
  })

  test('of something that is not JSON is no answer', async () => {
    answers = [() => new Response('<html>', { status: 200 })]
    await expect(opened().read('/me')).rejects.toBeInstanceOf(Silence)
    answers = [() => new Response('<html>', { status: 403 })]
    await expect(opened().read('/me')).rejects.toBeInstanceOf(Silence)
  })
})

describe('a write', () => {
  test.each([
    ['500', refusal(500), Refusal],
    ['503 with Retry-After', refusal(503, { 'retry-after': '1' }), Refusal],
    ['504', refusal(504), Refusal],
    ['429 without Retry-After', refusal(429), Refusal],
    ['no answer', lost, Silence],
    ['an answer that is not JSON', () => new Response('<html>', { status: 200 }), Silence]
  ])('is sent once on %s', async (_name, answer, error) => {
    answers = [answer]
    await expect(opened().change(change)).rejects.toBeInstanceOf(error)
    expect([sent.length, waits]).toEqual([1, []])
  })

  test('is sent again on 429 with Retry-After, with the same body', async () => {
    answers = [refusal(429, { 'retry-after': '2' }), () => new Response(null, { status: 204 })]
    expect(await opened().change(change)).toMatchObject({ status: 204, body: undefined })
    expect(waits).toEqual([2000])
    expect(sent.map(({ body }) => body)).toEqual(['{"tags":[]}', '{"tags":[]}'])
  })

  test('is sent four times at most', async () => {
    answers = [refusal(429, { 'retry-after': '1' })]
    await expect(opened().change(change)).rejects.toBeInstanceOf(Refusal)
    expect(sent).toHaveLength(4)
  })

  test('goes to the version 1.0 of the cloud’s own Graph, with its headers and Microsoft’s reference back', async () => {
    answers = [json({ id: '1' }, 201)]
    const headers = { Prefer: 'create-if-missing' } as const
    expect(await opened().change({ ...change, headers })).toEqual({ status: 201, requestId: 'r-1', body: { id: '1' } })
    expect(sent).toMatchObject([{ method: 'PATCH', url: 'https://graph.example:8443/v1.0/applications/1' }])
  })
})

describe('a token', () => {
  const value = Buffer.from('{"access_token":{}}').toString('base64')
  const challenge = { 'www-authenticate': `Bearer realm="", error="insufficient_claims", claims="${value}"` }

  test('is renewed once with the claims that Microsoft asks for', async () => {
    answers = [refusal(401, challenge), json({ id: '1' })]
    expect(await opened().read('/me')).toEqual({ id: '1' })
    expect(tokens).toEqual([undefined, '{"access_token":{}}', undefined])
    expect(sent.map(({ authorization }) => authorization)).toEqual(['Bearer token 1', 'Bearer token 3'])
  })

  test('is renewed for every one of the requests that were challenged beside each other', async () => {
    answers = [refusal(401, challenge), refusal(401, challenge), refusal(401, challenge), json({ id: '1' })]
    const tenant = opened()
    const all = await Promise.all([tenant.read('/me'), tenant.read('/organization'), tenant.read('/applications')])
    expect(all).toEqual([{ id: '1' }, { id: '1' }, { id: '1' }])
    expect(tokens.filter(Boolean)).toHaveLength(1)
  })

  test('is asked for without claims again once they are met', async () => {
    answers = [refusal(401, challenge), json({})]
    const tenant = opened()
    await tenant.read('/me')
    await tenant.read('/organization')
    expect(tokens.filter(Boolean)).toHaveLength(1)
  })

  test.each([
    ['without a challenge', {}],
    ['after the challenge was met', challenge]
  ])('that Microsoft does not take any more, %s, needs a sign-in', async (_name, headers) => {
    answers = [refusal(401, headers)]
    await expect(opened().change(change)).rejects.toBeInstanceOf(SignInNeeded)
    expect(sent.length).toBeLessThanOrEqual(2)
  })

  test('that only the person can have is told with its claims before a sign-in is asked for', async () => {
    const unmet: string[] = []
    const met = async (claims: string) => void unmet.push(claims)
    const none = async (claims?: string) => {
      if (claims) throw new SignInNeeded('interaction', claims)
      return 'token'
    }
    const sleep = async () => undefined
    answers = [refusal(401, challenge)]
    await expect(openTenant({ cloud, token: none, sleep, unmet: met }).read('/me')).rejects.toBeInstanceOf(SignInNeeded)
    expect(unmet).toEqual(['{"access_token":{}}'])
    // A new token was given, and does not meet it either.
    await expect(
      openTenant({ cloud, token: async () => 'token', sleep, unmet: met }).read('/me')
    ).rejects.toBeInstanceOf(SignInNeeded)
    expect(unmet).toHaveLength(2)
  })

  test('that ended without a challenge asks nothing of the next sign-in', async () => {
    const unmet: string[] = []
    answers = [refusal(401)]
    const asked = openTenant({
      cloud,
      token: async () => 'token',
      sleep: async () => undefined,
      unmet: async claims => void unmet.push(claims)
    })
    await expect(asked.read('/me')).rejects.toBeInstanceOf(SignInNeeded)
    expect(unmet).toEqual([])
  })

  test('that cannot be had says so itself, and nothing is sent', async () => {
    const none = async () => {
      throw new SignInNeeded('nobody')
    }
    await expect(opened(none).read('/me')).rejects.toBeInstanceOf(SignInNeeded)
    expect(sent).toHaveLength(0)
  })

  test('goes to no other host, whatever a link says', async () => {
    for (const next of ['https://elsewhere.example/v1.0/users', 'http://graph.example:8443/v1.0/users']) {
      answers = [json({ value: [1], '@odata.nextLink': next })]
      await expect(opened().list('/users')).rejects.toBeInstanceOf(Silence)
    }
    expect(sent.map(({ url }) => new URL(url).origin)).toEqual([cloud.graph, cloud.graph])
  })
})

test('a collection is read to its last page, in order', async () => {
  const next = 'https://graph.example:8443/v1.0/users?$skiptoken=2'
  answers = [json({ value: [1, 2], '@odata.nextLink': next }), json({ value: [3] })]
  expect(await opened().list('/users')).toEqual([1, 2, 3])
  expect(sent[1]?.url).toBe(next)
})
