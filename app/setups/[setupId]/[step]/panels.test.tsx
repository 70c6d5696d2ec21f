// What the page of a step makes of code and programs: all of it there without JavaScript, and each piece copied whole.
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { programsFor } from '../../../../lib/samples/programs.ts'
import { samplesFor, secretSnippets } from '../../../../lib/samples/samples.ts'
import type { Panel } from '../../../../lib/steps/step.ts'
import { sampleInput } from '../../../../test-data/sample-input.ts'
import { Programs } from './programs.tsx'
import { Samples } from './samples.tsx'

const input = sampleInput({ mailbox: "o'neil@contoso.example" })
const samples: Extract<Panel, { kind: 'samples' }> = {
  kind: 'samples',
  title: 'Code',
  why: 'Because',
  first: secretSnippets,
  samples: samplesFor(input)
}
const programs: Extract<Panel, { kind: 'programs' }> = {
  kind: 'programs',
  title: 'Programs',
  why: 'Because',
  programs: programsFor(input)
}

const textOf = (html: string) =>
  html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#x27;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')

/** The code blocks as they are read, each inside a box that scrolls by itself. */
const blocksOf = (html: string) =>
  [
    ...html.matchAll(
      /<div role="group" tabindex="0"[^>]*class="[^"]*overflow-auto[^"]*"><pre[^>]*><code>(.*?)<\/code>/gis
    )
  ].map(([, code = '']) => textOf(code))

describe('the samples', () => {
  const html = renderToStaticMarkup(<Samples panel={samples} />)

  test('show every character of every file, in a box that scrolls by itself', () => {
    const codes = [...secretSnippets, ...samples.samples.flatMap(({ files }) => files)].map(({ code }) => code)
    expect(blocksOf(html)).toEqual(codes)
    expect(html.match(/<button/g)).toHaveLength(codes.length)
  })

  test('fold each language, and say of each whether our tests run it', () => {
    const summaries = [...html.matchAll(/<summary.*?<\/summary>/gs)].map(([summary]) => textOf(summary))
    expect(summaries).toEqual([
      'First put the client secret into the environment',
      'curl Run in our tests',
      'C# (MailKit) Not run in our tests',
      'Node.js (imapflow, nodemailer) Run in our tests',
      'Python (standard library) Not run in our tests',
      'PowerShell Not run in our tests'
    ])
  })
})

describe('the programs', () => {
  const html = renderToStaticMarkup(<Programs panel={programs} />)

  test('show every file whole, and every source as a link', () => {
    expect(blocksOf(html)).toEqual(programs.programs.flatMap(({ files }) => files.map(({ code }) => code)))
    for (const source of programs.programs.flatMap(({ sources }) => sources)) expect(html).toContain(`href="${source}"`)
  })

  test('say what is not confirmed, and only where there is something', () => {
    const open = programs.programs.filter(({ notConfirmed }) => notConfirmed.length > 0)
    expect(html.match(/>Not confirmed</g)).toHaveLength(open.length)
    for (const line of open.flatMap(({ notConfirmed }) => notConfirmed)) expect(textOf(html)).toContain(line)
  })
})
