// What a machine can judge of a page: axe's rules, and that nothing makes a narrow screen scroll sideways.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** What is wrong with the page as it is shown now; empty when nothing is. */
export async function violations(page: Page): Promise<readonly string[]> {
  // No page of ours has a frame, so axe need not open a window of its own to put frames together.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] })
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
