// A login that was accepted and is refused now.
import { describe, expect, it } from 'vitest'
import { accepted, evidence, expected, mailbox, minutesAgo, now, receipt, refused } from '../../test-data/gates.ts'
import { diagnose } from './diagnose.ts'
import type { Evidence } from './evidence.ts'

const look = (given: Partial<Evidence>) => diagnose(expected, evidence(given), mailbox, 'IMAP', now)
const open = [{ address: mailbox, recipient: 'mailbox', grant: true, imap: true }] as const

describe('a login that was accepted and is refused now', () => {
  const turned = [accepted('IMAP', minutesAgo(30)), refused('IMAP', undefined, minutesAgo(2))]

  it('opens every question again that was answered before, and a diagnosis decides', () => {
    const before = receipt({ at: minutesAgo(40), mailboxes: open })
    const found = look({ logins: turned, exchange: [before], changedAt: minutesAgo(40) })
    expect(found.shut).toEqual([])
    expect(found.candidates.length).toBeGreaterThan(1)
    expect(found.next).toBe('diagnosis-script')
    expect(found.gates.find(({ id }) => id === 'mailbox-grants-access')?.state).toBe('unknown')
  })

  it('is explained by what was seen after it was accepted', () => {
    const after = receipt({ at: minutesAgo(1), mailboxes: [{ address: mailbox, recipient: 'mailbox', grant: false }] })
    expect(look({ logins: turned, exchange: [after] }).shut.map(({ gate }) => gate)).toEqual(['mailbox-grants-access'])
  })

  it('says nothing of a login that was never accepted: then time may be all that is missing', () => {
    const before = receipt({ at: minutesAgo(40), mailboxes: open, changed: true })
    const found = look({ logins: [refused('IMAP', undefined, minutesAgo(2))], exchange: [before] })
    expect(found.shut.map(({ gate }) => gate)).toEqual(['time-passed'])
  })

  it('of another protocol of the mailbox is no proof for this one any more', () => {
    const both = [...turned, accepted('POP', minutesAgo(29)), refused('POP', undefined, minutesAgo(2))]
    const found = look({ logins: both })
    expect(found.gates.find(({ id }) => id === 'mailbox-grants-access')?.state).toBe('unknown')
  })
})
