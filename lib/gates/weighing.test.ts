// What an accepted login proves, what newer evidence outweighs, what a new registration voids, and how long a change takes.
import { describe, expect, it } from 'vitest'
import {
  accepted,
  evidence,
  expected,
  givenToken,
  ids,
  login,
  mailbox,
  minutesAgo,
  now,
  other,
  receipt,
  refused,
  refusedToken,
  sent,
  words
} from '../../test-data/gates.ts'
import type { Protocol } from '../steps/step.ts'
import { diagnose } from './diagnose.ts'
import type { Evidence, Sent } from './evidence.ts'
import type { GateId } from './gate.ts'

const look = (protocol: Protocol, given: Partial<Evidence>, address = mailbox) =>
  diagnose(expected, evidence(given), address, protocol, now)
const gate = (protocol: Protocol, given: Partial<Evidence>, id: GateId, address = mailbox) =>
  look(protocol, given, address).gates.find(one => one.id === id)
const stateOf = (...given: Parameters<typeof gate>) => gate(...given)?.state
const shutIn = (protocol: Protocol, given: Partial<Evidence>) => look(protocol, given).shut.map(shut => shut.gate)

describe('an accepted login', () => {
  it.each(['IMAP', 'POP'] as const)('%s proves every gate of its own', protocol => {
    const found = look(protocol, { token: undefined, logins: [accepted(protocol)] })
    expect(found).toMatchObject({ outcome: 'proved', shut: [], candidates: [], next: 'nothing', said: undefined })
    expect(found.gates.filter(({ state }) => state !== 'passed')).toEqual([])
  })

  it('of IMAP or POP proves the mailbox and its grant for the other protocols, and not their switches', () => {
    const given = { logins: [accepted('POP')] }
    for (const protocol of ['IMAP', 'SMTP'] as const) {
      expect(stateOf(protocol, given, 'mailbox-grants-access')).toBe('passed')
      expect(stateOf(protocol, given, 'mailbox-in-exchange-online')).toBe('passed')
    }
    expect(stateOf('IMAP', given, 'protocol-on')).toBe('unknown')
    expect(stateOf('SMTP', given, 'smtp-auth-on')).toBe('unknown')
  })

  it('of any mailbox proves the entry and its Object ID for all, and nothing of their mailboxes', () => {
    const given = { logins: [accepted('IMAP', minutesAgo(2), other)] }
    expect(stateOf('POP', given, 'principal-known')).toBe('passed')
    expect(stateOf('POP', given, 'object-id-right')).toBe('passed')
    expect(stateOf('POP', given, 'mailbox-grants-access')).toBe('unknown')
    expect(stateOf('POP', given, 'mailbox-in-exchange-online')).toBe('unknown')
    expect(gate('POP', given, 'principal-known')?.because).toBe(
      `The IMAP login of ${other} was accepted 2 minutes ago.`
    )
  })

  it('proves nothing of an entry that was changed afterwards', () => {
    const undone = receipt({ script: 'undo', changed: true, at: minutesAgo(1), principals: undefined, mailboxes: [] })
    const given = { logins: [accepted('IMAP', minutesAgo(2), other)], exchange: [undone] }
    expect(stateOf('POP', given, 'principal-known')).toBe('unknown')
    expect(stateOf('POP', { ...given, exchange: [{ ...undone, at: minutesAgo(3) }] }, 'principal-known')).toBe('passed')
  })

  it('proves the entry still when only switches or mailboxes were changed afterwards', () => {
    for (const script of ['switches', 'send-as', 'mailboxes'] as const) {
      const changed = receipt({ script, changed: true, at: minutesAgo(1), principals: undefined, mailboxes: [] })
      const given = { logins: [accepted('IMAP', minutesAgo(2), other)], exchange: [changed] }
      expect(stateOf('POP', given, 'principal-known')).toBe('passed')
    }
  })

  it('of SMTP proves SMTP AUTH and security defaults, and not the grant, until a test message was accepted', () => {
    const only = look('SMTP', { logins: [accepted('SMTP')] })
    expect(only).toMatchObject({ outcome: 'login-only', shut: [], candidates: [], next: 'test-message' })
    expect(only.gates.filter(({ state }) => state === 'unknown').map(({ id }) => id)).toEqual([
      'mailbox-grants-access',
      'may-send-as'
    ])
    const proved = look('SMTP', { logins: [sent()] })
    expect(proved).toMatchObject({ outcome: 'proved', next: 'nothing' })
    expect(proved.gates.filter(({ state }) => state !== 'passed')).toEqual([])
  })

  it('of SMTP with a message proves no grant to IMAP, as a role may have served it', () => {
    expect(stateOf('IMAP', { logins: [sent()] }, 'mailbox-grants-access')).toBe('unknown')
    expect(stateOf('IMAP', { logins: [sent()] }, 'mailbox-in-exchange-online')).toBe('passed')
  })

  it('of SMTP makes a message that was accepted before it no newer', () => {
    const message: Sent = { kind: 'accepted', at: minutesAgo(4_000), said: '250 2.0.0 OK' }
    const logins = [login('SMTP', { kind: 'accepted', sent: message }, minutesAgo(1))]
    const exchange = [receipt({ at: minutesAgo(60) }, { grant: false })]
    expect(gate('SMTP', { logins }, 'may-send-as')?.because).toBe(
      'A test message of this mailbox was accepted 2 days ago.'
    )
    expect(stateOf('SMTP', { logins }, 'mailbox-grants-access')).toBe('passed')
    expect(shutIn('SMTP', { logins, exchange })).toEqual(['mailbox-grants-access'])
  })

  it('of SMTP says nothing of a message that was refused before something was changed', () => {
    const message: Sent = { kind: 'refused', at: minutesAgo(9), said: words.sendAsDenied }
    const logins = [login('SMTP', { kind: 'accepted', sent: message }, minutesAgo(1))]
    expect(look('SMTP', { logins, changedAt: minutesAgo(5) })).toMatchObject({
      changedSince: true,
      next: 'test-message'
    })
  })

  it('of SMTP alone proves no mailbox to IMAP', () => {
    expect(stateOf('IMAP', { logins: [accepted('SMTP')] }, 'mailbox-in-exchange-online')).toBe('unknown')
    expect(stateOf('SMTP', { logins: [accepted('SMTP')] }, 'mailbox-in-exchange-online')).toBe('passed')
  })

  it('of SMTP of any mailbox clears security defaults for all', () => {
    const given = { logins: [accepted('SMTP', minutesAgo(2), other), refused('SMTP')] }
    expect(stateOf('SMTP', given, 'no-security-defaults')).toBe('passed')
    expect(stateOf('SMTP', given, 'smtp-auth-on')).toBe('unknown')
  })

  it('with a test message refused is refused, and the login’s own gates stay passed', () => {
    const found = look('SMTP', { logins: [sent(words.storedrv)] })
    expect(found).toMatchObject({ outcome: 'refused', said: words.storedrv, next: 'nothing' })
    expect(stateOf('SMTP', { logins: [sent(words.storedrv)] }, 'smtp-auth-on')).toBe('passed')
  })

  it('with a message refused in words that name nothing leaves two candidates', () => {
    const found = look('SMTP', { logins: [sent(words.sendingUnnamed)] })
    expect(found).toMatchObject({ shut: [], next: 'diagnosis-script' })
    expect(found.candidates.map(({ entry }) => entry.id)).toEqual([
      'send-as-denied',
      'storedrv-logon-failure',
      'propagation-delay'
    ])
  })
})

describe('newer evidence wins', () => {
  it('a receipt over an older receipt, fact by fact', () => {
    const older = receipt({ at: minutesAgo(20) }, { imap: false, pop: true })
    const newer = receipt({ at: minutesAgo(10), mailboxes: [{ address: mailbox.toUpperCase(), imap: true }] })
    for (const exchange of [
      [newer, older],
      [older, newer]
    ]) {
      expect(stateOf('IMAP', { exchange }, 'protocol-on')).toBe('passed')
      expect(stateOf('POP', { exchange }, 'protocol-on')).toBe('passed')
      expect(gate('IMAP', { exchange }, 'protocol-on')?.because).toContain('10 minutes ago')
    }
  })

  it('a login over an older receipt, and a newer receipt over a login', () => {
    const given = (receiptAt: string) => ({
      exchange: [
        receipt({ at: receiptAt, principals: [{ objectId: ids.registration }] }, { imap: false, grant: false })
      ],
      logins: [accepted('IMAP', minutesAgo(5))]
    })
    expect(shutIn('IMAP', given(minutesAgo(9)))).toEqual([])
    expect(look('IMAP', given(minutesAgo(1)))).toMatchObject({ outcome: 'proved', next: 'test-again' })
    expect(shutIn('IMAP', given(minutesAgo(1)))).toEqual(['object-id-right', 'mailbox-grants-access', 'protocol-on'])
  })

  it('a token refused after the login, and a login after the token was refused', () => {
    const logins = [accepted('IMAP', minutesAgo(5))]
    expect(look('IMAP', { logins, token: refusedToken(minutesAgo(1)) })).toMatchObject({
      outcome: 'refused',
      shut: [{ gate: 'secret-accepted' }],
      candidates: []
    })
    expect(look('IMAP', { logins, token: refusedToken(minutesAgo(9)) })).toMatchObject({ outcome: 'proved', shut: [] })
  })

  it('a login after a token without the permission', () => {
    const token = givenToken({ roles: [], at: minutesAgo(9) })
    expect(shutIn('SMTP', { token, logins: [sent()] })).toEqual([])
  })

  it('a switch that was turned on after the refusal, and then testing again decides', () => {
    const given = {
      exchange: [receipt({ at: minutesAgo(1), changed: true })],
      logins: [refused('SMTP', words.tenantSwitch, minutesAgo(9))]
    }
    expect(look('SMTP', given)).toMatchObject({ outcome: 'refused', shut: [], next: 'test-again' })
    expect(stateOf('SMTP', given, 'smtp-auth-on')).toBe('passed')
  })

  it('the server’s own words over a receipt that is older than two hours', () => {
    const given = { exchange: [receipt({ at: minutesAgo(500) })], changedAt: minutesAgo(500) }
    expect(shutIn('SMTP', { ...given, logins: [refused('SMTP', words.mailboxSwitch)] })).toEqual(['smtp-auth-on'])
    expect(shutIn('SMTP', { ...given, logins: [sent(words.storedrv)] })).toEqual(['mailbox-grants-access'])
  })

  it('the server’s own words over a receipt of days ago, although something else was changed within the hour', () => {
    const given = { exchange: [receipt({ at: minutesAgo(4_000) })], changedAt: minutesAgo(30) }
    expect(shutIn('SMTP', { ...given, logins: [refused('SMTP', words.mailboxSwitch)] })).toEqual(['smtp-auth-on'])
  })

  it('but a token’s own fault stays, whatever the server says of it later', () => {
    const token = givenToken({ roles: [], at: minutesAgo(9) })
    expect(shutIn('IMAP', { token, logins: [refused('IMAP', words.logonDenied)] })).toEqual(['token-right'])
  })

  it('and a receipt stays true where the words may only be late', () => {
    const given = { exchange: [receipt({ at: minutesAgo(20), changed: true }, { sendAs: true })] }
    for (const logins of [[refused('SMTP', words.tenantSwitch)], [sent(words.storedrv)], [sent(words.sendAsDenied)]])
      expect(look('SMTP', { ...given, logins })).toMatchObject({ shut: [{ gate: 'time-passed' }], next: 'wait' })
    expect(shutIn('SMTP', { ...given, logins: [refused('SMTP', words.securityDefaults)] })).toEqual([
      'no-security-defaults'
    ])
  })
})

describe('grants', () => {
  const granted = receipt({ at: minutesAgo(60), principals: [{ objectId: ids.registration }] })
  const later = (changes: Partial<Evidence['exchange'][number]>) =>
    stateOf(
      'IMAP',
      { exchange: [receipt({ at: minutesAgo(10), mailboxes: [], ...changes }), granted] },
      'mailbox-grants-access'
    )

  it('are void when the entry was taken out, replaced or repaired later', () => {
    expect(later({ principals: undefined })).toBe('passed')
    expect(later({ principals: [{ objectId: ids.registration }] })).toBe('passed')
    expect(later({ principals: [{ objectId: ids.enterprise }] })).toBe('unknown')
    expect(later({ principals: [] })).toBe('unknown')
    expect(later({ principals: undefined, script: 'undo', changed: true })).toBe('unknown')
    expect(later({ principals: undefined, script: 'repair', changed: true })).toBe('unknown')
  })

  it('are void when the same Object ID came back under another SID', () => {
    const principals = (sid: string) => [{ objectId: ids.enterprise, sid }]
    const given = (sid: string) => ({
      exchange: [
        receipt({ at: minutesAgo(10), mailboxes: [], principals: principals(sid) }),
        receipt({ at: minutesAgo(60), principals: principals('S-1-5-21-1-2-3-4') })
      ]
    })
    expect(stateOf('IMAP', given('S-1-5-21-1-2-3-4'), 'mailbox-grants-access')).toBe('passed')
    expect(stateOf('IMAP', given('S-1-5-21-1-2-3-5'), 'mailbox-grants-access')).toBe('unknown')
  })

  it('are void when the application is not there, also where nobody had looked for it before', () => {
    const seen = receipt({ at: minutesAgo(60), principals: undefined })
    const exchange = [receipt({ at: minutesAgo(10), mailboxes: [], principals: [] }), seen]
    expect(stateOf('IMAP', { exchange }, 'mailbox-grants-access')).toBe('unknown')
    expect(stateOf('IMAP', { exchange: [seen] }, 'mailbox-grants-access')).toBe('passed')
  })

  it('count again when they were seen after that, in the repair’s own receipt too', () => {
    const repaired = receipt({ at: minutesAgo(10), script: 'repair', changed: true })
    expect(stateOf('IMAP', { exchange: [repaired, granted] }, 'mailbox-grants-access')).toBe('passed')
  })

  it('that a login proved are void in the same way', () => {
    const undone = receipt({ script: 'undo', changed: true, at: minutesAgo(5), principals: [], mailboxes: [] })
    const given = { exchange: [undone], logins: [accepted('POP', minutesAgo(9))] }
    expect(stateOf('IMAP', given, 'mailbox-grants-access')).toBe('unknown')
    expect(stateOf('IMAP', given, 'principal-known')).toBe('shut')
  })

  it('of a receipt that names no mailbox are not known, and it says so', () => {
    const unnamed = receipt({ mailboxes: [], granted: { count: 5_000, sha256: 'x' } })
    expect(gate('IMAP', { exchange: [unnamed] }, 'mailbox-grants-access')).toMatchObject({
      state: 'unknown',
      because: 'The receipt of 1 minute ago shows 5,000 mailboxes opened, and does not name them.'
    })
  })
})

describe('an entry that denies', () => {
  const denied = (at: string, changes: Partial<Evidence['exchange'][number]> = {}) =>
    receipt({ at, ...changes }, { grant: false, denied: true })
  const given = { exchange: [denied(minutesAgo(9))], logins: [refused('IMAP')] }

  it('shuts the mailbox by a title of its own, with the command that removes it and no script that cannot help', () => {
    const [shut] = look('IMAP', given).shut
    expect(shut).toMatchObject({ gate: 'mailbox-grants-access', title: 'An entry denies the application' })
    expect(shut?.entry).toBeUndefined()
    expect(shut?.fix).toMatchObject({ stepId: 'open-the-mailboxes' })
    expect(shut?.fix.script).toBeUndefined()
    expect(shut?.fix.says[0]).toBe(
      `Remove the entry that denies, then open the mailbox: Remove-MailboxPermission -Identity <address> -User ${ids.enterprise} -AccessRights FullAccess -InheritanceType All -Deny`
    )
    expect(gate('IMAP', given, 'mailbox-grants-access')?.because).toBe(
      'The receipt of 9 minutes ago shows that an entry denies the application FullAccess, and a denial wins.'
    )
  })

  it('is not outweighed by what a script granted later, but by a diagnosis or a login', () => {
    const later = (script: 'mailboxes' | 'diagnosis') => ({
      exchange: [receipt({ at: minutesAgo(5), script }), ...given.exchange]
    })
    expect(stateOf('IMAP', later('mailboxes'), 'mailbox-grants-access')).toBe('shut')
    expect(stateOf('IMAP', later('diagnosis'), 'mailbox-grants-access')).toBe('passed')
    expect(stateOf('IMAP', { ...given, logins: [accepted('IMAP', minutesAgo(2))] }, 'mailbox-grants-access')).toBe(
      'passed'
    )
  })

  it('of an entry that was replaced since is a missing grant only', () => {
    const repaired = receipt({ at: minutesAgo(5), script: 'repair', changed: true, mailboxes: [] })
    const [shut] = look('IMAP', { ...given, exchange: [repaired, ...given.exchange] }).shut
    expect(shut).toMatchObject({ title: 'The mailbox is not open to the application', fix: { script: 'mailboxes' } })
  })

  it('names the Object ID that Exchange Online has', () => {
    const wrong = denied(minutesAgo(9), { principals: [{ objectId: ids.registration }] })
    const shut = look('IMAP', { ...given, exchange: [wrong] }).shut.find(one => one.gate === 'mailbox-grants-access')
    expect(shut?.fix.says[0]).toContain(`-User ${ids.registration} `)
  })
})

describe('what a mailbox in Exchange Online shows', () => {
  it.each([{ grant: true }, { imap: false }, { pop: true }, { smtpAuth: null }])('makes it one: %j', shown => {
    const exchange = [receipt({ mailboxes: [{ address: mailbox, ...shown }] })]
    expect(stateOf('IMAP', { exchange }, 'mailbox-in-exchange-online')).toBe('passed')
  })

  it('is not that it has no grant', () => {
    const exchange = [receipt({ mailboxes: [{ address: mailbox, grant: false }] })]
    expect(stateOf('IMAP', { exchange }, 'mailbox-in-exchange-online')).toBe('unknown')
  })

  it('of SMTP AUTH is the newer of its own switch and the organization’s, where it follows that', () => {
    const follows = receipt({ at: minutesAgo(20), smtpAuthOfOrganization: undefined }, { smtpAuth: null })
    const organization = receipt({ at: minutesAgo(10), smtpAuthOfOrganization: true, mailboxes: [] })
    expect(stateOf('SMTP', { exchange: [follows] }, 'smtp-auth-on')).toBe('unknown')
    expect(gate('SMTP', { exchange: [organization, follows] }, 'smtp-auth-on')).toMatchObject({
      state: 'passed',
      because: 'The receipt of 10 minutes ago shows that the mailbox follows the organization, where SMTP AUTH is on.'
    })
  })

  it('of Send As shuts nothing by its absence, which every mailbox that sends as itself has', () => {
    const exchange = [receipt({}, { sendAs: false })]
    for (const logins of [[accepted('SMTP')], [refused('SMTP')], [sent(words.sendingUnnamed)]])
      expect(stateOf('SMTP', { exchange, logins }, 'may-send-as')).toBe('unknown')
    const unclear = { exchange, logins: [sent(words.sendingUnnamed)] }
    expect(look('SMTP', unclear)).toMatchObject({ shut: [], next: 'test-again' })
    expect(look('SMTP', unclear).candidates.map(({ entry }) => entry.id)).toEqual([
      'send-as-denied',
      'propagation-delay'
    ])
    expect(gate('SMTP', unclear, 'may-send-as')?.because).toBe('The server refused a test message and did not say why.')
    expect(gate('SMTP', { logins: [sent(words.storedrv)] }, 'may-send-as')?.because).toMatch(
      /^Only a test message tells/
    )
  })
})

describe('a look at something else', () => {
  it('at another tenant does not count', () => {
    const given = { exchange: [receipt({ tenantId: ids.stranger, principals: [] }, { grant: false })] }
    expect(shutIn('IMAP', given)).toEqual([])
    expect(stateOf('IMAP', given, 'principal-known')).toBe('unknown')
  })

  it('at another application does not count', () => {
    expect(shutIn('IMAP', { exchange: [receipt({ appId: ids.stranger, principals: [] }, { grant: false })] })).toEqual(
      []
    )
  })

  it('at another mailbox does not count', () => {
    expect(shutIn('IMAP', { exchange: [receipt({ mailboxes: [{ address: other, grant: false }] })] })).toEqual([])
  })
})

describe('time', () => {
  const clean = (changed: number, refusedAt = 2): Partial<Evidence> => ({
    changedAt: minutesAgo(changed),
    exchange: [receipt({ at: minutesAgo(1) })],
    logins: [refused('IMAP', undefined, minutesAgo(refusedAt))]
  })

  it('is the gate while the last change is less than two hours old, and the clock is shown', () => {
    expect(look('IMAP', clean(80))).toMatchObject({ shut: [{ gate: 'time-passed' }], candidates: [], next: 'wait' })
    expect(gate('IMAP', clean(80), 'time-passed')?.because).toMatch(
      /^The last change was 1 hour 20 minutes ago\. It usually/
    )
    expect(shutIn('IMAP', clean(119))).toEqual(['time-passed'])
  })

  it('has passed after two hours; then nothing known explains it, and support gets the server’s text', () => {
    const found = look('IMAP', clean(120))
    expect(found).toMatchObject({ shut: [], candidates: [], next: 'test-again', said: 'NO AUTHENTICATE failed.' })
    expect(found.unexplained?.[0]).toMatch(/^No known gate explains this refusal/)
    expect(found.unexplained?.join(' ')).toContain(ids.app)
    expect(found.gates.filter(({ state }) => state !== 'passed')).toEqual([])
  })

  it('of a refusal from within the two hours is said when they are over', () => {
    expect(look('IMAP', clean(130, 60)).unexplained?.[1]).toMatch(/from the two hours after the change/)
    expect(look('IMAP', clean(130, 2)).unexplained?.[1]).toBe('Test again.')
  })

  it('does not count where the refusal is older than the change: then testing again decides', () => {
    const found = look('IMAP', clean(5, 9))
    expect(found).toMatchObject({ shut: [], next: 'test-again' })
    expect(found.unexplained).toBeUndefined()
  })

  it('of a change after the refusal asks for another test first, whatever the refusal may have meant', () => {
    const later = { changedAt: minutesAgo(1) }
    expect(look('SMTP', { ...later, logins: [refused('SMTP', words.tenantSwitch)] })).toMatchObject({
      shut: [{ gate: 'smtp-auth-on' }],
      next: 'test-again'
    })
    expect(look('IMAP', { ...later, logins: [refused('IMAP')] })).toMatchObject({ shut: [], next: 'test-again' })
    expect(look('IMAP', { changedAt: minutesAgo(9), logins: [refused('IMAP')] }).next).toBe('diagnosis-script')
  })

  it('of a change after the refusal needs no other test where a gate was seen shut since, or by the change itself', () => {
    const logins = [refused('IMAP', undefined, minutesAgo(9))]
    const seen = (at: number, changed = false) =>
      look('IMAP', {
        logins,
        changedAt: minutesAgo(5),
        exchange: [receipt({ at: minutesAgo(at), changed }, { imap: false })]
      })
    expect(seen(8)).toMatchObject({ shut: [{ gate: 'protocol-on' }], next: 'test-again', changedSince: true })
    for (const found of [seen(3), seen(3, true)]) {
      expect(found).toMatchObject({ shut: [{ gate: 'protocol-on' }], next: 'nothing' })
      expect(found.changedSince).toBeUndefined()
    }
  })

  it('of a change after the refusal leaves nothing unexplained, however long ago', () => {
    const given = { ...clean(130, 140), exchange: [receipt({ at: minutesAgo(1) })] }
    expect(look('IMAP', given)).toMatchObject({ next: 'test-again', changedSince: true, unexplained: undefined })
  })

  it('is not known where no change is known', () => {
    const found = look('IMAP', { exchange: [receipt()], logins: [refused('IMAP')] })
    expect(found.shut).toEqual([])
    expect(found.candidates.map(({ entry }) => entry.id)).toEqual(['propagation-delay'])
  })

  it('is counted from a receipt of a script that wrote, also where nobody else noted it', () => {
    const given = { exchange: [receipt({ at: minutesAgo(30), changed: true })], logins: [refused('POP')] }
    expect(shutIn('POP', given)).toEqual(['time-passed'])
  })

  it('shuts nothing while another suspect is not known', () => {
    const exchange = [receipt({ at: minutesAgo(1) }, { imap: undefined })]
    expect(look('IMAP', { ...clean(30), exchange })).toMatchObject({ shut: [], next: 'diagnosis-script' })
  })

  it('of SMTP leaves what no receipt rules out as candidates', () => {
    const given = (minutes: number) => ({ ...clean(minutes), logins: [refused('SMTP')] })
    for (const minutes of [30, 300])
      expect(look('SMTP', given(minutes)).candidates.map(({ entry }) => entry.id)).toEqual([
        'rbac-with-claim',
        'smtp-wants-upn'
      ])
    expect(shutIn('SMTP', given(30))).toEqual(['time-passed'])
    expect(look('SMTP', given(300))).toMatchObject({ shut: [], next: 'test-again' })
  })

  it('of SMTP drops the role beside a permission that the token does not hold', () => {
    const token = givenToken({ roles: [], at: minutesAgo(9) })
    const given = { ...clean(30), token, logins: [accepted('SMTP', minutesAgo(5), other), refused('SMTP')] }
    expect(look('SMTP', given).candidates.map(({ entry }) => entry.id)).toEqual(['smtp-wants-upn'])
  })

  it('of a server’s clock that is ahead reads as now', () => {
    const ahead = login('IMAP', { kind: 'accepted' }, minutesAgo(-5))
    expect(gate('IMAP', { logins: [ahead] }, 'time-passed')?.because).toBe('The IMAP login was accepted just now.')
  })
})
