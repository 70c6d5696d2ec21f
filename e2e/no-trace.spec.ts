// A story finds no trace of the one before it: the second of these two would see what the first one left behind.
import { expect, test } from './test.ts'

test.describe.configure({ mode: 'serial' })

const empty = 'You have not begun a setup yet.'

test('somebody leaves a setup behind', async ({ wizard }) => {
  await wizard.signIn('Ada Lindqvist')
  await wizard.begin({ name: 'Left behind' })
  await wizard.open('/setups')
  await expect(wizard.link(/Left behind/)).toBeVisible()
  await expect(wizard.notice(empty)).toHaveCount(0)
})

test('and the next story knows nothing of it', async ({ wizard }) => {
  await wizard.signIn('Ada Lindqvist')
  await expect(wizard.notice(empty)).toBeVisible()
  await expect(wizard.link(/Left behind/)).toHaveCount(0)
})
