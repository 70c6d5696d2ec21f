// What /tools/powershell takes, what it refuses by name, and what it never repeats.
import { describe, expect, it } from 'vitest'
import {
  type Asked,
  fitsAddress,
  inputOfQuery,
  mailboxesByAddressMax,
  pairsOf,
  parameters,
  problemsMax,
  queryLengthMax,
  queryOf,
  readAsked,
  scriptInputOf,
  type ToolCloud
} from './powershell-query.ts'

const appId = '58d827e0-c69c-401f-8deb-b1224d129dc8'
const objectId = 'bf822882-b0bf-4acc-a606-7da6b107a435'
const tenantId = '0a1b2c3d-1111-4222-8333-444455556666'
const secret = 'aB38Q~9dEfGhIjKlMnOpQrStUvWxYz012345678a'
const clouds: readonly ToolCloud[] = [
  { name: 'global', title: 'Global', unconfirmed: [] },
  { name: 'china', title: 'China', exchangeEnvironmentName: 'O365China', unconfirmed: ['imap'] }
]
const ids = `appId=${appId}&objectId=${objectId}&tenantId=${tenantId}`

const read = (query: string, by: 'address' | 'form' = 'address') =>
  readAsked(inputOfQuery(new URLSearchParams(query)), clouds, by)

function asked(query: string, by: 'address' | 'form' = 'address'): Asked {
  const result = read(query, by)
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.asked
}

function problems(query: string, by: 'address' | 'form' = 'address') {
  const result = read(query, by)
  return result.ok ? [] : result.problems
}

const manyMailboxes = (count: number) =>
  Array.from({ length: count }, (_, index) => `mailbox=m${index}%40contoso.com`).join('&')

describe('an address', () => {
  it('needs the three IDs and nothing else', () => {
    expect(asked(ids)).toEqual({
      appId,
      objectId,
      tenantId,
      displayName: 'Mail connector',
      cloud: clouds[0],
      protocols: [],
      mailboxes: [],
      admin: undefined,
      delegatedOrganization: undefined
    })
  })

  it('says of each ID that is missing which one it is', () => {
    expect(problems('')).toEqual([
      { parameter: 'appId', problem: 'Paste the application (client) ID.' },
      { parameter: 'objectId', problem: 'Paste the Object ID of the enterprise application.' },
      { parameter: 'tenantId', problem: 'Paste the directory (tenant) ID.' }
    ])
  })

  it('holds all that was asked, so that a link gives the same again', () => {
    const query = `${ids}&displayName=O%27Brien+%26+S%C3%B8n&cloud=china&protocol=SMTP&protocol=imap&admin=ada%40contoso.com&delegatedOrganization=contoso.onmicrosoft.com&mailbox=B%40contoso.com&mailbox=a%2Bb%40contoso.com`
    const first = asked(query)
    expect(first.protocols).toEqual(['IMAP', 'SMTP'])
    expect(first.mailboxes).toEqual(['b@contoso.com', 'a+b@contoso.com'])
    expect(first.displayName).toBe('O\u2019Brien & Søn'.replace('\u2019', "'"))
    expect(asked(queryOf(first))).toEqual(first)
    expect(new Set(pairsOf(first).map(([name]) => name))).toEqual(new Set(parameters))
  })

  it('treats an empty value as left out', () => {
    expect(asked(`${ids}&admin=&delegatedOrganization=&mailbox=&protocol=&displayName=&cloud=`)).toEqual(asked(ids))
  })

  it('refuses a parameter that does not exist, by its name', () => {
    expect(problems(`${ids}&objectID=1`)).toEqual([
      { parameter: 'objectID', problem: expect.stringContaining('There is no such parameter') }
    ])
    expect(problems(`${ids}&__proto__=1`)[0]?.parameter).toBe('unknown')
    expect(problems(`${ids}&mailboxes=a%40b.com`)[0]?.parameter).toBe('mailboxes')
  })

  it('refuses a single value that came twice', () => {
    expect(problems(`${ids}&appId=${appId}`)).toEqual([{ parameter: 'appId', problem: 'Give this once.' }])
  })

  it('takes 100 mailboxes and refuses 101, and says that a form takes more', () => {
    expect(asked(`${ids}&${manyMailboxes(mailboxesByAddressMax)}`).mailboxes).toHaveLength(100)
    const [problem] = problems(`${ids}&${manyMailboxes(mailboxesByAddressMax + 1)}`)
    expect(problem?.parameter).toBe('mailbox')
    expect(problem?.problem).toContain('POST')
  })

  it('counts a mailbox that came twice once', () => {
    expect(asked(`${ids}&mailbox=A%40contoso.com&mailbox=a%40contoso.com`).mailboxes).toEqual(['a@contoso.com'])
  })

  it('says which mailbox is no address', () => {
    expect(problems(`${ids}&mailbox=a%40contoso.com&mailbox=b%40`)).toEqual([
      { parameter: 'mailbox', problem: 'Mailbox 2, b@, is not an email address: nothing stands after the @.' }
    ])
  })

  it('refuses an unknown protocol and an unknown cloud', () => {
    expect(problems(`${ids}&protocol=EWS`)[0]?.parameter).toBe('protocol')
    expect(problems(`${ids}&cloud=moon`)).toEqual([
      { parameter: 'cloud', problem: 'Choose one of these clouds: global, china.' }
    ])
  })

  it('refuses an admin and an organization that no script could name', () => {
    expect(problems(`${ids}&admin=ada`)[0]?.parameter).toBe('admin')
    expect(problems(`${ids}&delegatedOrganization=not+a+domain`)[0]?.parameter).toBe('delegatedOrganization')
  })

  it('refuses a name that holds an invisible character', () => {
    expect(problems(`${ids}&displayName=a%E2%80%8Bb`)[0]?.parameter).toBe('displayName')
  })

  it('lists no more than a hundred problems, however much is wrong', () => {
    const wrong = Array.from({ length: 5000 }, (_, index) => `x${index}=1&mailbox=bad${index}`).join('&')
    expect(problems(wrong, 'form').length).toBeLessThanOrEqual(problemsMax)
  })
})

describe('a form', () => {
  it('takes ten thousand mailboxes as one list', () => {
    const list = Array.from({ length: 10_000 }, (_, index) => `m${index}@contoso.com`).join('\n')
    const big = asked(`${ids}&mailboxes=${encodeURIComponent(list)}`, 'form')
    expect(big.mailboxes).toHaveLength(10_000)
    expect(fitsAddress(big)).toBe(false)
    expect(problems(`${ids}&mailboxes=${encodeURIComponent(`${list}\none@more.com`)}`, 'form')).toHaveLength(1)
  })

  it('takes ten thousand mailboxes one by one, and not one more', () => {
    expect(asked(`${ids}&${manyMailboxes(10_000)}`, 'form').mailboxes).toHaveLength(10_000)
    expect(problems(`${ids}&${manyMailboxes(10_001)}`, 'form')[0]?.parameter).toBe('mailbox')
  })

  it('points out a bad line of the list', () => {
    expect(problems(`${ids}&mailboxes=${encodeURIComponent('a@contoso.com\nnobody')}`, 'form')).toEqual([
      { parameter: 'mailboxes', problem: expect.stringContaining('Line 2: nobody is not an email address') }
    ])
  })
})

describe('what fits an address', () => {
  it('is bounded by its length too, as servers and proxies cut long ones', () => {
    const long = asked(`${ids}&mailbox=${'a'.repeat(60)}%40${'b'.repeat(60)}.com`)
    const mailboxes = Array.from({ length: 90 }, (_, index) => `${index}${long.mailboxes[0]}`)
    expect(fitsAddress(long)).toBe(true)
    expect(queryOf({ ...long, mailboxes }).length).toBeGreaterThan(queryLengthMax)
    expect(fitsAddress({ ...long, mailboxes })).toBe(false)
  })
})

describe('an ID in the wrong place', () => {
  const at = (wrong: Partial<Record<'appId' | 'objectId' | 'tenantId', string>>) =>
    problems(new URLSearchParams({ appId, objectId, tenantId, ...wrong }).toString())

  it('is refused by name where the Object ID belongs', () => {
    expect(at({ objectId: appId })).toEqual([
      { parameter: 'objectId', problem: expect.stringContaining('This is the application (client) ID.') }
    ])
    expect(at({ objectId: tenantId })).toEqual([
      { parameter: 'objectId', problem: expect.stringContaining('This is the directory (tenant) ID.') }
    ])
    expect(at({ objectId: `{${appId.toUpperCase()}}` })[0]?.problem).toContain('application (client) ID')
    expect(at({ objectId: '00000002-0000-0ff1-ce00-000000000000' })[0]?.problem).toContain('Exchange Online')
  })

  it('is refused by name where the client ID belongs', () => {
    expect(at({ appId: tenantId })).toEqual([
      { parameter: 'appId', problem: expect.stringContaining('This is the directory (tenant) ID.') }
    ])
    expect(at({ appId: '00000003-0000-0000-c000-000000000000' })[0]?.problem).toContain('Microsoft Graph')
  })

  it('is asked for again when it is no ID at all', () => {
    expect(at({ objectId: 'bf822882' })[0]?.problem).toContain('32 hexadecimal digits')
  })
})

describe('a client secret', () => {
  it.each([...parameters, 'mailboxes'] as const)('is refused and not repeated when it is pasted as %s', parameter => {
    const query = new URLSearchParams({ appId, objectId, tenantId })
    query.set(parameter, secret)
    const found = problems(query.toString(), 'form')
    expect(found.length).toBeGreaterThan(0)
    expect(found.every(problem => ['mailbox', 'mailboxes', parameter].includes(problem.parameter))).toBe(true)
    expect(JSON.stringify(found).toLowerCase()).not.toContain(secret.toLowerCase())
  })

  it.each(['appId', 'objectId', 'tenantId', 'displayName', 'admin', 'delegatedOrganization', 'mailbox', 'mailboxes'])(
    'is called one when it is pasted as %s',
    parameter => {
      const query = new URLSearchParams({ appId, objectId, tenantId })
      query.set(parameter, secret)
      expect(problems(query.toString(), 'form').map(({ problem }) => problem)).toEqual([
        expect.stringContaining('looks like a client secret')
      ])
    }
  )

  it('is not repeated as the name of a parameter', () => {
    expect(JSON.stringify(problems(`${ids}&${encodeURIComponent(secret)}=1`))).not.toContain(secret)
  })
})

describe('what the script writer is given', () => {
  it('names the cloud’s environment for Connect-ExchangeOnline and belongs to no setup', () => {
    expect(scriptInputOf(asked(`${ids}&cloud=china`))).toMatchObject({
      setupId: 'no-setup',
      name: 'Mail connector',
      exchangeEnvironmentName: 'O365China'
    })
    expect(scriptInputOf(asked(ids)).exchangeEnvironmentName).toBeUndefined()
  })
})
