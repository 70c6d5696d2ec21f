// The dictionary as data: complete, in plain words, with sources.
import { describe, expect, it } from 'vitest'
import { dictionary, entryOf, type RowId } from './dictionary.ts'
import type { KnownBy, Row } from './row.ts'
import { sharedTexts } from './shared-texts.ts'

const ids = dictionary.map(({ id }) => id)
const notVerbs = /^(?:The|A|An|If|It|You|Your|This|That|There|Or|And|When|Please|No|Not|In|On|For|To)\b/

/** The collection of failures from the field, by its sections: what a product can meet. */
const collected = {
  login: [
    'sp-wrong-object-id',
    'imap-logon-denied',
    'grant-never-landed',
    'pop-bad-password',
    'graph-mail-send-only',
    'token-audience-graph',
    'token-scope-ps-outlook',
    'smtp-auth-off-tenant',
    'security-defaults',
    'smtp-auth-off-mailbox',
    'no-auth-sent',
    'send-as-denied',
    'storedrv-logon-failure',
    'authenticated-not-connected',
    'shared-user-syntax',
    'smtp-wants-upn',
    'rbac-with-claim',
    'rbac-scope-empty',
    'propagation-delay',
    'smtp-auth-reset',
    'smtp-concurrency-limit',
    'submission-quota'
  ],
  token: [
    'secret-id-pasted',
    'secret-too-new',
    'secret-mangled',
    'secret-expired',
    'app-not-in-directory',
    'tenant-mistyped',
    'single-scope-refused',
    'roles-missing',
    'exchange-resource-missing',
    'ca-blocks-app',
    'app-without-sp'
  ],
  consent: [
    'replication-not-found',
    'consent-too-early',
    'insufficient-privileges',
    'credential-policy',
    'role-id-not-on-resource',
    'entitlement-mismatch',
    'consent-loop',
    'sp-already-exists',
    'wrong-app-by-name',
    'grant-without-sp',
    'ca-blocks-admin'
  ],
  powershell: [
    'cmdlet-not-recognized',
    'no-management-role',
    'wrong-tenant',
    'grant-to-every-sp',
    'wam-failure',
    'module-conflict',
    'powershell-too-old',
    'powershellget-missing',
    'tenant-dehydrated',
    'organization-refused',
    'service-id-deprecated'
  ],
  afterwards: ['silent-outage', 'wrong-cloud', 'grants-add-up', 'safe-attachments-scan']
} as const satisfies Record<string, readonly RowId[]>

const shownByExchange: readonly RowId[] = ['principal-missing', 'mailbox-not-in-exchange-online', 'protocol-off']

describe('the failure dictionary', () => {
  it('has every id once, and ids as addresses have them', () => {
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toMatch(/^[a-z]+(?:-[a-z]+)+$/)
  })

  it('holds every failure that was collected, and three that only commands and receipts show', () => {
    expect(new Set(ids)).toEqual(new Set([...Object.values(collected).flat(), ...shownByExchange]))
  })

  it.each(dictionary.map(row => [row.id, row] as const))('tells %s in plain words, with a source', (_, row: Row) => {
    expect(row.fix.length).toBeGreaterThan(0)
    for (const sentence of row.fix) {
      expect(sentence).toMatch(/^[A-Z][a-z-]+[ :].*[.]$/s)
      expect(sentence).not.toMatch(notVerbs)
    }
    for (const words of [row.title, row.symptom, row.cause, ...row.fix, row.apart ?? 'x']) {
      expect(words.trim()).toBe(words)
      expect(words).not.toBe('')
      expect(words).not.toMatch(/!|\bplease\b|your fault|you (?:forgot|failed|should have)|'/i)
    }
    expect(row.sources.length).toBeGreaterThan(0)
    for (const { url } of row.sources) if (url) expect(new URL(url).protocol).toBe('https:')
    expect(['A', 'B', 'C', 'A/B', 'A/C', 'C/B']).toContain(row.trust)
  })

  it('keeps to itself what a row is known by', () => {
    const entry = entryOf('secret-expired')
    expect(entry).not.toHaveProperty('signs')
    expect(entry).not.toHaveProperty('aadsts')
    expect(() => entryOf('no-such-row' as RowId)).toThrow('no-such-row')
  })

  it('has a way to find every row: its own, or a text that it shares', () => {
    const inShared = new Set<string>(sharedTexts.flatMap(({ rows }) => [...rows]))
    const rows: readonly Row[] = dictionary
    expect(rows.filter(row => !row.aadsts && !row.signs && !inShared.has(row.id))).toEqual([])
    expect([...inShared].filter(id => !ids.some(known => known === id))).toEqual([])
  })

  it('gives every number to one place', () => {
    const numbers = [...dictionary, ...sharedTexts].flatMap((known: KnownBy) => [...(known.aadsts ?? [])])
    expect(new Set(numbers).size).toBe(numbers.length)
  })
})
