// Who stands in the diary: the person at the wizard, and beside them the account whose token was used.
import { expect, test } from 'vitest'
import { whoOf, whoSends } from './who.ts'

const person = { username: 'ada@consultant.example' }
const entered = { username: 'admin@client.example' }

test('what is done here is done by who is signed in, whoever entered the tenant', () => {
  const at = { person, entered }
  expect(whoOf(at)).toBe('ada@consultant.example')
})

test('what is sent with another account’s token names both', () => {
  expect(whoSends({ person, entered })).toBe('ada@consultant.example as admin@client.example')
})

test('nobody is named twice, and nobody who did not enter', () => {
  expect(whoSends({ person, entered: { username: 'Ada@Consultant.example' } })).toBe('ada@consultant.example')
  expect(whoSends({ person, entered: undefined })).toBe('ada@consultant.example')
})
