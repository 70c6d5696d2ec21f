// What is asked of the directory, and what is offered of its answer.
import { describe, expect, it } from 'vitest'
import { asking, type DirectoryUser, isNextPage, readSearch, searchLengthMax, shelfOf } from './directory-search.ts'

const user = (mail: string | null, more: Partial<DirectoryUser> = {}): DirectoryUser => ({
  id: '1',
  displayName: 'Ada Lindqvist',
  mail,
  userPrincipalName: mail,
  ...more
})

describe('a search', () => {
  it('loses what would end its clause, and what nobody sees', () => {
    expect(readSearch('  ada" OR "mail:b\\ ')).toBe('ada OR mail:b')
    expect(readSearch('a\u200b\n\u0000b')).toBe('a b')
    expect(readSearch(undefined)).toBe('')
  })

  it('is cut at its limit', () => {
    expect(readSearch('a'.repeat(1000))).toHaveLength(searchLengthMax)
  })

  it('carries the header that Graph demands, and none without one', () => {
    expect(asking('').headers).toEqual({})
    expect(asking('ada').headers).toEqual({ ConsistencyLevel: 'eventual' })
  })

  it('stays one value of one option, whatever was typed', () => {
    const query = new URLSearchParams(asking(readSearch('a&$filter=x eq 1#?%41')).path.split('?')[1])
    expect([...query.keys()]).toEqual(['$select', '$top', '$count', '$search'])
    expect(query.get('$search')).toContain('"displayName:a&$filter=x eq 1#?%41"')
  })
})

describe('a page of people', () => {
  it('offers addresses in lower case with the name beside them', () => {
    expect(shelfOf([user('Ada@Contoso.com')], []).choices).toEqual([
      { value: 'ada@contoso.com', label: 'Ada Lindqvist', hint: 'ada@contoso.com' }
    ])
  })

  it('says what is on the list already and does not offer it again', () => {
    expect(shelfOf([user('Ada@contoso.com')], ['ada@contoso.com'])).toEqual({
      choices: [],
      onList: ['ada@contoso.com'],
      leftOut: 0
    })
  })

  it('counts those it leaves out: without an address, and guests', () => {
    const guest = user('noor@northwind.com', { userPrincipalName: 'noor_northwind.com#EXT#@contoso.onmicrosoft.com' })
    expect(shelfOf([user(null), guest, user('not an address')], [])).toEqual({ choices: [], onList: [], leftOut: 3 })
  })

  it('names an address by itself where Graph knows no name', () => {
    expect(shelfOf([user('a@b.com', { displayName: null })], []).choices).toEqual([
      { value: 'a@b.com', label: 'a@b.com', hint: undefined }
    ])
  })
})

describe('the way to the next page', () => {
  const graph = 'https://graph.microsoft.com'

  it('leads to the same collection of the same cloud', () => {
    expect(isNextPage(`${graph}/v1.0/users?$top=50&$skiptoken=x`, graph)).toBe(true)
  })

  it.each([
    'https://evil.example/v1.0/users?$skiptoken=x',
    'https://graph.microsoft.com.evil.example/v1.0/users?x',
    'https://graph.microsoft.com@evil.example/v1.0/users?x',
    'https://graph.microsoft.com/v1.0/applications?x',
    'https://graph.microsoft.com/v1.0/users/../applications?x',
    'http://graph.microsoft.com/v1.0/users?x',
    'not an address'
  ])('leads nowhere as %s', link => {
    expect(isNextPage(link, graph)).toBe(false)
  })
})
