// What the components promise to whoever cannot see them, and to whoever may paste the wrong ID.
import { createElement, type ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { ChangeList } from './changes.tsx'
import { Code } from './code.tsx'
import { Facts } from './facts.tsx'
import { ErrorSummary, Fields } from './fields.tsx'
import { IdsSideBySide } from './ids.tsx'
import { RunLog } from './run-log.tsx'
import { StepRail } from './step-rail.tsx'

const render = (element: ReactElement) => renderToStaticMarkup(element)
const own = '11111111-2222-4333-8444-555555555555'
const enterprise = 'bf822882-b0bf-4acc-a606-7da6b107a435'
const textOf = (html: string) =>
  html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#x27;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')

describe('the wrong object ID', () => {
  it('is struck out, named, and not copied by a button in a list of facts', () => {
    const html = render(<Facts facts={[{ label: 'Object ID', value: own, notThisOne: true, copy: true }]} />)
    expect(html).toContain(`${own}</s>`)
    expect(html).toContain('Not this one')
    expect(html).not.toContain('<button')
  })

  it('stands beside the right one, and only the right one can be copied', () => {
    const html = render(<IdsSideBySide application={own} enterprise={enterprise} why="Because" />)
    expect(html).toContain(`<s>${own}</s>`)
    expect(html).not.toContain(`<s>${enterprise}</s>`)
    expect(html.match(/<button/g)).toHaveLength(1)
    expect(html).toContain('Use this one')
  })
})

describe('code', () => {
  const script = `$a = 'it''s' # “quoted” <b>\nWrite-Host "$($a.Length) & more"\n@{ x = 1 }\n`

  it.each(['powershell', 'csharp', 'python', 'javascript', 'bash', 'json', 'ini', 'java', 'text'] as const)(
    'keeps every character when it is coloured as %s',
    language => {
      const html = render(<Code code={script} language={language} label="A script" />)
      expect(textOf(html.slice(html.indexOf('<code>'), html.indexOf('</code>')))).toBe(script)
    }
  )

  it('is the same when it is shown again, and another text is another', () => {
    const shown = (code: string) => render(<Code code={code} language="powershell" label="A script" />)
    expect(shown(script)).toBe(shown(script))
    expect(shown('$b = 2')).not.toBe(shown('$b = 3'))
  })

  it('is coloured by classes and never by style attributes', () => {
    const html = render(<Code code={script} language="powershell" label="A script" />)
    expect(html).toContain('class="hljs-')
    expect(html).not.toContain('style=')
  })

  it('can be reached and named where it scrolls', () => {
    expect(render(<Code code={script} language="text" label="A script" />)).toMatch(
      /role="group" tabindex="0" aria-label="A script"/i
    )
  })

  it('that is too long to paste shows its beginning and the download', () => {
    const long = "'somebody@contoso.example'\n".repeat(10_000)
    const html = render(<Code code={long} language="powershell" label="A script" downloadHref="/script.ps1" />)
    expect(html.length).toBeLessThan(100_000)
    expect(html).toContain('href="/script.ps1"')
    expect(html).not.toContain('<button')
  })
})

describe('a form', () => {
  const fields = [
    { name: 'name', label: 'Name', hint: 'As your client knows it', kind: 'text', value: ['Invoices'] },
    {
      name: 'protocols',
      label: 'Protocols',
      kind: 'some-of',
      value: ['IMAP'],
      choices: [{ value: 'IMAP', label: 'IMAP' }]
    }
  ] as const
  const problems = [
    { field: 'name', says: 'Enter a name' },
    { field: 'protocols', says: 'Choose a protocol' }
  ]

  it('ties hints and problems to their fields', () => {
    const html = render(<Fields fields={fields} problems={problems} />)
    expect(html).toMatch(/<input[^>]*aria-describedby="field-name-hint field-name-problem"[^>]*aria-invalid="true"/)
    expect(html).toMatch(/<fieldset[^>]*aria-describedby="field-protocols-problem"/)
    for (const [, ids = ''] of html.matchAll(/aria-describedby="([^"]*)"/g)) {
      for (const id of ids.split(' ')) expect(html).toContain(`id="${id}"`)
    }
  })

  it('has a summary whose links lead to fields that are there', () => {
    const html = render(<Fields fields={fields} problems={problems} />)
    const links = [...render(<ErrorSummary problems={problems} />).matchAll(/href="#([^"]*)"/g)].map(found => found[1])
    expect(links).toHaveLength(2)
    for (const link of links) expect(html).toMatch(new RegExp(`<input[^>]* id="${link}"|<input id="${link}"`))
  })

  it('says nothing of problems when there are none', () => {
    expect(render(<ErrorSummary problems={[]} />)).toBe('')
    expect(render(<Fields fields={fields} />)).not.toContain('aria-invalid="')
  })
})

describe('the step rail', () => {
  const items = [
    { id: 'a', title: 'Find the tenant', state: 'done', href: '/a' },
    { id: 'b', title: 'Add the permissions', state: 'current', href: '/b' },
    { id: 'c', title: 'Open the mailboxes', state: 'closed', href: '/c' }
  ] as const
  const html = render(createElement(StepRail, { setupName: 'Invoices', items }))

  it('marks exactly the step one is at', () => {
    // Twice: once beside the page, once folded away for phones.
    expect(html.match(/<a [^>]*aria-current="step"[^>]*>/g)).toHaveLength(2)
    expect(html).toContain('Step 2 of 3:')
  })

  it('never links what cannot start yet, and says so', () => {
    expect(html).not.toContain('href="/c"')
    expect(html).toContain('Cannot start yet')
  })
})

it('a run is a plain form where there is no JavaScript', () => {
  const html = render(<RunLog action="/run" body={{ setup: 's1' }} label="Do it" pendingLabel="Working" />)
  expect(html).toMatch(/<form action="\/run" method="post">/)
  expect(html).toContain('<input type="hidden" name="setup" value="s1"/>')
  expect(html).toMatch(/<button type="submit"[^>]*>Do it<\/button>/)
})

it('the preview shows the sentences, and for each its method, path and body', () => {
  const html = render(
    <ChangeList
      changes={[
        { says: 'Create the application', method: 'POST', path: '/applications', body: { displayName: 'Invoices' } }
      ]}
      then={['Grant it the permissions']}
    />
  )
  const text = textOf(html)
  for (const part of [
    'Create the application',
    'POST /applications',
    '"displayName": "Invoices"',
    'Grant it the permissions'
  ]) {
    expect(text).toContain(part)
  }
})
