// What handlers ask by themselves, although the proxy before them asks too: whose request it is.
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'

const visitor = vi.hoisted(() => ({ findSignedIn: vi.fn() }))
vi.mock('../lib/wizard/door.ts', () => ({ findSignedIn: visitor.findSignedIn, Elsewhere: Error }))

const own = 'http://localhost:3000'
let handled: typeof import('./handled.ts').handled
let download: typeof import('./download.ts').download

beforeAll(async () => {
  vi.stubEnv('DATABASE_URL', 'postgresql://localhost/x')
  vi.stubEnv('APP_KEY', 'k'.repeat(32))
  vi.stubEnv('BASE_URL', own)
  vi.resetModules()
  ;({ handled } = await import('./handled.ts'))
  ;({ download } = await import('./download.ts'))
})
afterAll(() => vi.unstubAllEnvs())
beforeEach(() => {
  visitor.findSignedIn.mockReset().mockResolvedValue({ person: { id: 'ada' } })
})

const form = (headers: Record<string, string>) =>
  new Request(`${own}/sign-out`, { method: 'POST', body: 'x=1', headers: { ...headers, 'content-length': '3' } })

describe('a form that a handler takes', () => {
  const act = vi.fn(async () => new Response('done'))
  beforeEach(() => act.mockClear())

  test('is ours', async () => {
    const headers = { origin: own, 'content-type': 'application/x-www-form-urlencoded' }
    expect(await (await handled(form(headers), act)).text()).toBe('done')
    expect(act).toHaveBeenCalledOnce()
  })

  test.each([
    ['of another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['of another port', { origin: 'http://localhost:4000', 'sec-fetch-site': 'same-site' }],
    ['that says nothing', {}]
  ])('is refused when it is one %s, before anybody is looked up', async (_name, headers) => {
    const answer = await handled(form(headers), act)
    expect(answer.status).toBe(403)
    expect(act).not.toHaveBeenCalled()
    expect(visitor.findSignedIn).not.toHaveBeenCalled()
  })
})

describe('a download', () => {
  const work = vi.fn(async () => new Response('the file'))
  const ask = (site: string | undefined) =>
    download(new Request(`${own}/x.csv`, { headers: site ? { 'sec-fetch-site': site } : {} }), work)
  beforeEach(() => work.mockClear())

  test.each(['cross-site', 'same-site'])(
    'is refused to a link that is %s, before anything is looked up',
    async site => {
      expect((await ask(site)).status).toBe(403)
      expect(work).not.toHaveBeenCalled()
    }
  )

  test.each(['same-origin', 'none', undefined])(
    'is there for who comes from our pages, by hand, or as a program: %s',
    async site => {
      expect(await (await ask(site)).text()).toBe('the file')
    }
  )
})
