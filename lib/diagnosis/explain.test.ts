// Every row of the dictionary is found by what people paste, shared texts list their candidates, neighbours stay out.
import { describe, expect, it } from 'vitest'
import { alone } from '../../test-data/pasted/one-cause.ts'
import { neighbours, shared } from '../../test-data/pasted/several-causes.ts'
import { dictionary } from './dictionary.ts'
import { explain, idsOf } from './explain.ts'
import { readMax } from './readable.ts'

describe('a text that names its cause', () => {
  it.each(alone)('is explained as %s', (id, text) => {
    const explanation = explain(text)
    expect(explanation.findings[0]).toMatchObject({ kind: 'one', entry: { id } })
    expect(explanation.unknownCodes).toEqual([])
  })

  it('is explained by that row alone', () => {
    const more = alone.map(([id, text]) => [id, idsOf(explain(text)).filter(other => other !== id)] as const)
    expect(more.filter(([, others]) => others.length > 0)).toEqual([])
  })

  it('is explained by two rows when it has two faults', () => {
    const command = 'New-ServicePrincipal -AppId x -ServiceId y -Organization contoso'
    expect(idsOf(explain(command))).toEqual(['organization-refused', 'service-id-deprecated'])
  })
})

describe('a text that several causes share', () => {
  it.each(shared)('lists its candidates, likeliest first: %s', (texts, ids) => {
    for (const text of texts) {
      const { findings } = explain(text)
      expect(findings.map(({ kind }) => kind)).toEqual(['several'])
      expect(idsOf(explain(text))).toEqual(ids)
    }
  })

  it('says of every candidate what tells it from the others', () => {
    for (const [[text = '']] of shared)
      for (const finding of explain(text).findings)
        if (finding.kind === 'several') for (const { apart } of finding.entries) expect(apart).toBeTruthy()
  })

  it('is narrowed to the cause that the rest of the text proves', () => {
    expect(idsOf(explain('535 5.7.3 Authentication unsuccessful\n"aud": "https://graph.microsoft.com"'))).toEqual([
      'token-audience-graph'
    ])
  })

  it('stands beside another when both were pasted', () => {
    const { findings } = explain('IMAP: NO AUTHENTICATE failed.\nSMTP: 535 5.7.3 Authentication unsuccessful')
    expect(findings.map(finding => finding.kind === 'several' && finding.text)).toEqual([
      '535 5.7.3 Authentication unsuccessful',
      'IMAP: NO AUTHENTICATE failed'
    ])
  })
})

it('every row of the dictionary has a text here that finds it', () => {
  const found = new Set([...alone.map(([id]) => id), ...shared.flatMap(([, ids]) => ids)])
  expect(dictionary.map(({ id }) => id).filter(id => !found.has(id))).toEqual([])
})

describe('what no row is about', () => {
  it.each(neighbours)('is not known: %s', (_, text) => {
    expect(explain(text).findings).toEqual([])
  })

  it('is pointed to Microsoft’s own look-up where it has a number', () => {
    expect(explain('AADSTS50034: The user account does not exist. AADSTS7000222: expired').unknownCodes).toEqual([
      { code: 'AADSTS50034', href: 'https://login.microsoftonline.com/error?code=50034' }
    ])
  })

  it('does not hide what is known beside .NET’s words for it', () => {
    const text =
      'The SMTP server requires a secure connection or the client was not authenticated. The server response was: 5.7.57 Client not authenticated to send mail. Error: 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.'
    expect(idsOf(explain(text))).toEqual(['smtp-auth-off-tenant'])
  })
})

describe('an explanation', () => {
  it('is plain data', () => {
    for (const [, text] of alone) {
      const explanation = explain(text)
      expect(JSON.parse(JSON.stringify(explanation))).toEqual(explanation)
    }
  })

  it('repeats nothing of the text but codes, IDs and times', () => {
    const token = 'eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.c2lnbmF0dXJl'
    const text = `${alone.map(([, each]) => each).join('\n')} Bearer ${token} client_secret=aB38Q~9dEfGhIjKlMnOpQrStUvWxYz012345678a`
    const said = JSON.stringify(explain(text))
    for (const part of [token, 'aB38Q~', 'invoices@contoso.com', 'Contoso']) expect(said).not.toContain(part)
  })

  it('says when only the beginning was read', () => {
    expect(explain('x'.repeat(readMax)).cut).toBe(false)
    expect(explain(`${'x'.repeat(readMax)} AADSTS7000222`)).toMatchObject({ cut: true, findings: [] })
  })
})

describe('a hostile text', () => {
  const megabyte = (piece: string) => piece.repeat(Math.ceil(1_000_000 / piece.length))
  const firstWords = [...alone.map(([, text]) => text), ...shared.flatMap(([texts]) => texts)].map(text =>
    text.slice(0, 24)
  )
  const single = [...'a5A ._-:|(@[{"\'%&+\\\n\u0000\u2028\ud800']
  const halves = ['SMTP worked ', 'InScope - ', 'GCC High ', 'AADSTS1', '\\u0027', '%3a', '&quot', '@a\\', '"roles": [']

  it.each([...single, ...halves, ...new Set(firstWords)])('of a megabyte of %j is answered within a second', piece => {
    const text = megabyte(piece)
    const began = process.cpuUsage()
    explain(text)
    expect(process.cpuUsage(began).user / 1_000).toBeLessThan(1_000)
  })
})
