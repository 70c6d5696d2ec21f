// The diagnosis script promises to decide only where it can show a gate that nobody has seen yet.
import { expect, test } from 'vitest'
import { evidence, expected, ids, mailbox, minutesAgo, now, receipt, refused, words } from '../../test-data/gates.ts'
import { globalCloud } from '../../test-data/sample-input.ts'
import { gatesFor } from '../gates/diagnose.ts'
import type { Evidence } from '../gates/evidence.ts'
import { registerTheApplication } from '../steps/register-the-application.ts'
import type { Setup, Step } from '../steps/step.ts'
import type { AtSetup } from './door.ts'
import { diagnosisPanel } from './fix-scripts.ts'
import type { Gates } from './gates.ts'

const setup: Pick<
  Setup,
  'id' | 'name' | 'protocols' | 'cloud' | 'tenantId' | 'admin' | 'mailboxes' | 'answered' | 'found'
> = {
  id: 'setup',
  name: 'Invoices',
  protocols: ['IMAP', 'SMTP'],
  cloud: globalCloud,
  tenantId: ids.tenant,
  admin: undefined,
  mailboxes: [mailbox],
  answered: () => undefined,
  found: <A, F>(step: Step<A, F>) =>
    step.id === registerTheApplication.id ? ({ appId: ids.app, enterpriseObjectId: ids.enterprise } as F) : undefined
}

function panel(given: Partial<Evidence>) {
  const gates = { of: gatesFor(expected, evidence(given), now) } as Gates
  const found = diagnosisPanel({ setup } as AtSetup, gates)
  return found && { title: found.title, why: found.why, names: found.code.includes(mailbox) }
}
const seen = [receipt()]

test('decides where a gate that it shows is not known', () => {
  for (const logins of [[refused('IMAP')], [refused('SMTP', words.unnamedCondition)]])
    expect(panel({ logins })).toEqual({
      title: 'Find the shut gate',
      why: expect.stringMatching(/that decides\.$/),
      names: true
    })
})

test('is another look where it has shown everything right, and says where security defaults are seen', () => {
  const logins = [refused('SMTP', words.unnamedCondition)]
  for (const changedAt of [undefined, minutesAgo(30), minutesAgo(300)]) {
    const found = panel({ exchange: seen, logins, changedAt })
    expect(found).toMatchObject({ title: 'Look at Exchange again', names: true })
    expect(found?.why).toMatch(/look in Microsoft Entra under Properties, Manage security defaults\.$/)
    expect(found?.why).not.toMatch(/decides/)
  }
})

test('is another look where only time is left to blame, or nothing is', () => {
  for (const minutes of [30, 300]) {
    const found = panel({ exchange: seen, logins: [refused('IMAP')], changedAt: minutesAgo(minutes) })
    expect(found).toMatchObject({ title: 'Look at Exchange again', names: true })
    expect(found?.why).not.toMatch(/decides|security defaults/)
  }
})

test('is not offered where no gate is the cause, where one is named, or where something was changed since', () => {
  expect(panel({ logins: [refused('SMTP', words.tooMany)] })).toBeUndefined()
  expect(panel({ logins: [refused('IMAP', 'BAD Request is throttled. Suggested Backoff Time: 9 milliseconds')] })).toBe(
    undefined
  )
  expect(panel({ logins: [refused('SMTP', words.tenantSwitch)] })).toBeUndefined()
  expect(panel({ logins: [refused('IMAP')], changedAt: minutesAgo(1) })).toBeUndefined()
})
