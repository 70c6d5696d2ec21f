// The pieces that judge and draw: what they let pass and what they notice.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PracticeTenant, startPracticeTenant } from '../../../practice-tenant/testing.ts'
import { draw } from './draw.ts'
import { secretIn } from './person.ts'
import { createTally } from './tally.ts'
import { difference, wholeOf } from './whole.ts'

describe('a draw', () => {
  const all = Array.from({ length: 100 }, (_, index) => index)

  test('is spread evenly, the same for the same seed, and another for another', () => {
    const drawn = draw(all, 4, 1)
    expect(draw(all, 4, 1)).toEqual(drawn)
    expect(draw(all, 4, 2)).not.toEqual(drawn)
    const sorted = drawn.toSorted((left, right) => left - right)
    expect(sorted.slice(1).map((one, index) => one - (sorted[index] ?? 0))).toEqual([25, 25, 25])
  })

  test('of more than there is, or without a number, is everything', () => {
    expect(draw(all, undefined, 1)).toBe(all)
    expect(draw(all, 101, 1)).toBe(all)
    expect(draw([], 3, 1)).toEqual([])
  })
})

describe('a whole tenant', () => {
  let practice: PracticeTenant
  beforeAll(async () => {
    practice = await startPracticeTenant()
  })
  afterAll(() => practice.stop())

  const mail = ['IMAP.AccessAsApp', 'POP.AccessAsApp', 'SMTP.SendAsApp']
  function seeded(more: object = {}) {
    practice.control.reset()
    practice.control.seedApplication({
      displayName: 'Invoices',
      uniqueName: `mail-oauth-wizard-${crypto.randomUUID()}`,
      servicePrincipal: true,
      permissions: mail,
      grants: mail,
      secrets: [{ displayName: `Mail OAuth Wizard ${crypto.randomUUID()}`, days: 180 }],
      ...more
    })
    return wholeOf(practice.control.tenant())
  }

  test('is the same after two walks, whose IDs, times and keys are others', () => {
    expect(seeded()).toBe(seeded())
  })

  test.each([
    ['another tag', { tags: ['more'] }],
    ['a permission less', { permissions: mail.slice(1) }],
    ['a grant less', { grants: mail.slice(1) }],
    ['a secret more', { secrets: [{ days: 180 }, { days: 180 }] }],
    ['another lifetime', { secrets: [{ displayName: 'Mail OAuth Wizard x', days: 90 }] }],
    ['no enterprise application', { servicePrincipal: false, grants: [] }],
    ['another audience', { signInAudience: 'AzureADMultipleOrgs' }],
    ['something deleted', { deleted: true }]
  ])('is not the same with %s', (_name, more) => {
    const [wanted, found] = [seeded(), seeded(more)]
    expect(found).not.toBe(wanted)
    expect(difference(wanted, found)).toMatch(/^more: .+; less: .+/)
  })
})

test('a control that nobody noticed is a failure', () => {
  const tally = createTally(() => undefined)
  tally.control('something broken', 0)
  tally.control('something else broken', 2)
  expect(tally.outcome().failures).toEqual(['control: something broken, and nobody noticed'])
})

test('the secret on a page is its longest run with a tilde, if it is long enough', () => {
  expect(secretIn('<p>~</p><code>abc8Q~0123456789.0123456789_0123456789</code>')).toMatch(/^abc8Q~/)
  expect(secretIn('<p>~5 minutes</p>')).toBeUndefined()
})
