// One person's whole walk, from the start page to signing out, with time to think before every click.
// The rule it keeps: a click is timed from its request to the last byte of where it led, and has to lead where it should.
import type { Click, ClickKind } from './load-figures.ts'
import type { Answer, Visitor } from './visitor.ts'

export type Somebody = {
  visitor: Visitor
  /** As the practice tenant's page names them. */
  displayName: string
  username: string
  mailboxes: readonly string[]
  /** Half of the people read each Entra step and let it run; the others have all of it done at once. */
  inOneGo: boolean
  /** Half of the people run the scripts and paste the receipts; the others say that it is done. */
  pastesReceipts: boolean
}

export type Ground = {
  think(): Promise<void>
  clicked(click: Click): void
  /** Runs a script as the person's own PowerShell would, and gives what its window shows. */
  runScript(script: string, as: string): Promise<string>
}

/** @throws with what was there instead, when a click does not lead where it should */
export async function walkOnce({ visitor, ...who }: Somebody, { think, clicked, runScript }: Ground): Promise<void> {
  async function click(kind: ClickKind, name: string, go: () => Promise<Answer>, shows: RegExp): Promise<Answer> {
    await think()
    const begunMs = performance.now()
    const answer = await go()
    clicked({ kind, name, ms: performance.now() - begunMs })
    if (answer.status !== 200 || !shows.test(answer.html)) throw new Error(insteadOf(name, shows, answer))
    return answer
  }
  const open = (name: string, path: string, shows: RegExp) => click('page', name, () => visitor.open(path), shows)
  const press = (page: Answer, button: string, shows: RegExp, values?: Record<string, string>) =>
    click('page', button, () => visitor.press(page, button, values), shows)
  const run = (page: Answer, button: string, shows: RegExp) =>
    click('run', button, () => visitor.press(page, button), shows)

  const start = await open('the start page', '/', /Sign in: Practice tenant/)
  const accounts = await press(start, 'Sign in: Practice tenant', /Pick an account/)
  await press(accounts, `${who.displayName},`, /Your setups/)
  const blank = await open('a new setup', '/setups/new', /Begin a setup/)
  const begun = await press(blank, 'Continue', /Enter your tenant as/, { name: 'Invoices' })
  const setup = new URL(begun.url).pathname.split('/').slice(0, 3).join('/')
  const step = (id: string, shows: RegExp) => open(id, `${setup}/${id}`, shows)

  let entered = await press(begun, 'Enter your tenant as', /Permissions requested|Look again/)
  if (/Permissions requested/.test(entered.html)) entered = await press(entered, 'Accept', /Look again/)
  const entraSteps = ['register-the-application', 'add-permissions', 'grant-consent', 'create-a-secret']
  let secret = entered
  if (who.inOneGo) {
    secret = await run(entered, 'Do all of it for me', /Your client secret/)
    for (const id of entraSteps.slice(0, -1)) await step(id, /Look again/)
  } else {
    for (const id of entraSteps)
      secret = await run(await step(id, /Do this step/), 'Do this step', /Look again|Your client secret/)
  }
  const exchange = await press(secret, 'I have stored it', /Register in Exchange|Register the application in Exchange/)
  const mailboxes = await exchangeHalf(exchange, 'open-the-mailboxes')
  const saved = await press(mailboxes, 'Save the mailboxes', /The script for this step/, {
    mailboxes: who.mailboxes.join('\n')
  })
  const test = await exchangeHalf(saved, 'test-the-connection')
  await run(test, 'Test the connection', who.pastesReceipts ? /Proved/ : /Refused/)
  await step('connect-your-program', /Application \(client\) ID/)
  await open('the diary', `${setup}/diary`, /Grant IMAP.AccessAsApp/)
  await click('download', 'diary.csv', () => visitor.open(`${setup}/diary/export.csv`), /Grant IMAP.AccessAsApp/)
  const setups = await open('the list of setups', '/setups', /Invoices/)
  await press(setups, 'Sign out', /Sign in: Practice tenant/)

  /** The script downloaded, run and its receipt pasted, or the person's word; then the step after it. */
  async function exchangeHalf(page: Answer, next: string): Promise<Answer> {
    const href = /href="([^"]+\/scripts\/[^"]+)"/.exec(page.html)?.[1] ?? 'no script to download'
    const file = await click('download', 'a script', () => visitor.open(href), /New-ServicePrincipal|MailboxPermission/)
    if (!who.pastesReceipts) return press(page, 'Yes, it is done', new RegExp(`${next}`))
    await think()
    const output = await runScript(file.html, who.username)
    await press(page, 'Read it', /How it stands/, { output })
    return step(next, /<h1/)
  }
}

function insteadOf(name: string, shows: RegExp, { status, url, html }: Answer): string {
  const words = html.replace(/<script.*?<\/script>|<[^>]*>/gs, ' ').replace(/\s+/g, ' ')
  return `${name}: ${shows} was not there, but ${status} ${url}: ${words.slice(0, 300)}`
}
