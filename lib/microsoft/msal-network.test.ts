// What MSAL asks again and again is asked once: an authority's published metadata, and nothing else.
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { msalNetwork } from './msal-network.ts'

const sent = vi.hoisted(() => vi.fn())
vi.mock('./http.ts', () => ({ send: sent }))

const authority = (name: string) => `https://login.example/${name}/v2.0/.well-known/openid-configuration`
const answers = (status: number, body: object = { issuer: 'x' }) =>
  sent.mockImplementation(async () => new Response(JSON.stringify(body), { status }))

beforeEach(() => {
  vi.useFakeTimers()
  sent.mockReset()
  return () => vi.useRealTimers()
})

describe('an authority’s metadata', () => {
  test('is asked for once in ten minutes', async () => {
    answers(200)
    const first = await msalNetwork.sendGetRequestAsync(authority('one'))
    expect(await msalNetwork.sendGetRequestAsync(authority('one'))).toEqual(first)
    expect(sent).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(11 * 60_000)
    await msalNetwork.sendGetRequestAsync(authority('one'))
    expect(sent).toHaveBeenCalledTimes(2)
  })

  test('is each authority’s own, and nobody changes it for the next', async () => {
    answers(200)
    const { body } = await msalNetwork.sendGetRequestAsync<{ issuer: string }>(authority('two'))
    body.issuer = 'changed'
    const again = await msalNetwork.sendGetRequestAsync<{ issuer: string }>(authority('two'))
    expect(again.body.issuer).toBe('x')
    await msalNetwork.sendGetRequestAsync(authority('three'))
    expect(sent).toHaveBeenCalledTimes(2)
  })

  test('that was refused is asked for again', async () => {
    answers(503, { error: 'busy' })
    await msalNetwork.sendGetRequestAsync(authority('four'))
    answers(200)
    expect((await msalNetwork.sendGetRequestAsync(authority('four'))).status).toBe(200)
    expect(sent).toHaveBeenCalledTimes(2)
  })
})

test('a token is asked for each time', async () => {
  answers(200, { access_token: 'x' })
  for (let count = 0; count < 2; count++) {
    await msalNetwork.sendPostRequestAsync('https://login.example/one/oauth2/v2.0/token', { body: 'a=b' })
    await msalNetwork.sendGetRequestAsync('https://login.example/one/other')
  }
  expect(sent).toHaveBeenCalledTimes(4)
})
