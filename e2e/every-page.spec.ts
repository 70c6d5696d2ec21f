// Every page in every state: no axe violation, light and dark, wide and narrow; no narrow page scrolls sideways; each runs
// under its own policy without one complaint, and asks nobody else for anything.
import { violations, violationsInEveryLook } from './axe.ts'
import { walks } from './every-state.ts'
import { judged } from './judged.ts'
import { expect, test } from './test.ts'

// The longest file of all: its walks are shared out among the workers.
test.describe.configure({ mode: 'parallel' })

for (const [name, walk] of Object.entries(walks))
  test(`no violation on any page, and no policy broken: ${name}`, async ({ wizard, practice, product, context }) => {
    // A busy machine is no failure: a long walk is looked at four times in every state.
    test.setTimeout(600_000)
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await judged(walk, { wizard, practice, product })
  })

const page = (head: string, main: string) =>
  `<!doctype html><html lang="en"><title>Faults</title>${head}<main><h1>Faults</h1>${main}</main></html>`

test('a page with known faults fails, so the judge is awake', async ({ page: browser }) => {
  const wide = '<div style="width:2000px">Wide</div>'
  await browser.setContent(page('', `<img src="data:,"><p style="color:#ccc">Pale</p>${wide}`))
  const found = (await violations(browser)).join('\n')
  expect(found).toContain('image-alt')
  expect(found).toContain('color-contrast')
  expect(found).toContain('scrolls sideways')
})

test('a fault that one look alone shows is found, whatever rule it breaks', async ({ page: browser }) => {
  const dark = (rules: string) => `@media (prefers-color-scheme: dark) { ${rules} }`
  const narrow = (rules: string) => `@media (max-width: 400px) { ${rules} }`
  const found = async (style: string, faults: string) => {
    await browser.setContent(page(`<style>${style}</style>`, faults))
    return (await violationsInEveryLook(browser)).map(line => line.split(': ', 2).join(': '))
  }
  const pale = '<p>Pale</p>'
  expect(await found(dark('p { color: #ccc }'), pale)).toEqual([
    'wide-dark: color-contrast',
    'narrow-dark: color-contrast'
  ])
  expect(await found(narrow(dark('p { color: #ccc }')), pale)).toEqual(['narrow-dark: color-contrast'])
  const image = '<img src="data:,">'
  expect(await found(`img { display: none } ${dark('img { display: block }')}`, image)).toEqual([
    'wide-dark: image-alt',
    'narrow-dark: image-alt'
  ])
  const narrowImage = `img { display: none } ${narrow('img { display: block }')}`
  expect(await found(narrowImage, image)).toEqual(['narrow-light: image-alt', 'narrow-dark: image-alt'])
  expect(await found(narrow(dark('p { width: 500px }')), pale)).toEqual(['narrow-dark: scrolls sideways'])
})
