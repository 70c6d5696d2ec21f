// The wizard as a person sees it: one page object, as one page renders all steps.
// The rule it keeps: labels of the wizard stand here and nowhere else; a story speaks of what a person does.
import { expect, type Locator, type Page } from '@playwright/test'
import { steps } from '../lib/steps/index.ts'
import type { Protocol } from '../lib/steps/step.ts'
import { MicrosoftPage, type PersonName } from './microsoft-page.ts'

export type StepId =
  | 'find-the-tenant'
  | 'register-the-application'
  | 'add-permissions'
  | 'grant-consent'
  | 'create-a-secret'
  | 'register-in-exchange'
  | 'open-the-mailboxes'
  | 'test-the-connection'
  | 'connect-your-program'

const protocolLabels: Record<Protocol, RegExp> = { IMAP: /^IMAP/, POP: /^POP/, SMTP: /^SMTP/ }

export class WizardPage {
  readonly page: Page
  readonly microsoft: MicrosoftPage

  constructor(page: Page) {
    this.page = page
    this.microsoft = new MicrosoftPage(page)
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' })
  }
  link(name: string | RegExp): Locator {
    return this.page.getByRole('link', { name, exact: typeof name === 'string' })
  }
  field(label: string): Locator {
    return this.page.getByLabel(label, { exact: true })
  }
  title(name: string): Locator {
    return this.page.getByRole('heading', { level: 1, name })
  }
  /** A coloured box, by the words at its top. */
  notice(title: string | RegExp): Locator {
    return this.page.getByText(title)
  }
  /** The red box of a problem, by its title. */
  problem(title: string): Locator {
    return this.page.getByRole('heading', { level: 2, name: title })
  }
  /** What is wrong with a form. */
  get errors(): Locator {
    return this.page.getByRole('alert').filter({ has: this.page.getByRole('heading', { name: 'There is a problem' }) })
  }
  /** The value beside a name in a list of facts. */
  fact(label: string): Locator {
    return this.page
      .locator('dl > div')
      .filter({ has: this.page.getByText(label, { exact: true }) })
      .getByRole('definition')
  }

  async open(path = '/') {
    await this.page.goto(path)
  }
  async expectStep(id: StepId) {
    await expect(this.title(steps.find(step => step.id === id)?.title ?? '')).toBeVisible()
  }
  async press(name: string | RegExp) {
    await this.button(name).click()
  }
  async follow(name: string | RegExp) {
    await this.link(name).click()
  }
  /** A button that JavaScript has taken over: before that it sends a plain form, which answers with a whole page. */
  async expectAwake(name: string) {
    const isTaken = () =>
      this.button(name).evaluate(element => Object.keys(element).some(key => key.startsWith('__reactProps')))
    await expect.poll(isTaken).toBe(true)
  }
  /** Opens what is folded under a line, unless it stands open. */
  async unfold(summary: string) {
    const line = this.page.locator('summary').filter({ has: this.page.getByText(summary, { exact: true }) })
    await expect(line).toBeVisible()
    if ((await line.locator('..').getAttribute('open')) === null) await line.click()
  }

  /** In which tenant all this happens: in sight on every page of a setup. */
  get tenantBar(): Locator {
    return this.page.getByRole('banner')
  }
  get signInButton(): Locator {
    return this.button('Sign in: Practice tenant')
  }
  /** From the start page to the list of setups. */
  async signIn(person: PersonName) {
    await this.open()
    await this.signInButton.click()
    await this.microsoft.pick(person)
    await expect(this.title('Your setups')).toBeVisible()
  }
  async signOut() {
    await this.press('Sign out')
    await expect(this.signInButton).toBeVisible()
  }

  /** From the list of setups to the first step of a new one. Gives the setup's address. */
  async begin(answers: { name?: string; without?: readonly Protocol[]; cloud?: string } = {}): Promise<string> {
    await this.follow('Begin a setup')
    if (answers.name !== undefined) await this.field('Name of the application').fill(answers.name)
    for (const protocol of answers.without ?? [])
      await this.page.getByRole('checkbox', { name: protocolLabels[protocol] }).uncheck()
    if (answers.cloud) await this.page.getByRole('radio', { name: answers.cloud }).check()
    await this.press('Continue')
    await this.expectStep('find-the-tenant')
    return new URL(this.page.url()).pathname.split('/').slice(0, 3).join('/')
  }

  /** Enters the signed-in person's own tenant, which has allowed the wizard before or asks now. */
  async enterMyTenant(firstTime: boolean) {
    await this.press(/^Enter your tenant as /)
    if (firstTime) {
      await expect(this.microsoft.consent).toBeVisible()
      await this.microsoft.accept()
    }
    await this.expectStep('find-the-tenant')
    await this.expectLooked()
  }
  get foldedEntrance(): Locator {
    return this.page.getByText('Let the wizard look for itself', { exact: true })
  }
  /** Off to pick an account for the tenant. */
  async enterWithAnotherAccount() {
    await expect(this.page.getByRole('heading', { name: 'How it stands' })).toBeVisible()
    if (await this.foldedEntrance.isVisible()) await this.unfold('Let the wizard look for itself')
    await this.press(/^Enter (another tenant|this tenant with another account)$/)
  }

  async doAll() {
    await this.button('Do all of it for me').click()
  }
  async doThisStep() {
    await this.press('Do this step')
  }
  async carryOn() {
    await this.press('Carry on')
  }
  /** What the run says while it goes on. */
  get runLog(): Locator {
    return this.page.getByRole('list', { name: 'What happens' }).filter({ has: this.page.getByRole('listitem') })
  }
  /** Waits for the end of a run that was begun here; its page leads on by itself. */
  async expectRunEnded() {
    await expect(this.button('At work')).toHaveCount(0, { timeout: 40_000 })
  }
  /** After an interruption: goes on, as a patient person would, until the secret is shown. */
  async carryOnUntilTheSecret() {
    const all = this.button('Do all of it for me')
    const on = all.or(this.link('Continue')).first()
    await expect(async () => {
      await this.expectRunEnded()
      await expect(on.or(this.secretSection).first()).toBeVisible()
      if (await this.secretSection.isVisible()) return
      if (await all.isVisible()) await all.click({ timeout: 3_000 })
      else await this.link('Continue').click({ timeout: 3_000 })
      await this.expectRunEnded()
      await expect(this.secretSection).toBeVisible({ timeout: 1_000 })
    }).toPass({ timeout: 60_000 })
  }
  async lookAgain() {
    await this.follow('Look again')
    await this.expectLooked()
  }
  /** A page whose fresh look has arrived. */
  async expectLooked() {
    await expect(this.link('Look again')).toBeVisible()
    await expect(this.page.getByText('Looking at the tenant …')).toHaveCount(0)
  }
  async continueTo(id: StepId) {
    await this.follow('Continue')
    await this.expectStep(id)
  }

  /** The one showing of the client secret. */
  get secretSection(): Locator {
    return this.page.getByRole('heading', { name: 'Your client secret' })
  }
  async readSecret(): Promise<string> {
    await expect(this.secretSection).toBeVisible()
    return this.page
      .getByText('Client secret', { exact: true })
      .locator('xpath=following-sibling::div/span[1]')
      .innerText()
  }
  async copySecret(): Promise<string> {
    await expect(this.secretSection).toBeVisible()
    return this.copy('Client secret')
  }
  async secretIsStored() {
    await this.press('I have stored it')
    await this.expectStep('register-in-exchange')
  }

  /** From the list of setups to the first step in Exchange: everything in Entra is done by itself, and the secret is stored. */
  async doEntra(answers: Parameters<WizardPage['begin']>[0] = {}): Promise<{ setup: string; secret: string }> {
    const setup = await this.begin(answers)
    await this.enterMyTenant(false)
    await this.doAll()
    const secret = await this.readSecret()
    await this.secretIsStored()
    return { setup, secret }
  }

  /** Presses a copy button and reads the clipboard. */
  async copy(label: string): Promise<string> {
    await this.button(`Copy ${label}`).click()
    await expect(this.page.getByRole('status').filter({ hasText: `Copied ${label}` })).toHaveCount(1)
    return this.page.evaluate(() => navigator.clipboard.readText())
  }

  /** The text of a script's box. */
  script(label: string): Locator {
    return this.page.getByRole('group', { name: label, exact: true })
  }
  /** By the rail beside the page. */
  async goToStep(id: StepId) {
    const { title } = steps.find(step => step.id === id) as { title: string }
    const name = new RegExp(`^${title}( - | Done, | There is |$)`)
    await this.page.getByRole('navigation', { name: 'Steps' }).getByRole('link', { name }).click()
    await this.expectStep(id)
  }

  /** By the rail, from an Exchange step whose page is alive: copy buttons come with JavaScript. A field that is filled while its
   *  page still wakes up would keep its suggestion beside what is typed. */
  async goOnTo(id: StepId) {
    await expect(this.button(/^Copy /).first()).toBeVisible()
    await this.goToStep(id)
  }

  /** Opens the manual path of the step that is shown. */
  async byHand() {
    await this.unfold('Do this step by hand')
  }
  async lookUpTenant(domain: string) {
    await this.byHand()
    await this.field('Domain name or directory (tenant) ID').fill(domain)
    await this.press('Look up the tenant')
  }
  /** Fills in the IDs of a registered application; opens the manual path unless it stands open with an error. */
  async tellIds(ids: { appId?: string; enterpriseObjectId?: string; applicationObjectId?: string }) {
    const appId = this.field('Application (client) ID')
    if (!(await appId.isVisible())) await this.byHand()
    await appId.fill(ids.appId ?? '')
    await this.field('Object ID of the enterprise application').fill(ids.enterpriseObjectId ?? '')
    await this.field('Object ID of the application registration (optional)').fill(ids.applicationObjectId ?? '')
    await this.press('Check these IDs')
  }
  async tellSecret(value: string) {
    const field = this.field('Value of the client secret (optional)')
    if (!(await field.isVisible())) await this.byHand()
    await field.fill(value)
    await this.press('Check the secret with Microsoft')
  }
  /** Chooses an application that the tenant already has. */
  async adopt(clientId: string) {
    await this.unfold('Use an existing application')
    await this.page.getByRole('radio', { name: 'Use an application that this tenant already has' }).check()
    await this.field('Application (client) ID of the existing application').fill(clientId)
    await this.press('Save the choice')
  }
  /** Gives one's word that the step that is shown is done; the next one opens. */
  async doneByHandThen(next: StepId) {
    await this.byHand()
    await this.press('I have done it by hand')
    await this.expectStep(next)
  }

  async chooseLifetime(label: string) {
    await this.unfold('Choose another lifetime')
    await this.page.getByRole('radio', { name: label }).check()
    await this.press('Save the choice')
    await expect(this.notice('Saved')).toBeVisible()
  }
  async somebodyElseRuns(admin: string) {
    await this.unfold('Somebody else runs it')
    await this.field('Who runs the script').fill(admin)
    await this.press('Put it into the scripts')
    await expect(this.notice('Saved')).toBeVisible()
  }

  async typeMailboxes(lines: string) {
    await this.field('Mailboxes').fill(lines)
    await this.press('Save the mailboxes')
  }
  async fillMailboxes(lines: string) {
    await this.typeMailboxes(lines)
    await expect(this.notice('Saved')).toBeVisible()
  }
  /** Adds a CSV file to the list that stands there, and saves both. */
  async uploadMailboxes(csv: string) {
    const file = { name: 'mailboxes.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) }
    await this.field('Or read them from a CSV file').setInputFiles(file)
    await this.press('Save the mailboxes')
    await expect(this.notice('Saved')).toBeVisible()
  }
  /** Gives one's word that an Exchange step is done; the next step opens. */
  async itRanThen(next: StepId) {
    await this.press('Yes, it is done')
    await this.expectStep(next)
  }

  /** Pastes what the PowerShell window shows, and waits for what it means. */
  async pasteReceipt(text: string) {
    await this.field('What the PowerShell window shows').fill(text)
    await this.press('Read it')
    await expect(
      this.page.getByRole('heading', { level: 3, name: /^(Right|Wrong|Not shown|Cannot be told): / }).first()
    ).toBeVisible()
  }
  /** What was said of a pasted text: "Right: Receipt of ...". */
  verdict(name: string | RegExp): Locator {
    return this.page.getByRole('heading', { level: 3, name })
  }
  async giveSecret(value: string) {
    await this.field('Value of the client secret').fill(value)
    await this.press('Use it for the test')
    await expect(this.button(/^Test /).first()).toBeVisible()
  }
  /** Tests by one of the page's buttons and waits for the results. */
  async test(button: 'Test the connection' | 'Test again what failed' | 'Test everything again') {
    await this.press(button)
    await this.page.waitForURL(/[?&]tested=1/)
    await expect(this.page.getByRole('heading', { name: 'Results' })).toBeVisible()
  }
  /** Ends a test that goes on by its button; the page comes anew. */
  async stop() {
    await this.press('Stop')
    await expect(this.button('Testing')).toHaveCount(0)
  }
  /** Says that the page tests again by itself. */
  get byItself(): Locator {
    return this.page.getByText('This page tests again')
  }
  /** Lets the page that is open test again by itself. */
  async testByItself() {
    await this.follow(/^Test again every 5 minutes/)
    await expect(this.byItself).toBeVisible()
  }
  /** For a page whose clock was installed. */
  async passFiveMinutes() {
    await this.page.clock.fastForward('05:00')
  }
  /** After a round that went by itself: its page is here, awake, and waits for the next. */
  async expectNextRound() {
    await expect(this.button('Testing')).toHaveCount(0)
    await expect(this.byItself).toBeVisible()
  }
  /** The row of one login in the table of results. */
  result(protocol: Protocol, address: string): Locator {
    return this.page
      .getByRole('row')
      .filter({ has: this.page.getByRole('rowheader', { name: address, exact: true }) })
      .filter({ has: this.page.getByRole('cell', { name: protocol, exact: true }) })
  }
  /** One gate of the list under Why. */
  gate(title: string): Locator {
    return this.page.getByRole('listitem').filter({ has: this.page.getByText(title, { exact: true }) })
  }
}
