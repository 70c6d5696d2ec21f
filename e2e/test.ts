// What every story begins with: the built product, a practice tenant as new, a browser of its own and the wizard's page.
// The rule it keeps: a story finds no trace of the one before it.
import { controlOf, type PracticeControl } from './fixtures/practice.ts'
import { test as base } from './fixtures/product.ts'
import { WizardPage } from './wizard-page.ts'

export { expect } from '@playwright/test'

type Fixtures = { practice: PracticeControl; wizard: WizardPage }

export const test = base.extend<Fixtures>({
  practice: [
    async ({ product }, use) => {
      const practice = controlOf(product.practice.http)
      await practice.reset()
      await use(practice)
    },
    { auto: true }
  ],
  wizard: async ({ page }, use) => use(new WizardPage(page))
})
