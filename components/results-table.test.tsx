// What the table of results promises to whoever hears it: whose row it is, what came of it, and where each link leads.
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { ResultsTable, type ShownResult } from './results-table.tsx'

const outcomes = ['proved', 'login-only', 'refused', 'unreachable', 'not-tried'] as const
const rows = outcomes.map(
  (outcome, index): ShownResult => ({
    key: outcome,
    address: `m${index}@contoso.example`,
    protocol: index % 2 ? 'SMTP' : 'IMAP',
    outcome,
    says: outcome === 'refused' ? 'NO <b>AUTHENTICATE</b> failed.' : '',
    age: outcome === 'not-tried' ? '' : '2 minutes ago',
    ...(outcome !== 'not-tried' && { whyHref: `/why?of=${index}&as=x#why` })
  })
)
const html = renderToStaticMarkup(<ResultsTable rows={rows} caption="What each mail server answered" />)
const shown = html.slice(html.indexOf('<tbody')).split('<tr').slice(1)
const textOf = (part: string) => part.replace(/<[^>]*>/g, '')

describe('the results', () => {
  it('say what came of each login in words of its own, and not by colour alone', () => {
    const said = shown.map(row => textOf([...row.matchAll(/<td[^>]*>.*?<\/td>/g)][1]?.[0] ?? ''))
    expect(said).toEqual(['Proved', 'Login accepted', 'Refused', 'Not reached', 'Not tested'])
  })

  it('name the table, every column and the mailbox of every row', () => {
    expect(html).toMatch(/<caption[^>]*>What each mail server answered<\/caption>/)
    const headings = [...html.matchAll(/<th[ >].*?<\/th>/g)].map(([heading]) => textOf(heading))
    expect(headings).toEqual([
      'Mailbox',
      'Protocol',
      'Result',
      'What the server answered',
      'Gates',
      ...rows.map(({ address }) => address)
    ])
    expect(html.match(/<th role="rowheader" scope="row"/g)).toHaveLength(rows.length)
  })

  it('carry in every link why of which protocol and mailbox', () => {
    const links = shown.flatMap(row => [...row.matchAll(/<a [^>]*href="([^"]*)"[^>]*>(.*?)<\/a>/g)])
    expect(links.map(([, href, text]) => [href, textOf(text ?? '')])).toEqual(
      rows
        .slice(0, 4)
        .map(({ protocol, address }, index) => [`/why?of=${index}&amp;as=x#why`, `Why ${protocol} ${address}`])
    )
  })

  it('have no link where nothing was tried', () => {
    expect(shown.at(-1)).not.toContain('<a ')
    expect(shown.at(-1)).not.toContain('<span')
  })

  it('show the server’s words as text, whatever they hold, and when it was', () => {
    expect(shown[2]).toContain('NO &lt;b&gt;AUTHENTICATE&lt;/b&gt; failed.')
    expect(shown.map(row => row.includes('2 minutes ago'))).toEqual([true, true, true, true, false])
  })
})
