// The pages of setups in other clouds, judged as every-page.spec.ts judges all the others.
// The rule it keeps: its product is its own, as it is started with clouds that no other story has.
import { test } from '@playwright/test'
import { walksInOtherClouds } from './every-state.ts'
import { startWithOtherClouds } from './fixtures/other-clouds.ts'
import { controlOf } from './fixtures/practice.ts'
import { judged } from './judged.ts'
import { WizardPage } from './wizard-page.ts'

for (const [name, walk] of Object.entries(walksInOtherClouds))
  test(`no violation on any page, and no policy broken: ${name}`, async ({ browser }) => {
    test.setTimeout(600_000)
    const product = await startWithOtherClouds()
    const context = await browser.newContext({ baseURL: product.url })
    try {
      const practice = controlOf(product)
      await practice.reset()
      await judged(walk, { wizard: new WizardPage(await context.newPage()), practice, product })
    } finally {
      await context.close()
      await product.stop()
    }
  })
