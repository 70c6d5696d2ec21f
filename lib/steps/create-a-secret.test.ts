// A secret that somebody else made, or a certificate in its place: the person's word, held against what the tenant has.
import { describe, expect, test } from 'vitest'
import { newMemory, setupOf } from '../../test-data/contract/memory.ts'
import { globalCloud } from '../../test-data/sample-input.ts'
import { createASecret } from './create-a-secret.ts'
import type { KeyCredential } from './directory.ts'
import type { KnownSecret, TenantReader } from './step.ts'

const now = new Date('2026-08-22T10:00:00Z')
const application = { id: 'o', appId: 'a', displayName: 'Invoices', tags: [], requiredResourceAccess: [] }
const key = (keyId: string, endDateTime: string | null, usage = 'Verify'): KeyCredential => ({
  keyId,
  usage,
  endDateTime
})
const word: KnownSecret = { attemptId: 'w', name: 'made by hand', keyId: undefined, stored: true, createdAt: now }

/** How the step stands, and what was read of the tenant for it. */
async function look(
  secrets: KnownSecret[],
  keyCredentials: readonly KeyCredential[],
  passwords: readonly object[] = []
) {
  const paths: string[] = []
  const tenant = {
    read: async (path: string) => {
      paths.push(path)
      const asked = path.includes('keyCredentials') ? { keyCredentials } : {}
      return { ...application, passwordCredentials: passwords, ...asked }
    }
  } as unknown as TenantReader
  const setup = setupOf(newMemory({ secrets }), globalCloud, 'bf822882-b0bf-4acc-a606-7da6b107a435', now)
  return { standing: await createASecret.check(tenant, setup), paths }
}

describe('the word that it is done by hand', () => {
  test('stands with a living certificate, which is shown, the longest of several', async () => {
    const keys = [key('short', '2026-09-01T00:00:00Z'), key('long', '2027-08-01T00:00:00Z')]
    const { standing } = await look([word], keys)
    expect(standing).toMatchObject({ kind: 'done', found: { certificateId: 'long' } })
    if (standing.kind !== 'done') throw new Error('It is not done')
    expect(standing.facts.map(({ label, value }) => `${label}: ${value}`)).toEqual([
      'In place of a client secret: A certificate, as you said',
      'Valid until: 2027-08-01',
      'Certificate ID: long'
    ])
  })

  test.each([
    ['has expired', [key('k', '2026-08-22T09:59:59Z')]],
    ['has no end', [key('k', null)]],
    ['is for something else than signing in', [key('k', '2027-08-01T00:00:00Z', 'Encrypt')]],
    ['is not there', []]
  ])('does not stand where the certificate %s', async (_name, keys) => {
    expect((await look([word], keys)).standing.kind).toBe('todo')
  })

  test('is of a secret where there is one', async () => {
    const { standing } = await look(
      [word],
      [key('k', '2027-08-01T00:00:00Z')],
      [{ keyId: 's', displayName: 'Theirs', hint: 'abc', endDateTime: '2027-01-01T00:00:00Z' }]
    )
    expect(standing).toMatchObject({ kind: 'done', found: {}, facts: [{ label: 'The client secret' }] })
  })

  test('costs no further request, and certificates are asked for only after it', async () => {
    expect((await look([word], [])).paths).toEqual([expect.stringContaining(',keyCredentials')])
    const { paths, standing } = await look([], [key('k', '2027-08-01T00:00:00Z')])
    expect(paths).toEqual([expect.not.stringContaining('keyCredentials')])
    expect(standing.kind).toBe('todo')
  })
})

describe('a secret that is there', () => {
  test('has an ID to copy; its first letters and its last day are only read', () => {
    const setup = setupOf(newMemory(), globalCloud, 'bf822882-b0bf-4acc-a606-7da6b107a435', now)
    const found = { keyId: '58d827e0-c69c-401f-8deb-b1224d129dc8', hint: 'aB3', expiresAt: '2027-01-01T00:00:00Z' }
    const facts = createASecret.facts?.(found, setup) ?? []
    expect(facts.map(({ label, copy }) => [label, copy === true])).toEqual([
      ['The secret begins with', false],
      ['Valid until', false],
      ['Secret ID', true]
    ])
  })
})
