// What people paste: IDs in any dress are read, secrets are told apart and never repeated.
import { describe, expect, test } from 'vitest'
import { guidIn, looksLikeSecret, nameLengthMax, one, readGuid, readName } from './fields.ts'

const id = '1a2b3c4d-0000-4000-8000-00000000abcd'
/** As Microsoft Entra made them over the years; none of them opens anything. */
const secrets = [
  'abc8Q~Zx0123456789_-.abcdefghijKLMNOPQRst',
  'q.W7_~-ERTYuiopasdfghjklzxcvbnm12345',
  'A1b2.C3d4_E5f6-G7h8~I9',
  'qZ3vT8mK1xW+pL5nR7bY/cD9fG2hJ4sA6eU0iO8tVwM='
]

describe('a GUID', () => {
  test.each([id, id.toUpperCase(), ` ${id}\n`, `{${id}}`, ` {${id.toUpperCase()}} `])('is read from “%s”', text => {
    expect(guidIn(text)).toBe(id)
  })

  test.each([
    '',
    'invoices',
    id.slice(1),
    `${id}0`,
    id.replaceAll('-', ''),
    `${id} ${id}`,
    `${id}'`,
    id.replace('a', 'g')
  ])('is not read from “%s”', text => {
    expect(guidIn(text)).toBeUndefined()
  })
})

describe('a field for a GUID', () => {
  test('gives the value of the first answer', () => {
    expect(readGuid({ appId: [id, 'second'] }, 'appId', 'client ID')).toEqual({ value: id })
    expect(one({ appId: ['  x '] }, 'appId')).toBe('x')
    expect(one({}, 'appId')).toBe('')
  })

  test('may be left empty only where that is said', () => {
    expect(readGuid({}, 'appId', 'client ID', true)).toEqual({ value: undefined })
    expect(readGuid({}, 'appId', 'client ID').problem).toEqual({ field: 'appId', says: 'Paste the client ID.' })
  })

  test.each(secrets)('tells a pasted secret by name and does not repeat it', secret => {
    expect(looksLikeSecret(secret)).toBe(true)
    const { value, problem } = readGuid({ appId: [secret] }, 'appId', 'client ID')
    expect(value).toBeUndefined()
    expect(problem?.says).toMatch(/^This looks like a client secret, not the client ID\. It was not kept\./)
    expect(problem?.says).not.toContain(secret)
  })

  test('does not repeat anything else either', () => {
    expect(readGuid({ appId: ['invoices'] }, 'appId', 'client ID').problem?.says).not.toContain('invoices')
  })

  test.each([id, 'Mail connector', 'short~', 'x'.repeat(65), `${'x'.repeat(43)}=`, ''])(
    'does not take “%s” for a secret',
    text => {
      expect(looksLikeSecret(text)).toBe(false)
    }
  )
})

describe('a name', () => {
  test('is kept in any language, on one line', () => {
    expect(readName('  Invoices\n of   Zürich 日本 ')).toBe('Invoices of Zürich 日本')
    expect(readName('e\u0301')).toBe('\u00e9')
  })

  test.each([
    ['nothing', ' \n\t'],
    ['too long', 'x'.repeat(nameLengthMax + 1)],
    ['a character that turns the reading direction', 'abc\u202egnp'],
    ['a character without width', 'a\u200bb'],
    ['a NUL', 'a\u0000b'],
    ['half a character', 'a\ud800'],
    ['markup', '<b>']
  ])('is refused when it is %s, and says what to do', (_name, text) => {
    expect(readName(text)).toMatchObject({ says: expect.stringMatching(/^(Give|Shorten|Remove|Leave) .+\.$/) })
  })

  test('may be as long as every portal shows', () => {
    expect(readName('x'.repeat(nameLengthMax))).toBe('x'.repeat(nameLengthMax))
  })
})
