// No axe violation on any page in any state, light and dark, wide and narrow; and no narrow page scrolls sideways.
import { violations } from './axe.ts'
import { walks } from './every-state.ts'
import { lookAs, looks } from './looks.ts'
import { expect, test } from './test.ts'

for (const [name, walk] of Object.entries(walks))
  test(`no violation on any page: ${name}`, async ({ wizard, practice }) => {
    // A busy machine is no failure: a long walk is looked at four times in every state.
    test.setTimeout(600_000)
    const states = new Set<string>()
    const visit = async (state: string) => {
      expect(states.has(state), `${state} is visited once`).toBe(false)
      states.add(state)
      for (const look of looks) {
        await lookAs(wizard.page, look)
        expect.soft(await violations(wizard.page), `${state}, ${look.name}`).toEqual([])
      }
      await lookAs(wizard.page, looks[0])
    }
    await walk({ wizard, practice, visit })
  })

test('a page with known faults fails, so the judge is awake', async ({ page }) => {
  await page.setContent(`<!doctype html><html lang="en"><title>Faults</title><main><h1>Faults</h1>
<img src="data:,"><p style="color:#ccc">Pale</p><div style="width:2000px">Wide</div></main></html>`)
  const found = (await violations(page)).join('\n')
  expect(found).toContain('image-alt')
  expect(found).toContain('color-contrast')
  expect(found).toContain('scrolls sideways')
})
