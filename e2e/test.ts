// What every story begins with: the built product that remembers nobody, a practice tenant as new, a browser of its own and
// the wizard's page.
// The rule it keeps: a story finds no trace of the one before it.
import type { BrowserContext } from '@playwright/test'
import { emptyDatabase } from './fixtures/empty-database.ts'
import { controlOf, type PracticeControl } from './fixtures/practice.ts'
import { test as base } from './fixtures/product.ts'
import { WizardPage } from './wizard-page.ts'

type Cookies = Awaited<ReturnType<BrowserContext['storageState']>>

export { expect } from '@playwright/test'

type Fixtures = {
  practice: PracticeControl
  wizard: WizardPage
  /** Another browser, of somebody else or of the same person later; with the cookies that were kept, if any. */
  openBrowser: (kept?: Cookies) => Promise<WizardPage>
}

export const test = base.extend<Fixtures>({
  practice: [
    async ({ product }, use) => {
      await emptyDatabase(product.databaseUrl)
      const practice = controlOf(product)
      await practice.reset()
      await use(practice)
    },
    { auto: true }
  ],
  openBrowser: async ({ browser, baseURL }, use) => {
    const contexts: BrowserContext[] = []
    await use(async kept => {
      const context = await browser.newContext({ storageState: kept, baseURL })
      contexts.push(context)
      return new WizardPage(await context.newPage())
    })
    for (const context of contexts) await context.close()
  },
  wizard: async ({ page }, use) => use(new WizardPage(page))
})
