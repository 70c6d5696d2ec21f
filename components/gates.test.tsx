// What the list of gates promises to whoever sees no colours, or nothing at all.
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { GateList, type ShownGate } from './gates.tsx'

const gates: readonly ShownGate[] = [
  { id: 'a', title: 'The secret is accepted', state: 'passed', because: 'Microsoft gave a token 2 minutes ago.' },
  { id: 'b', title: 'Exchange knows the application', state: 'shut', because: 'The receipt shows <none>.' },
  { id: 'c', title: 'The mailbox is open', state: 'unknown', because: '' }
]
const html = renderToStaticMarkup(<GateList gates={gates} />)
const items = html.split('<li').slice(1)
const textsOf = (item: string) => [...item.matchAll(/<p[^>]*>([^<]*)<\/p>/g)].map(found => found[1])

describe('the gates', () => {
  it('are an ordered list, in the order in which they are given', () => {
    expect(html).toMatch(/^<ol/)
    expect(items.map(item => textsOf(item)[0])).toEqual(gates.map(({ title }) => title))
  })

  it('say their state in words, and not by colour or shape alone', () => {
    expect(items.map(item => textsOf(item)[1])).toEqual(['Passed', 'Shut', 'Not yet known'])
  })

  it('differ in shape too, for whoever sees no colours, and the shape is not read aloud', () => {
    const shapes = items.map(item => /<svg[^>]*>.*<\/svg>/.exec(item)?.[0] ?? '')
    expect(new Set(shapes.map(shape => shape.replace(/^<svg[^>]*>/, ''))).size).toBe(3)
    for (const shape of shapes) expect(shape).toMatch(/^<svg[^>]*aria-hidden="true"/)
  })

  it('say what they rest on, as text, and leave no empty line where there is nothing', () => {
    expect(items.map(textsOf).map(texts => texts.slice(2))).toEqual([
      ['Microsoft gave a token 2 minutes ago.'],
      ['The receipt shows &lt;none&gt;.'],
      []
    ])
  })
})
