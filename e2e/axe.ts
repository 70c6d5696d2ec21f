// What a machine can judge of a page: axe's rules, and that nothing makes a narrow screen scroll sideways.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { lookAs, looks } from './looks.ts'

/** What is wrong with the page as it is shown now; empty when nothing is. */
export async function violations(page: Page): Promise<readonly string[]> {
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

/** Pairs that show every width and every scheme. */
const pairs = [
  [looks[0], looks[3]],
  [looks[1], looks[2]]
] as const

/** What is wrong with the page in two opposite looks, with the look's name before it. Leaves the page in the first look.
 *  What a width moves is not coloured by it, and what a scheme colours is not moved by it (a rule of the house), so two looks
 *  show what four do; `turn` counts the states of a walk, so that what only one width shows is seen in both schemes too. */
export async function violationsInOppositeLooks(page: Page, turn: number): Promise<readonly string[]> {
  const found: string[] = []
  for (const look of pairs[turn % 2 === 0 ? 0 : 1]) {
    await lookAs(page, look)
    found.push(...(await violations(page)).map(what => `${look.name}: ${what}`))
  }
  await lookAs(page, looks[0])
  return found
}
