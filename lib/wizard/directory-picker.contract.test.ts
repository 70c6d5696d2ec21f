// The picker against the practice tenant: pages by Graph's own links, sealed; the permission; and adding to the list.
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { network } from '../../test-data/contract/http.ts'
import { type Ground, openGround, startClock } from '../../test-data/contract/tenant.ts'
import { whyNotGraph } from '../../test-data/graph-schema.ts'
import { limits } from '../guards/limits.ts'
import { SignInNeeded } from '../microsoft/answers.ts'
import type { LeafingTenant } from '../microsoft/graph.ts'
import { keyOfCookie } from '../session/seal.ts'
import { mostMailboxes } from '../steps/mailboxes.ts'
import { openTheMailboxes } from '../steps/open-the-mailboxes.ts'
import { addToList, readWanted, type Seen, seeDirectory } from './directory-picker.ts'
import { pickerPermission } from './directory-search.ts'
import type { AtStep } from './door.ts'
import { refreshSighting } from './refresh.ts'

const world: {
  tenant: LeafingTenant | undefined
  entered: boolean
  list: readonly string[]
  saved: readonly string[]
  dropped: string[]
  /** After what the steps of Exchange were made to stand anew. */
  stood: string[]
  /** From where the requests come. */
  address: string
} = {
  tenant: undefined,
  entered: true,
  list: [],
  saved: [],
  dropped: [],
  stood: [],
  address: '192.0.2.1'
}

vi.mock('../microsoft/http.ts', () => import('../../test-data/contract/http.ts'))
vi.mock('../session/token-caches.ts', () => ({
  findEntered: async (_session: unknown, _cloud: string, _tenantId: string, use: string) =>
    world.entered && use === 'directory' ? { username: 'ada@contoso.example' } : undefined
}))
vi.mock('./tenant.ts', () => ({ tenantAs: () => world.tenant, tenantOf: () => world.tenant }))
vi.mock('next/headers', () => ({ headers: async () => new Headers({ 'x-client-address': world.address }) }))
vi.mock('./stand-by-evidence.ts', () => ({
  standByEvidence: async (_: unknown, after: string) => {
    world.stood.push(after)
  }
}))
vi.mock('./store.ts', () => ({
  // What the store promises of the list; lib/wizard/store.store.test.ts holds it to that.
  addMailboxes: async (_setupId: string, more: readonly string[], max: number) => {
    const fresh = more.filter(address => !world.list.includes(address))
    if (world.list.length + fresh.length > max) return undefined
    if (fresh.length > 0) world.saved = [...world.list, ...fresh]
    return fresh.length
  },
  dropSightings: async (_setupId: string, steps: string[]) => {
    world.dropped = steps
  },
  writeDiary: async () => undefined
}))

let ground: Ground
beforeAll(async () => {
  ground = await openGround()
  const [tenant] = ground.practice.practice.state.tenants
  const [example] = tenant?.people ?? []
  if (!tenant || !example) throw new Error('Nobody lives in the practice tenant')
  for (let index = 0; index < 90; index++)
    tenant.people.push({
      ...example,
      id: `00000000-0000-4000-8000-0000000000${index + 10}`,
      displayName: `Extra ${index}`,
      mail: `extra${index}@contoso.example`,
      userPrincipalName: `extra${index}@contoso.example`
    })
})
afterAll(() => ground.stop())
beforeEach(async () => {
  world.tenant = (await ground.enter('ada@contoso.example', [pickerPermission], startClock())) as LeafingTenant
  Object.assign(world, { entered: true, saved: [], dropped: [], stood: [] })
})

function at(mailboxes: readonly string[] = [], cookie = 'a cookie'): AtStep {
  world.list = mailboxes
  return {
    step: openTheMailboxes,
    row: { id: 'a setup', cloud: 'practice', tenantId: 'a tenant' },
    cloud: ground.cloud,
    session: { id: 'a session', key: keyOfCookie('a key', cookie), person: undefined },
    person: { id: cookie, username: 'ada@contoso.example' },
    entered: undefined,
    setup: { mailboxes }
  } as unknown as AtStep
}

function shelf(seen: Seen) {
  if (seen.kind !== 'shelf') throw new Error(`Not a shelf: ${JSON.stringify(seen)}`)
  return seen
}

const addressesOf = (seen: Seen) => shelf(seen).shelf.choices.map(({ value }) => value)

describe('a look too many', () => {
  it('asks Microsoft nothing, of the directory or of a step, and says how long to wait', async () => {
    const often = at([], 'somebody else')
    world.tenant = { page: async () => ({ items: [], next: undefined, count: 0 }) } as unknown as LeafingTenant
    for (let look = 0; look < limits.look.person; look++)
      expect((await seeDirectory(often, { search: '', after: undefined })).kind).toBe('shelf')
    world.tenant = undefined
    const seen = await seeDirectory(often, { search: '', after: undefined })
    const todo = [expect.stringMatching(/^Too many tries\. Wait \d+ seconds?, then carry on\.$/)]
    expect(seen).toMatchObject({ kind: 'problem', problem: { id: 'too-many-looks', todo } })
    expect(await refreshSighting(often)).toMatchObject({ kind: 'blocked', problem: { id: 'too-many-looks', todo } })
  })

  it('is counted for each person', async () => {
    expect((await seeDirectory(at([], 'a third person'), { search: '', after: undefined })).kind).toBe('shelf')
  })
})

describe('leafing through the directory', () => {
  it('shows everybody with an address exactly once, page by page', async () => {
    const pages: string[][] = []
    let after: string | undefined
    do {
      const seen = shelf(await seeDirectory(at(), { search: '', after }))
      pages.push(addressesOf(seen))
      after = seen.next
    } while (after)
    const all = pages.flat()
    expect(pages.length).toBeGreaterThan(2)
    expect(new Set(all).size).toBe(all.length)
    expect(all).toContain('invoices@contoso.example')
    expect(all).toContain('extra89@contoso.example')
  })

  it('keeps searching on the pages after the first', async () => {
    const first = shelf(await seeDirectory(at(), { search: 'extra', after: undefined }))
    const second = shelf(await seeDirectory(at(), { search: 'extra', after: first.next }))
    expect(first.count).toBe(90)
    expect([...addressesOf(first), ...addressesOf(second)]).toHaveLength(90)
    expect(second.next).toBeUndefined()
  })

  it('finds by the beginning of a name and of an address', async () => {
    expect(addressesOf(await seeDirectory(at(), { search: 'lindqvist', after: undefined }))).toEqual([
      'ada@contoso.example'
    ])
    expect(addressesOf(await seeDirectory(at(), { search: 'invoices@', after: undefined }))).toEqual([
      'invoices@contoso.example'
    ])
  })

  it('asks for what Microsoft Graph’s own schema knows, with a search and without, and follows Graph’s own links', async () => {
    network.sent = []
    const first = shelf(await seeDirectory(at(), { search: '', after: undefined }))
    await seeDirectory(at(), { search: '', after: first.next })
    const found = shelf(await seeDirectory(at(), { search: 'extra', after: undefined }))
    await seeDirectory(at(), { search: 'extra', after: found.next })
    const sent = network.sent
    network.sent = undefined
    expect(sent.map(({ method, url }) => `${method} ${url.pathname}`)).toEqual(Array(4).fill('GET /v1.0/users'))
    const made = sent.filter(({ url }) => !url.searchParams.has('$skiptoken'))
    expect(made).toHaveLength(2)
    expect(made.flatMap(whyNotGraph)).toEqual([])
    // What the other two have on top is in no schema: it came from Graph in the link to the next page.
    const onward = sent.filter(one => !made.includes(one))
    expect(onward.flatMap(whyNotGraph)).toEqual(Array(2).fill('the query $skiptoken is unknown'))
  })

  it('needs no other permission than the one it asks for', async () => {
    expect(pickerPermission).toBe('User.ReadBasic.All')
    expect((await seeDirectory(at(), { search: 'ada', after: undefined })).kind).toBe('shelf')
  })

  it('begins at the first page when the way on was sealed for another session or another search', async () => {
    const first = await seeDirectory(at(), { search: 'extra', after: undefined })
    const { next } = shelf(first)
    const elsewhere = await seeDirectory(at([], 'another cookie'), { search: 'extra', after: next })
    const otherwise = await seeDirectory(at(), { search: '', after: next })
    expect(addressesOf(elsewhere)).toEqual(addressesOf(first))
    expect(addressesOf(otherwise)).toContain('ada@contoso.example')
    expect((await seeDirectory(at(), { search: 'extra', after: 'AAAA' })).kind).toBe('shelf')
  })

  it('never follows a way that leads out of the collection', async () => {
    const page = async () => ({ items: [], next: 'https://evil.example/v1.0/users?x', count: undefined })
    world.tenant = { page } as unknown as LeafingTenant
    expect(shelf(await seeDirectory(at(), { search: '', after: undefined })).next).toBeUndefined()
  })

  it('tells a browser nothing of Graph’s address', async () => {
    const { next } = shelf(await seeDirectory(at(), { search: 'extra', after: undefined }))
    expect(next).toMatch(/^[\w-]+$/)
    expect(Buffer.from(next ?? '', 'base64url').toString('latin1')).not.toContain('skiptoken')
  })
})

describe('what stands in the way', () => {
  it('asks for the permission where nobody gave it yet, and sends nothing', async () => {
    world.entered = false
    network.sent = []
    expect(await seeDirectory(at(), { search: '', after: undefined })).toEqual({ kind: 'allow' })
    expect(network.sent).toEqual([])
    network.sent = undefined
  })

  it('asks again when the sign-in has ended', async () => {
    const page = async () => {
      throw new SignInNeeded('ended')
    }
    world.tenant = { page } as unknown as LeafingTenant
    expect(await seeDirectory(at(), { search: '', after: undefined })).toEqual({ kind: 'allow' })
  })

  it('says what to do when Microsoft refuses', async () => {
    world.tenant = (await ground.enter('ada@contoso.example', ['User.Read'], startClock())) as LeafingTenant
    const seen = await seeDirectory(at(), { search: '', after: undefined })
    expect(seen).toMatchObject({ kind: 'problem', problem: { id: 'directory-not-readable' } })
    expect(seen.kind === 'problem' && seen.problem.todo.length).toBeGreaterThan(0)
  })
})

describe('adding to the list', () => {
  it('keeps the list’s order, adds at its end, and counts what is new', async () => {
    expect(await addToList(at(['z@contoso.com']), ['B@contoso.com', 'z@contoso.com', 'a@contoso.com'])).toEqual({
      ok: true,
      added: 2
    })
    expect(world.saved).toEqual(['z@contoso.com', 'b@contoso.com', 'a@contoso.com'])
    expect(world.dropped).toEqual(['open-the-mailboxes'])
    expect(world.stood).toEqual(['receipt'])
  })

  it('saves nothing when nothing is new', async () => {
    expect(await addToList(at(['a@contoso.com']), ['a@contoso.com'])).toEqual({ ok: true, added: 0 })
    expect(world.saved).toEqual([])
  })

  it('refuses nothing ticked, what is no address, and more than a setup takes', async () => {
    expect(await addToList(at(), [])).toMatchObject({ ok: false })
    expect(await addToList(at(), ['nobody'])).toMatchObject({ ok: false })
    const full = Array.from({ length: mostMailboxes }, (_, index) => `m${index}@contoso.com`)
    expect(await addToList(at(full), ['one@more.com'])).toMatchObject({ ok: false })
    expect(world.saved).toEqual([])
  })
})

describe('the query of the page', () => {
  it('reads the first of repeated values', () => {
    expect(readWanted({ q: ['ada', 'ben'], after: ['x', 'y'] })).toEqual({ search: 'ada', after: 'x' })
    expect(readWanted({})).toEqual({ search: '', after: undefined })
  })
})
