// Pages that need no sign-in.
import { expect } from '@playwright/test'
import type { EntranceProblem } from '../../lib/wizard/entrance.ts'
import type { Walk } from './walk.ts'

/** All that may have stood in the way of a sign-in; what stands in the way of entering a tenant is seen in a setup. */
const problems: Readonly<Record<Exclude<EntranceProblem, 'wrong-tenant' | 'needs-admin'>, string>> = {
  cancelled: 'The sign-in was cancelled',
  stale: 'That sign-in does not count any more',
  'not-allowed': 'This account may not use the wizard here',
  refused: 'Microsoft did not let you in',
  'own-credential': 'Microsoft does not accept the wizard’s own credential',
  unreachable: 'Microsoft’s sign-in service did not answer',
  'not-configured': 'This cloud, or this way of signing in, is not set up'
}

export async function signedOut({ wizard, visit }: Walk) {
  await wizard.open('/')
  await visit('start-signed-out')
  await wizard.unfold('Sign in to a real tenant with Microsoft Graph Command Line Tools')
  await visit('start-command-line')
  for (const [problem, title] of Object.entries(problems)) {
    await wizard.open(`/?problem=${problem}`)
    await expect(wizard.notice(title)).toBeVisible()
    await visit(`start-${problem}`)
  }
  await wizard.open('/?signed-out=1')
  await expect(wizard.notice('You are signed out')).toBeVisible()
  await visit('start-session-over')
  await wizard.open('/nothing-here')
  await expect(wizard.title('Page not found')).toBeVisible()
  await visit('not-found')
}

const ids = {
  appId: '58d827e0-c69c-401f-8deb-b1224d129dc8',
  objectId: 'bf822882-b0bf-4acc-a606-7da6b107a435',
  tenantId: '0a1b2c3d-1111-4222-8333-444455556666'
}

const errors = {
  one: 'AADSTS7000222: The provided client secret keys are expired. Trace ID: 1f6a92a9-f3a8-4071-889a-6a2ea88d9500',
  several: '535 5.7.3 Authentication unsuccessful [LO4P265CA0123.GBRP265.PROD.OUTLOOK.COM 2026-08-03T08:20:58.366Z]',
  none: 'AADSTS50034: The user account does not exist.',
  empty: ''
}

export async function tools({ wizard, visit }: Walk) {
  await wizard.open('/tools')
  await visit('tools')
  await wizard.open('/tools/powershell')
  await visit('tools-powershell')
  await wizard.press('Make the scripts')
  await expect(wizard.errors).toBeVisible()
  await visit('tools-powershell-errors')
  const query = new URLSearchParams({ ...ids, mailbox: 'invoices@contoso.com', protocol: 'IMAP' })
  await wizard.open(`/tools/powershell?${query}`)
  await visit('tools-powershell-result')
  await wizard.unfold('The same, command by command')
  await visit('tools-powershell-commands')
  await wizard.open(`/tools/powershell?${query}&utm=1`)
  await visit('tools-powershell-unknown')
  await wizard.open('/tools/powershell')
  await wizard.field('Application (client) ID').fill(ids.appId)
  await wizard.field('Object ID of the enterprise application').fill(ids.objectId)
  await wizard.field('Directory (tenant) ID').fill(ids.tenantId)
  await wizard.field('Mailboxes').fill(Array.from({ length: 150 }, (_, index) => `m${index}@contoso.com`).join('\n'))
  await wizard.press('Make the scripts')
  await expect(wizard.page.getByRole('heading', { name: 'Your scripts are ready' })).toBeVisible()
  await visit('tools-powershell-long')
  await wizard.open('/tools/explain')
  await visit('tools-explain')
  await wizard.field('Paste the error').fill('535 5.7.3 Authentication unsuccessful')
  await wizard.press('Explain it')
  await expect(wizard.page.getByRole('heading', { name: /possible causes/ })).toBeVisible()
  await visit('tools-explain-answer')
  await wizard.open('/tools/own-application')
  await visit('tools-own-application')
  await wizard.open('/tools/own-application?for=clients')
  await visit('tools-own-application-clients')
  for (const [state, text] of Object.entries(errors)) {
    await wizard.open('/tools/explain')
    await wizard.field('Paste the error').fill(text)
    await wizard.press('Explain it')
    await expect(wizard.notice(/What it means|possible causes|Not known here|There is a problem/).first()).toBeVisible()
    await visit(`tools-explain-${state}`)
  }
}
