// The main job as most people will do it: one form, one button, two scripts.
import { expect, test } from './test.ts'

test('one button takes every Entra step and ends with the secret', async ({ wizard, practice, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await wizard.signIn('Ada Lindqvist')
  await wizard.begin({ name: 'Invoice reader' })
  await wizard.enterMyTenant(true)
  await practice.clearRequests()
  await wizard.doAll()
  const secret = await wizard.copySecret()
  expect(secret.length).toBeGreaterThan(20)
  const { count, longestChain, requests } = await practice.requests()
  console.log(count, longestChain, requests.map(r => r.method + ' ' + r.path).join('\n'))
})
