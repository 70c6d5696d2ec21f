// What a machine can judge of a page: axe's rules, and that nothing makes a narrow screen scroll sideways.
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { lookAs, looks } from './looks.ts'

/** What is wrong with the page as it is shown now; empty when nothing is. */
export async function violations(page: Page): Promise<readonly string[]> {
  // A page's title may stream in after what else it shows.
  await expect(page).toHaveTitle(/\S/)
  // AxeBuilder sends a page half a megabyte at every look unless it is given something else; a document needs it once.
  const isThere = await page.evaluate(() => typeof (window as { axe?: { run?: unknown } }).axe?.run === 'function')
  const given = isThere ? { page, axeSource: ';' } : { page }
  // No page of ours has a frame, so axe need not open a window of its own to put frames together.
  const axe = new AxeBuilder(given).setLegacyMode(true).options({ resultTypes: ['violations'] })
  const { violations: found } = await axe.analyze()
  const overflow = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return scrollWidth > clientWidth ? [`scrolls sideways: ${scrollWidth} px in ${clientWidth} px`] : []
  })
  return [
    ...found.flatMap(({ id, nodes }) =>
      nodes.map(
        ({ html, failureSummary }) => `${id}: ${html.slice(0, 120)}: ${failureSummary?.replaceAll(/\s+/g, ' ')}`
      )
    ),
    ...overflow
  ]
}

/** What is wrong with the page in any look, with the look's name before it. Leaves the page in the first look. */
export async function violationsInEveryLook(page: Page): Promise<readonly string[]> {
  const found: string[] = []
  for (const look of looks) {
    await lookAs(page, look)
    found.push(...(await violations(page)).map(what => `${look.name}: ${what}`))
  }
  await lookAs(page, looks[0])
  return found
}
