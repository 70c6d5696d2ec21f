// Microsoft's side of a sign-in as the practice tenant shows it: pick an account, allow, be refused.
// The rule it keeps: the only place that knows these pages' labels.
import type { Locator, Page } from '@playwright/test'

/** Who lives in the practice tenants, by the beginning of the button that signs them in. */
export type PersonName =
  | 'Ada Lindqvist'
  | 'Ben Okafor'
  | 'Chloe Martin'
  | 'Dev Patel'
  | 'Fatima Rossi'
  | 'Noor Haddad'
  | 'Erik Solberg'

export class MicrosoftPage {
  readonly page: Page
  readonly accounts: Locator
  readonly consent: Locator
  readonly approval: Locator

  constructor(page: Page) {
    this.page = page
    this.accounts = page.getByRole('heading', { name: 'Pick an account' })
    this.consent = page.getByRole('heading', { name: 'Permissions requested' })
    this.approval = page.getByRole('heading', { name: 'Need admin approval' })
  }

  account(person: PersonName): Locator {
    return this.page.getByRole('button', { name: new RegExp(`^${person},`) })
  }

  async pick(person: PersonName) {
    await this.account(person).click()
  }

  /** Accounts of other tenants, folded where a tenant was named. */
  async openOtherAccounts() {
    await this.page.getByText('Accounts that are not in this tenant').click()
  }
  /** Microsoft's own error page, by its code. */
  refusal(code: string): Locator {
    return this.page.getByText(code)
  }
  async accept() {
    await this.page.getByRole('button', { name: 'Accept' }).click()
  }

  async refuse() {
    await this.page.getByRole('button', { name: 'Cancel', exact: true }).click()
  }

  async returnWithoutConsent() {
    await this.page.getByRole('button', { name: 'Return to the application without granting consent' }).click()
  }
}
