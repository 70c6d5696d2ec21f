// Whether a request that changes something comes from our own pages.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

const sent = (headers: Record<string, string>) => ({ get: (name: string) => headers[name] ?? null })
let isOwnRequest: (sent: { get(name: string): string | null }) => boolean
let isLinkedFromElsewhere: typeof isOwnRequest

beforeAll(async () => {
  vi.stubEnv('DATABASE_URL', 'postgresql://localhost/x')
  vi.stubEnv('APP_KEY', 'k'.repeat(32))
  vi.stubEnv('BASE_URL', 'http://localhost:3000')
  vi.resetModules()
  ;({ isOwnRequest, isLinkedFromElsewhere } = await import('./own-request.ts'))
})
afterAll(() => vi.unstubAllEnvs())

const own = 'http://localhost:3000'

describe('a request that changes something', () => {
  test.each([
    ['with both headers', { 'sec-fetch-site': 'same-origin', origin: own }],
    ['from a browser that knows no Sec-Fetch-Site', { origin: own }],
    ['from a page that tells no origin to anybody', { 'sec-fetch-site': 'same-origin', origin: 'null' }],
    ['without an origin', { 'sec-fetch-site': 'same-origin' }]
  ])('is ours %s', (_name, headers) => {
    expect(isOwnRequest(sent(headers))).toBe(true)
  })

  test.each([
    ['from another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    [
      'from another port of localhost, which browsers call the same site',
      { 'sec-fetch-site': 'same-site', origin: 'http://localhost:4000' }
    ],
    ['from another port, in a browser without Sec-Fetch-Site', { origin: 'http://localhost:4000' }],
    ['over https where we are on http', { origin: 'https://localhost:3000' }],
    ['from the same port of another name for this machine', { origin: 'http://127.0.0.1:3000' }],
    ['that somebody typed or bookmarked', { 'sec-fetch-site': 'none' }],
    ['with an origin of ours and a site that is not', { 'sec-fetch-site': 'cross-site', origin: own }],
    [
      'with a site of ours and an origin that is not',
      { 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' }
    ],
    ['from a sandboxed frame', { origin: 'null' }],
    ['from an origin that only begins like ours', { origin: `${own}.evil.example` }],
    ['with an empty origin', { origin: '' }],
    ['with neither header', {}]
  ])('is refused %s', (_name, headers) => {
    expect(isOwnRequest(sent(headers))).toBe(false)
  })
})

test('a link leads here from elsewhere when its browser says so, and only then', () => {
  const said = ['cross-site', 'same-site', 'same-origin', 'none'].map(site =>
    isLinkedFromElsewhere(sent({ 'sec-fetch-site': site }))
  )
  expect(said).toEqual([true, true, false, false])
  expect(isLinkedFromElsewhere(sent({}))).toBe(false)
})
