// The practice portal, a very plain Entra, as a person uses it on the manual path.
// The rule it keeps: what the wizard gets told by hand was read here, on a page, and nowhere else.
import { expect, type Page } from '@playwright/test'
import type { PersonName } from './microsoft-page.ts'

export class PortalPage {
  readonly page: Page
  readonly http: string

  /** @param http the practice tenant's http address */
  constructor(page: Page, http: string) {
    this.page = page
    this.http = http
  }

  async openAs(person: PersonName) {
    await this.page.goto(`${this.http}/portal`)
    await this.page
      .getByRole('link', { name: new RegExp(`^${person},`) })
      .first()
      .click()
    await expect(this.page.getByRole('heading', { name: 'App registrations' })).toBeVisible()
  }

  /** The value beside a name on the page that is open. */
  async read(label: string): Promise<string> {
    const term = this.page.getByRole('term').filter({ hasText: new RegExp(`^${label.replace(/[()]/g, '\\$&')}$`) })
    return (await term.locator('xpath=following-sibling::dd[1]').innerText()).trim()
  }

  /** Registers an application; its page opens. */
  async register(name: string) {
    await this.page.getByLabel('Name').fill(name)
    await this.page.getByRole('button', { name: 'Register' }).click()
    await expect(this.page.getByRole('heading', { level: 1, name })).toBeVisible()
  }
  async openApplication(name: string) {
    await this.page.getByRole('link', { name: 'All applications of this tenant' }).click()
    await this.page.getByRole('link', { name, exact: true }).first().click()
    await expect(this.page.getByText('Managed application in local directory')).toBeVisible()
  }
  /** The IDs of the application whose page is open, the enterprise application's read from its own page. */
  async readIds(name: string) {
    const appId = await this.read('Application (client) ID')
    const applicationObjectId = await this.read('Object ID')
    const tenantId = await this.read('Directory (tenant) ID')
    await this.page.getByRole('definition').getByRole('link', { name }).click()
    await expect(this.page.getByRole('heading', { name: 'Properties of the enterprise application' })).toBeVisible()
    const enterpriseObjectId = await this.read('Object ID')
    await this.page.goBack()
    return { appId, applicationObjectId, tenantId, enterpriseObjectId }
  }
  async addPermissions(values: readonly string[]) {
    for (const value of values) await this.page.getByRole('checkbox', { name: value }).check()
    await this.page.getByRole('button', { name: 'Add permissions' }).click()
    for (const value of values) await expect(this.page.getByText(`${value}, Not granted`)).toBeVisible()
  }
  async grantConsent() {
    await this.page.getByRole('button', { name: /^Grant admin consent for / }).click()
    await expect(this.page.getByText(/,\s+Granted for /).first()).toBeVisible()
  }
  /** The new secret as the portal shows it, once. */
  async newSecret(): Promise<{ value: string; secretId: string }> {
    await this.page.getByRole('button', { name: 'New client secret' }).click()
    await expect(this.page.getByRole('heading', { name: 'New client secret' })).toBeVisible()
    return { value: await this.read('Value'), secretId: await this.read('Secret ID') }
  }
}
