// What "Do all of it for me" says beforehand is what it may send.
import { describe, expect, test } from 'vitest'
import { newMemory, setupOf } from '../../test-data/contract/memory.ts'
import { globalCloud } from '../../test-data/sample-input.ts'
import type { KnownSecret } from '../steps/step.ts'
import { allInWords } from './all-in-words.ts'

const attempt = { attemptId: 'a', name: 'Mail OAuth Wizard a', keyId: undefined, stored: false, createdAt: new Date(0) }
const words = (...secrets: KnownSecret[]) =>
  allInWords(setupOf(newMemory({ secrets }), globalCloud, '11111111-0000-4000-8000-000000000000', new Date(0)))
const removal = 'remove a secret of an earlier attempt if its value is lost'

describe('all of it in words', () => {
  test('names the application, its permissions and the secret', () => {
    expect(words()).toBe(
      'create the application Invoices with its enterprise application, ask for IMAP.AccessAsApp, POP.AccessAsApp, SMTP.SendAsApp and grant them, and create a client secret that is valid for 180 days'
    )
  })

  test('announces that a secret may be removed where the answer to an attempt was lost', () => {
    expect(words(attempt)).toContain(`grant them, ${removal}, and create`)
  })

  test('announces no removal of a secret that arrived, or that a person brought', () => {
    expect(words({ ...attempt, keyId: '58d827e0-c69c-401f-8deb-b1224d129dc8' })).not.toContain('remove')
    expect(words({ ...attempt, stored: true })).not.toContain('remove')
  })
})
