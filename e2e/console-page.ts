// The practice tenant's Exchange console: a PowerShell window that a person pastes the wizard's scripts into.
// The rule it keeps: a script gets here as text, off the wizard's page; what it did is read from its receipt.
import { expect, type Locator, type Page } from '@playwright/test'
import { type Receipt, readReceipt } from '../lib/powershell/receipt.ts'

export class ConsolePage {
  readonly page: Page
  readonly output: Locator
  readonly ending: Locator

  constructor(page: Page) {
    this.page = page
    this.output = page.getByRole('region', { name: 'Output' })
    this.ending = page.getByRole('status')
  }

  /**
   * Runs a script in a fresh window.
   * @param http the practice tenant's http address
   * @param as user principal name of whoever signs in
   */
  async run(http: string, script: string, as: string) {
    await this.page.goto(`${http}/exchange`)
    await this.page.getByLabel('Script', { exact: true }).fill(script)
    await this.page.getByLabel('Sign in as').selectOption(as)
    await this.page.getByRole('button', { name: 'Run' }).click()
    await expect(this.ending).toBeVisible()
  }
  async expectNoErrors() {
    await expect(this.ending).toContainText('The script ran without errors. Exit code 0.')
  }
  /** The receipt at the end of what the window shows. Throws when there is none. */
  async receipt(): Promise<Receipt> {
    const read = readReceipt(await this.output.innerText())
    if (!read.ok) throw new Error(read.says)
    return read.receipt
  }
}
