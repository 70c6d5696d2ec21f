// Pictures of every page in every state, at 1280 and 390 wide, light and dark, for people to look at:
// node --import tsx e2e/look.ts [folder]. The rule it keeps: it judges nothing, and stops nothing that it did not start.
import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import config from '../playwright.config.ts'
import { type Product, startProduct } from '../scripts/ordeal/product.ts'
import { walks, walksInOtherClouds } from './every-state.ts'
import { startWithOtherClouds } from './fixtures/other-clouds.ts'
import { controlOf } from './fixtures/practice.ts'
import { lookAs, looks } from './looks.ts'
import type { Walk } from './states/walk.ts'
import { WizardPage } from './wizard-page.ts'

const [folder = mkdtempSync(join(tmpdir(), 'mail-oauth-wizard-look-')), only] = process.argv.slice(2)
mkdirSync(folder, { recursive: true })
const browser = await chromium.launch(config.use?.launchOptions)
try {
  await picture(walks, startProduct)
  await picture(walksInOtherClouds, startWithOtherClouds)
} finally {
  await browser.close()
}
console.log(`The pictures are in ${folder}`)

async function picture(these: typeof walks, start: () => Promise<Product>) {
  const wanted = Object.entries(these).filter(([name]) => !only || name.includes(only))
  if (wanted.length === 0) return
  const product = await start()
  try {
    for (const [name, walk] of wanted) await take(name, walk, product)
  } finally {
    await product.stop()
  }
}

async function take(name: string, walk: (walk: Walk) => Promise<void>, product: Product) {
  const practice = controlOf(product)
  await practice.reset()
  const context = await browser.newContext({ baseURL: product.url })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  const visit = async (state: string) => {
    for (const look of looks) {
      await lookAs(page, look)
      await page.screenshot({ path: join(folder, `${state}-${look.name}.png`), fullPage: true })
    }
    await lookAs(page, looks[0])
    console.log(`${name}: ${state}`)
  }
  try {
    await walk({ wizard: new WizardPage(page), practice, visit })
  } catch (error) {
    await page.screenshot({ path: join(folder, `stopped-${name.replaceAll(' ', '-')}.png`), fullPage: true })
    console.error(`${name} stopped: ${error}`)
    process.exitCode = 1
  }
  await context.close()
}
