// Names and messages that come from tenants and people, in the components that show them: text, whatever it holds.
import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { hostilePieces } from '../test-data/hostile.ts'
import { ChangeList } from './changes.tsx'
import { Code } from './code.tsx'
import { Facts } from './facts.tsx'
import { ErrorSummary, Fields } from './fields.tsx'
import { GateList } from './gates.tsx'
import { Notice } from './notice.tsx'
import { ProblemBox } from './problem.tsx'
import { ResultsTable } from './results-table.tsx'
import { Shell } from './shell.tsx'
import { Verdicts } from './verdicts.tsx'

const texts = [...hostilePieces, `"><img src=x onerror=alert(1)>`, `'-alert(1)-'`, '</script><script>alert(1)</script>']

/** Everything that a text could have broken out into. */
const shape = (html: string) => html.match(/<\/?[a-z][a-z0-9]*/g)?.join(' ')

const shown: [name: string, make: (text: string) => ReactElement][] = [
  ['a fact', text => <Facts facts={[{ label: text, value: text, note: text }]} />],
  [
    'a notice',
    text => (
      <Notice kind="info" title={text}>
        {text}
      </Notice>
    )
  ],
  ['a problem with a form', text => <ErrorSummary problems={[{ field: text, says: text }]} />],
  [
    'a field',
    text => <Fields fields={[{ name: 'a', label: text, hint: text, kind: 'text', value: [text] }]} problems={[]} />
  ],
  [
    'a long field',
    text => <Fields fields={[{ name: 'a', label: text, kind: 'lines', value: [text] }]} problems={[]} />
  ],
  ['code', text => <Code code={text} language="text" label={text} />],
  [
    'a change',
    text => (
      <ChangeList
        then={[]}
        changes={[{ says: text, method: 'POST', path: '/applications', body: { displayName: text } }]}
      />
    )
  ],
  [
    'a problem of Microsoft’s',
    text => (
      <ProblemBox
        problem={{
          id: 'x',
          title: text,
          happened: text,
          todo: [text],
          reference: { status: 400, code: text, requestId: text, message: text }
        }}
      />
    )
  ],
  [
    'a result of the test',
    text => (
      <ResultsTable
        caption={text}
        rows={[
          { key: 'a', address: text, protocol: 'IMAP', outcome: 'refused', says: text, age: text, whyHref: `/?${text}` }
        ]}
      />
    )
  ],
  ['a gate', text => <GateList gates={[{ id: 'a', title: text, state: 'shut', because: text }]} />],
  [
    'what a receipt says',
    text => (
      <Verdicts verdicts={[{ about: 'receipt', subject: text, kind: 'wrong', says: text, todo: text, line: 1 }]} />
    )
  ],
  [
    'the frame of a page',
    text => (
      <Shell person={{ name: text, username: text }} tenant={{ name: text, detail: text }}>
        x
      </Shell>
    )
  ]
]

describe.each(shown)('%s', (_name, make) => {
  it('shows any text as text: the elements stay the same', () => {
    const plain = shape(renderToStaticMarkup(make('x')))
    for (const text of texts) expect([text, shape(renderToStaticMarkup(make(text)))]).toEqual([text, plain])
  })
})

it('a script in colours has no elements but those of colours', () => {
  const bare = (text: string) => {
    const html = renderToStaticMarkup(<Code code={`$x = '${text}'`} language="powershell" label="A script" />)
    return shape(html.replace(/<\/?span\b[^>]*>/g, ''))
  }
  for (const text of texts) expect([text, bare(text)]).toEqual([text, bare('x')])
})

it('a text that is put in as HTML would be noticed', () => {
  expect(shape(`<p>${texts.at(-1)}</p>`)).not.toBe(shape('<p>x</p>'))
})
