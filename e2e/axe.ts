// What a machine can judge of a page: axe's rules, and that nothing makes a narrow screen scroll sideways.
// The rule it keeps: every rule holds in every look. A rule is spared a look only where it would read there, to the last
// byte and pixel, what it has read a moment ago (see `readsOf`).
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { lookAs, looks } from './looks.ts'

/** The rules that read colours: axe's own list, `axe.getRules(['cat.color'])`, without the one that is off by default. */
const rulesOfColour = ['color-contrast', 'link-in-text-block']

/** What is wrong with the page as it is shown now; empty when nothing is. */
export async function violations(page: Page, only?: readonly string[]): Promise<readonly string[]> {
  // AxeBuilder sends a page half a megabyte at every look unless it is given something else; a document needs it once.
  const isThere = await page.evaluate(() => typeof (window as { axe?: { run?: unknown } }).axe?.run === 'function')
  const given = isThere ? { page, axeSource: ';' } : { page }
  // No page of ours has a frame, so axe need not open a window of its own to put frames together.
  const axe = new AxeBuilder(given).setLegacyMode(true).options({ resultTypes: ['violations'] })
  const { violations: found } = await (only ? axe.withRules([...only]) : axe).analyze()
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

/** What is wrong with the page in any look, with the look's name before it. Leaves the page in the first look.
 *  The colours are judged in all looks. The other rules are judged at each width, and again in the other scheme unless
 *  everything that they read is the same there. */
export async function violationsInEveryLook(page: Page): Promise<readonly string[]> {
  const found: string[] = []
  const judged = new Set<string>()
  for (const look of looks) {
    await lookAs(page, look)
    const reads = await readsOf(page)
    const these = await violations(page, judged.has(reads) ? rulesOfColour : undefined)
    judged.add(reads)
    found.push(...these.map(what => `${look.name}: ${what}`))
  }
  await lookAs(page, looks[0])
  return found
}

/** All that axe's rules read of a page beside colours: the document, and of each element its box, what it may scroll,
 *  whether it is shown, and the type that tells a heading from a paragraph; also what stands before and after it. */
function readsOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const each = [...document.querySelectorAll('*')].map(element => {
      const { x, y, width, height } = element.getBoundingClientRect()
      const style = getComputedStyle(element)
      const { display, visibility, opacity, clip, clipPath, overflow, position } = style
      const shown = [display, visibility, opacity, clip, clipPath, overflow, position]
      const type = [style.fontSize, style.fontWeight, style.fontStyle]
      const around = ['::before', '::after'].map(pseudo => getComputedStyle(element, pseudo).content)
      const scrolls = [element.scrollWidth, element.scrollHeight]
      return [x, y, width, height, ...scrolls, ...shown, ...type, ...around].join(' ')
    })
    return [innerWidth, document.documentElement.outerHTML, ...each].join('\n')
  })
}
