// How Exchange's two steps stand: by what receipts and outputs show, by logins, and not by what nothing shows.
import { describe, expect, test } from 'vitest'
import { globalCloud } from '../../test-data/sample-input.ts'
import type { ExchangeEvidence, MailboxEvidence } from '../powershell/evidence.ts'
import { grantedHash } from '../powershell/receipt.ts'
import { mailboxesStand, principalStands, repairFits, sidInExchange } from './exchange-stands.ts'
import { registerInExchange } from './register-in-exchange.ts'
import { type Registered, registerTheApplication } from './register-the-application.ts'
import type { Problem, ProofCount, Setup, Standing } from './step.ts'

const tenantId = '8f1cf9a4-3f5f-4c0d-9b80-0e0f7a5a1c11'
const enterprise = 'bf822882-b0bf-4acc-a606-7da6b107a435'
const registration = '6d8a1f8c-51c6-4d17-a4a3-0d9b4b0a2a55'
const stranger = '00000000-1111-4222-8333-444455556666'
const app: Registered = {
  appId: '58d827e0-c69c-401f-8deb-b1224d129dc8',
  enterpriseObjectId: enterprise,
  applicationObjectId: registration
}
const [ada, ben] = ['ada@contoso.example', 'ben@contoso.example']

const noProof: ProofCount = { accepted: 0, refused: 0, unreachable: 0, sent: 0, sendRefused: 0, opened: [] }
const openedAt = (minute: number, ...addresses: readonly string[]): ProofCount => ({
  ...noProof,
  opened: addresses.map(address => ({ address, at: `2026-08-22T10:${String(minute).padStart(2, '0')}:00.000Z` }))
})
const setupWith = (given: Partial<Setup> = {}): Setup => ({
  id: 'setup',
  name: 'Invoices',
  protocols: ['IMAP', 'POP', 'SMTP'],
  cloud: globalCloud,
  tenantId,
  findsBy: 'uniqueName',
  wizardClientId: undefined,
  admin: undefined,
  mailboxes: [ada, ben],
  secrets: [],
  exchange: [],
  proof: noProof,
  now: new Date(0),
  nextAttemptId: 'attempt',
  answered: () => undefined,
  found: () => undefined,
  lastFound: () => undefined,
  ...given
})

const look = (minute: number, more: Partial<ExchangeEvidence> = {}): ExchangeEvidence => ({
  source: 'receipt',
  at: `2026-08-22T10:${String(minute).padStart(2, '0')}:00Z`,
  tenantId,
  appId: app.appId,
  mailboxes: [],
  failures: [],
  changed: false,
  ...more
})
const opened = { grant: true, imap: true, pop: true, smtpAuth: true } as const
const openBoxes = (addresses: readonly string[], more: Partial<MailboxEvidence> = {}): readonly MailboxEvidence[] =>
  addresses.map(address => ({ address, ...opened, ...more }))

function problemOf(standing: Standing | undefined): Problem {
  if (standing?.kind !== 'blocked') throw new Error(`It is not blocked: ${JSON.stringify(standing)}`)
  return standing.problem
}

describe('the entry in Exchange', () => {
  const stands = (exchange: readonly ExchangeEvidence[], given: Partial<Setup> = {}, of = app) =>
    principalStands(setupWith({ exchange, ...given }), of)
  const withEntries = (...objectIds: readonly string[]) =>
    look(1, { principals: objectIds.map(objectId => ({ objectId })) })

  test('is not known where nothing shows it, or where the right Object ID is not known', () => {
    expect(stands([])).toBeUndefined()
    expect(stands([look(1, { mailboxes: openBoxes([ada]) })])).toBeUndefined()
    expect(stands([withEntries(enterprise)], {}, { appId: app.appId })).toBeUndefined()
    expect(stands([withEntries(enterprise)], { tenantId: stranger })).toBeUndefined()
  })

  test('is right with the Object ID of the enterprise application, and it says what shows that', () => {
    expect(stands([withEntries(enterprise)])).toEqual({
      kind: 'done',
      found: { confirmed: true },
      facts: [{ label: 'Object ID in Exchange', value: enterprise, note: 'By the receipt of 2026-08-22 10:01 UTC.' }]
    })
    const pasted = stands([{ ...withEntries(enterprise), source: 'output' }])
    expect(pasted).toMatchObject({ facts: [{ note: 'By the output pasted on 2026-08-22 10:01 UTC.' }] })
  })

  test('that is absent wants the script', () => {
    const problem = problemOf(stands([withEntries()]))
    expect(problem).toMatchObject({
      id: 'principal-absent',
      todo: ['Run the script below and paste its receipt.']
    })
  })

  test('with the application’s own Object ID is told so, and wants the repair script', () => {
    const problem = problemOf(stands([withEntries(registration)]))
    expect(problem.id).toBe('sp-wrong-object-id')
    expect(problem.happened).toContain(`It has ${registration}, and the right one is ${enterprise}.`)
    expect(problem.happened).toContain('the application’s own Object ID, the one that App registrations shows')
    expect(problem.todo.join(' ')).toContain('repair script')
  })

  test('with any other Object ID is told wrong, and not where it came from', () => {
    const problem = problemOf(stands([withEntries(stranger)]))
    expect(problem.id).toBe('sp-wrong-object-id')
    expect(problem.happened).toContain(stranger)
    expect(problem.happened).not.toContain('own Object ID')
  })

  test('that is there twice is not right, whichever comes first, and the wrong one is removed by hand', () => {
    for (const entries of [
      [enterprise, stranger],
      [stranger, enterprise]
    ]) {
      const problem = problemOf(stands([withEntries(...entries)]))
      expect(problem).toMatchObject({
        id: 'principal-several',
        title: 'Exchange has two entries for the application',
        todo: [`Run Remove-ServicePrincipal -Identity ${stranger}`, 'Then run the script below and paste its receipt.']
      })
      expect(problem.happened).toContain(`It has ${entries.join(', ')}, and the right one is ${enterprise}.`)
      expect(problem.todo.join(' ')).not.toContain('repair')
    }
  })

  test('that is there several times, and never right, has every wrong one removed', () => {
    const third = '00000000-1111-4222-8333-444455557777'
    const { title, todo } = problemOf(stands([withEntries(registration, stranger, third)]))
    expect(title).toBe('Exchange has 3 entries for the application')
    expect(todo.filter(one => one.includes('Remove-ServicePrincipal -Identity '))).toHaveLength(3)
  })

  describe('against an Object ID that was pasted and nobody checked', () => {
    const pasted = { ...app, unchecked: true }
    const panelsOf = (of: Registered, ...objectIds: readonly string[]) => {
      const found = <F>(step: { id: string }) => (step.id === registerTheApplication.id ? (of as F) : undefined)
      return registerInExchange.panels?.(setupWith({ exchange: [withEntries(...objectIds)], found })) ?? []
    }
    const repairs = (...given: Parameters<typeof panelsOf>) =>
      panelsOf(...given).filter(panel => panel.kind === 'script' && panel.id === 'repair').length

    test('is not called wrong: what decides is said first, and no repair is offered', () => {
      for (const objectId of [stranger, registration]) {
        const { id, happened, todo } = problemOf(stands([withEntries(objectId)], {}, pasted))
        expect(id).toBe('object-id-unchecked')
        expect(happened).toContain(`It has ${objectId}. This setup has ${enterprise}, which was pasted by hand`)
        expect(happened).toContain('One of the two is wrong.')
        expect(todo[0]).toMatch(/^Open Enterprise applications.*the claim oid/)
        expect(todo[1]).toBe(
          `If it is ${objectId}, Exchange is right: paste that one on the page Register the application. Remove nothing from Exchange.`
        )
        expect(`${happened} ${todo.join(' ')}`).not.toMatch(/right one is|Run the repair|Remove-ServicePrincipal/)
        expect(repairs(pasted, objectId)).toBe(0)
        expect(repairs(app, objectId)).toBe(1)
      }
    })

    test('is right with that one', () => {
      expect(stands([withEntries(enterprise)], {}, pasted)?.kind).toBe('done')
    })

    test('and there several times, none is to be removed before the comparison', () => {
      const { happened, todo } = problemOf(stands([withEntries(enterprise, stranger)], {}, pasted))
      expect(happened).not.toContain('right one')
      expect(todo[0]).toMatch(/^Open Enterprise applications/)
      expect(todo.join(' ')).not.toContain(`Remove-ServicePrincipal -Identity ${stranger}`)
    })
  })

  test('is repaired by a script only where it is one, and wrong', () => {
    const fits = (...objectIds: readonly string[]) =>
      repairFits(
        objectIds.map(objectId => ({ objectId })),
        enterprise
      )
    expect([fits(stranger), fits(registration)]).toEqual([true, true])
    expect([fits(), fits(enterprise), fits(enterprise.toUpperCase())]).toEqual([false, false, false])
    expect([fits(enterprise, stranger), fits(stranger, registration)]).toEqual([false, false])
  })

  test('has the SID that it was seen with, and another entry’s is not its own', () => {
    const sid = 'S-1-5-21-1-2-3-4'
    const of = (...looks: ExchangeEvidence[]) => sidInExchange(setupWith({ exchange: looks }), app)
    expect(of()).toBeUndefined()
    expect(of(look(1, { principals: [{ objectId: enterprise.toUpperCase(), sid }] }))).toBe(sid)
    expect(of(look(1, { principals: [{ objectId: stranger, sid }] }))).toBeUndefined()
    expect(of(look(2, { principals: [] }), look(1, { principals: [{ objectId: enterprise, sid }] }))).toBeUndefined()
  })

  test('is right with the same ID in capitals', () => {
    expect(stands([withEntries(enterprise.toUpperCase())])?.kind).toBe('done')
  })

  test('that a newer look shows absent or wrong is so, although a mailbox let the application in before', () => {
    const proof = openedAt(1, ada)
    const [absent, wrong] = [look(2, { principals: [] }), look(2, { principals: [{ objectId: stranger }] })]
    expect(problemOf(stands([absent], { proof })).id).toBe('principal-absent')
    expect(problemOf(stands([wrong], { proof })).id).toBe('sp-wrong-object-id')
    const undone = look(2, { script: 'undo', changed: true })
    expect(stands([undone], { proof })).toBeUndefined()
    expect(stands([undone], { proof: openedAt(3, ada) })?.kind).toBe('done')
  })

  test('is right once a mailbox let the application in, by the newest login, whatever was pasted before', () => {
    const proof = {
      ...noProof,
      opened: [...openedAt(0, ben).opened, ...openedAt(2, ada).opened, ...openedAt(0, 'cy@contoso.example').opened]
    }
    for (const exchange of [[], [withEntries()], [withEntries(stranger)], [withEntries(enterprise, stranger)]])
      expect(stands(exchange, { proof })).toMatchObject({
        kind: 'done',
        facts: [{ value: enterprise, note: 'Proved by a login: a mailbox let the application in.' }]
      })
    // SMTP lets in whom no mailbox lets in: it proves nothing here.
    expect(stands([withEntries()], { proof: { ...noProof, accepted: 1 } })?.kind).toBe('blocked')
  })
})

describe('the mailboxes', () => {
  const stands = (exchange: readonly ExchangeEvidence[], given: Partial<Setup> = {}) =>
    mailboxesStand(setupWith({ exchange, ...given }), app)
  const happened = async (...given: Parameters<typeof stands>) => problemOf(await stands(...given)).happened

  test('are not known while there are none, or while one of them was not shown', async () => {
    expect(await stands([look(1, { mailboxes: openBoxes([ada]) })], { mailboxes: [] })).toBeUndefined()
    expect(await stands([])).toBeUndefined()
    expect(await stands([look(1, { mailboxes: openBoxes([ada]) })])).toBeUndefined()
    expect(await stands([look(1, { mailboxes: openBoxes([ada, 'cy@contoso.example']) })])).toBeUndefined()
    const switches = [ada, ben].map(address => ({ address, imap: true, pop: true, smtpAuth: true }))
    expect(await stands([look(1, { mailboxes: switches })])).toBeUndefined()
  })

  test('are open when each was seen open, in one look or in several, and the newest is named', async () => {
    const exchange = [look(2, { mailboxes: openBoxes([ada]) }), look(1, { mailboxes: openBoxes([ben]) })]
    const note = 'By the receipt of 2026-08-22 10:02 UTC.'
    for (const given of [exchange, exchange.toReversed()])
      expect(await stands(given)).toEqual({
        kind: 'done',
        found: { confirmed: true },
        facts: [{ label: 'Mailboxes that are open', value: '2', note }]
      })
    expect(await stands(exchange, { mailboxes: [ben, ada] })).toMatchObject({ facts: [{ note }] })
  })

  test('are found however their letters are written', async () => {
    expect(await stands([look(1, { mailboxes: openBoxes([ada.toUpperCase(), ben]) })])).toMatchObject({ kind: 'done' })
  })

  test('of which one lacks something are not open, and that one is named with what it lacks', async () => {
    const mailboxes = [...openBoxes([ada]), ...openBoxes([ben], { grant: false, imap: false })]
    const problem = problemOf(await stands([look(1, { mailboxes })]))
    expect(problem.id).toBe('mailboxes-not-open')
    expect(problem.title).toBe('1 of 2 mailboxes is not open')
    expect(problem.happened).toBe(`${ben}: the application has no FullAccess, IMAP is off.`)
    const only = await stands([look(1, { mailboxes: openBoxes([ada], { grant: false }) })], { mailboxes: [ada] })
    expect(problemOf(only).title).toBe('The mailbox is not open')
  })

  test('are blocked by what one of them lacks, also where the others were not shown', async () => {
    const problem = problemOf(await stands([look(1, { mailboxes: openBoxes([ben], { grant: false }) })]))
    expect(problem.title).toBe('1 of 2 mailboxes is not open')
  })

  test('need the protocols that were chosen, and no others', async () => {
    const mailboxes = openBoxes([ada], { imap: false, pop: false, smtpAuth: false })
    const of = (protocols: Setup['protocols']) => happened([look(1, { mailboxes })], { mailboxes: [ada], protocols })
    expect(await of(['IMAP'])).toBe(`${ada}: IMAP is off.`)
    expect(await of(['POP'])).toBe(`${ada}: POP is off.`)
    expect(await of(['SMTP'])).toBe(`${ada}: SMTP AUTH is off.`)
    expect(await of(['IMAP', 'POP', 'SMTP'])).toBe(`${ada}: IMAP is off, POP is off, SMTP AUTH is off.`)
    const popOff = [look(1, { mailboxes: openBoxes([ada], { pop: false }) })]
    expect(await stands(popOff, { mailboxes: [ada], protocols: ['IMAP', 'SMTP'] })).toMatchObject({ kind: 'done' })
  })

  describe('at one of which a script failed', () => {
    const failures = [`${ben.toUpperCase()}: The server is too busy.`]
    const failed = (script: ExchangeEvidence['script']) =>
      look(2, {
        script,
        mailboxes: [...openBoxes([ada]), { address: ben, grant: true, pop: true, smtpAuth: null }],
        failures
      })

    test('are not known to be open, until each protocol is shown or a login opened it', async () => {
      for (const script of ['mailboxes', 'whole', 'repair', 'diagnosis'] as const)
        expect(await stands([failed(script)]), script).toBeUndefined()
      const turnedOn = look(3, {
        script: 'switches',
        mailboxes: [{ address: ben, imap: true, pop: true, smtpAuth: true }]
      })
      expect((await stands([turnedOn, failed('whole')]))?.kind).toBe('done')
      expect((await stands([failed('whole')], { proof: openedAt(3, ben) }))?.kind).toBe('done')
      expect(await stands([failed('whole')], { proof: openedAt(1, ben) })).toBeUndefined()
      expect((await stands([failed('whole')], { protocols: ['POP', 'SMTP'] }))?.kind).toBe('done')
      expect((await stands([failed('whole')], { mailboxes: [ada] }))?.kind).toBe('done')
    })

    test('are not open by what was seen before it failed, unless it only looked', async () => {
      const before = look(1, { mailboxes: openBoxes([ada, ben]) })
      expect(await stands([failed('mailboxes'), before])).toBeUndefined()
      expect((await stands([failed('diagnosis'), before]))?.kind).toBe('done')
    })

    test('that was sending as it alone are open', async () => {
      const before = look(1, { mailboxes: openBoxes([ada, ben]) })
      expect((await stands([look(2, { script: 'send-as', failures }), before]))?.kind).toBe('done')
    })

    test('are not known to be open either where the receipt only counts', async () => {
      const sha256 = await grantedHash([ada, ben])
      const counted = (minute: number, fails: number) =>
        look(minute, { script: 'whole', granted: { count: 2, sha256, ...(fails > 0 && { failed: fails }) } })
      expect(await stands([counted(1, 1)])).toBeUndefined()
      expect((await stands([counted(1, 0)]))?.kind).toBe('done')
      expect((await stands([counted(2, 0), counted(1, 1)]))?.kind).toBe('done')
      const diagnosis = look(2, { script: 'diagnosis', granted: { count: 2, sha256 } })
      expect(await stands([diagnosis, counted(1, 1)])).toBeUndefined()
    })
  })

  test('follow the organisation with SMTP AUTH where they have no switch of their own', async () => {
    const given = { mailboxes: [ada], protocols: ['SMTP'] } as const
    const of = (smtpAuth: boolean | null, smtpAuthOfOrganization?: boolean) =>
      stands([look(1, { mailboxes: openBoxes([ada], { smtpAuth }), smtpAuthOfOrganization })], given)
    expect((await of(null, false))?.kind).toBe('blocked')
    expect((await of(null, true))?.kind).toBe('done')
    expect((await of(null))?.kind).toBe('done')
    expect((await of(true, false))?.kind).toBe('done')
    expect((await of(false, true))?.kind).toBe('blocked')
  })

  test.each(['group', 'elsewhere', 'none'] as const)(
    'that are none, but %s, are told so and nothing else',
    async recipient => {
      const mailboxes = [{ address: ada, recipient, grant: false }]
      expect(await happened([look(1, { mailboxes })], { mailboxes: [ada] })).toBe(
        `${ada}: it is no mailbox in Exchange Online.`
      )
    }
  )

  test('that were open to an entry which is no more are not known', async () => {
    const before = look(1, { principals: [{ objectId: stranger }], mailboxes: openBoxes([ada, ben]) })
    expect((await stands([before]))?.kind).toBe('done')
    expect(await stands([look(2, { principals: [{ objectId: enterprise }] }), before])).toBeUndefined()
    expect(await stands([look(2, { script: 'undo', changed: true }), before])).toBeUndefined()
    const repaired = look(2, { script: 'repair', changed: true, mailboxes: openBoxes([ada, ben]) })
    expect((await stands([repaired, before]))?.kind).toBe('done')
  })

  test('that were closed to an entry which is no more are not known either', async () => {
    const before = look(1, { principals: [{ objectId: stranger }], mailboxes: openBoxes([ada], { grant: false }) })
    expect(await stands([look(2, { principals: [{ objectId: enterprise }] }), before])).toBeUndefined()
  })

  test('are open when logins opened every one, whatever was seen of their grants before', async () => {
    const exchange = [look(1, { mailboxes: openBoxes([ada, ben], { grant: false }) })]
    const proved = await stands(exchange, { proof: openedAt(2, ada.toUpperCase(), ben) })
    expect(proved).toMatchObject({ kind: 'done', facts: [{ value: '2', note: 'Proved by logins.' }] })
    expect(await happened(exchange, { proof: openedAt(2, ada) })).toBe(`${ben}: the application has no FullAccess.`)
    expect(await stands([], { proof: { ...openedAt(2, ada), accepted: 6 } })).toBeUndefined()
  })

  test('are not open by a login that is older than the look that shows them closed', async () => {
    const proof = openedAt(1, ada, ben)
    const closed = look(2, { mailboxes: openBoxes([ben], { grant: false }) })
    expect(await happened([closed], { proof })).toBe(`${ben}: the application has no FullAccess.`)
    expect(await stands([look(2, { script: 'undo', changed: true })], { proof })).toBeUndefined()
    expect(await stands([look(2, { principals: [] })], { proof })).toBeUndefined()
  })

  test('are open in part by logins, in part by what was pasted, and both are said', async () => {
    const exchange = [look(1, { mailboxes: openBoxes([ben]) })]
    expect(await stands(exchange, { proof: openedAt(2, ada) })).toMatchObject({
      facts: [{ value: '2', note: 'By the receipt of 2026-08-22 10:01 UTC. 1 of them by logins.' }]
    })
  })

  test('that a login opened still lack a protocol that was seen off, unless it must have been that one', async () => {
    const off = (minute: number, facts: Partial<MailboxEvidence>) => [
      look(minute, { mailboxes: [{ address: ada, ...facts }] })
    ]
    const given = (protocols: Setup['protocols']) => ({ mailboxes: [ada], protocols, proof: openedAt(2, ada) })
    expect(await happened(off(3, { imap: false }), given(['IMAP']))).toBe(`${ada}: IMAP is off.`)
    expect((await stands(off(1, { imap: false }), given(['IMAP'])))?.kind).toBe('done')
    expect(await happened(off(1, { pop: false }), given(['IMAP', 'POP']))).toBe(`${ada}: POP is off.`)
    expect(await happened(off(1, { smtpAuth: false }), given(['IMAP', 'SMTP']))).toBe(`${ada}: SMTP AUTH is off.`)
  })

  test('that a login opened are mailboxes, unless a newer look shows another thing', async () => {
    const given = { mailboxes: [ada], proof: openedAt(2, ada) }
    const group = (minute: number) => [look(minute, { mailboxes: [{ address: ada, recipient: 'group' }] })]
    expect((await stands(group(1), given))?.kind).toBe('done')
    expect(await happened(group(3), given)).toBe(`${ada}: it is no mailbox in Exchange Online.`)
  })

  describe('that an entry denies', () => {
    const denied = (minute: number) =>
      look(minute, { script: 'diagnosis', mailboxes: openBoxes([ada], { grant: false, denied: true }) })
    const of = { mailboxes: [ada] }

    test('are told so, with the command that removes it', async () => {
      const problem = problemOf(await stands([denied(1)], of))
      expect(problem).toMatchObject({ id: 'mailboxes-denied', title: 'An entry denies the application' })
      expect(problem.happened).toBe(`${ada}: an entry denies the application.`)
      expect(problem.todo[0]).toMatch(/^Remove the entry that denies, then open the mailbox/)
      expect(problem.todo[1]).toBe(
        `Run Remove-MailboxPermission -Identity '${ada}' -User ${enterprise} -AccessRights FullAccess -InheritanceType All -Deny`
      )
    })

    test('stay so after a script granted beside it, and not after a diagnosis or a login', async () => {
      const granted = (script: ExchangeEvidence['script']) => look(2, { script, mailboxes: openBoxes([ada]) })
      expect((await stands([granted('mailboxes'), denied(1)], of))?.kind).toBe('blocked')
      expect((await stands([granted('diagnosis'), denied(1)], of))?.kind).toBe('done')
      expect((await stands([denied(1)], { ...of, proof: openedAt(2, ada) }))?.kind).toBe('done')
      expect((await stands([denied(3)], { ...of, proof: openedAt(2, ada) }))?.kind).toBe('blocked')
    })

    test('are removed under the Object ID that Exchange has', async () => {
      const wrong = { ...denied(1), principals: [{ objectId: stranger }] }
      expect(problemOf(await stands([wrong], of)).todo[1]).toContain(`-User ${stranger} `)
    })

    test('of many are named as far as ten, and the title counts them', async () => {
      const list = Array.from({ length: 12 }, (_, index) => `m${index}@contoso.example`)
      const exchange = [look(1, { mailboxes: openBoxes(list, { grant: false, denied: true }) })]
      const { title, todo } = problemOf(await stands(exchange, { mailboxes: [...list, ada] }))
      expect(title).toBe('An entry denies the application 12 of 13 mailboxes')
      expect(todo.filter(one => one.includes('Remove-MailboxPermission'))).toHaveLength(10)
      expect(todo).toContain('And 2 more.')
    })
  })
})

describe('a receipt that names no mailbox', () => {
  const list = Array.from({ length: 300 }, (_, index) => `m${index}@contoso.example`)
  const counting = async (minute: number, mailboxes: readonly string[], more: Partial<ExchangeEvidence> = {}) =>
    look(minute, {
      script: 'mailboxes',
      principals: [{ objectId: enterprise }],
      granted: { count: mailboxes.length, sha256: await grantedHash(mailboxes) },
      ...more
    })
  const stands = (exchange: readonly ExchangeEvidence[], mailboxes: readonly string[] = list) =>
    mailboxesStand(setupWith({ exchange, mailboxes }), app)

  test('opens exactly the list that it counts, in any order and letters', async () => {
    const upside = list.toReversed().map(one => one.toUpperCase())
    for (const mailboxes of [list, upside])
      expect(await stands([await counting(1, list)], mailboxes)).toMatchObject({
        kind: 'done',
        facts: [{ value: '300', note: 'By the receipt of 2026-08-22 10:01 UTC.' }]
      })
  })

  test('opens no other list, be it one mailbox more, fewer, or another', async () => {
    const exchange = [await counting(1, list)]
    expect(await stands(exchange, [...list, ada])).toBeUndefined()
    expect(await stands(exchange, list.slice(1))).toBeUndefined()
    expect(await stands(exchange, [...list.slice(1), ada])).toBeUndefined()
  })

  test('still opens its list when a later one was run for a few, and counts no more once the entry is another', async () => {
    const first = await counting(1, list)
    expect(await stands([await counting(2, list.slice(0, 2)), first])).toMatchObject({
      kind: 'done',
      facts: [{ note: 'By the receipt of 2026-08-22 10:01 UTC.' }]
    })
    expect(await stands([look(2, { principals: [{ objectId: stranger }] }), first])).toBeUndefined()
  })

  test('does not outweigh a later look that shows one of them closed, or off', async () => {
    const first = await counting(1, list)
    const closed = look(2, { mailboxes: openBoxes(['m7@contoso.example'], { grant: false }) })
    expect(problemOf(await stands([closed, first])).happened).toBe(
      'm7@contoso.example: the application has no FullAccess.'
    )
    const off = look(2, { mailboxes: [{ address: 'm7@contoso.example', pop: false }] })
    expect(problemOf(await stands([off, first])).happened).toBe('m7@contoso.example: POP is off.')
    const before = look(0, { mailboxes: openBoxes(['m7@contoso.example'], { grant: false }) })
    expect((await stands([first, before]))?.kind).toBe('done')
    const ofAnother = look(2, { mailboxes: openBoxes([ada], { grant: false }) })
    expect((await stands([ofAnother, first]))?.kind).toBe('done')
  })
})

describe('a receipt that counts, after an entry was seen that denies,', () => {
  test('clears it when it is a diagnosis, and not when a script granted beside it', async () => {
    const denied = look(1, { script: 'diagnosis', mailboxes: openBoxes([ada], { grant: false, denied: true }) })
    const counting = async (script: ExchangeEvidence['script']) =>
      look(2, { script, granted: { count: 2, sha256: await grantedHash([ada, ben]) } })
    const stands = (exchange: readonly ExchangeEvidence[]) => mailboxesStand(setupWith({ exchange }), app)
    expect((await stands([await counting('diagnosis'), denied]))?.kind).toBe('done')
    expect(problemOf(await stands([await counting('mailboxes'), denied])).id).toBe('mailboxes-denied')
  })
})

describe('many mailboxes', () => {
  const list = (count: number) => Array.from({ length: count }, (_, index) => `m${index}@contoso.example`)

  test.each([
    [10, undefined],
    [11, 'And 1 more.'],
    [250, 'And 240 more.']
  ])('that are not open, %i of them, name ten and count the others', async (count, more) => {
    const exchange = [look(1, { mailboxes: openBoxes(list(count), { grant: false }) })]
    const problem = problemOf(await mailboxesStand(setupWith({ exchange, mailboxes: list(count) }), app))
    expect(problem.title).toBe(`${count} of ${count} mailboxes are not open`)
    expect(problem.happened.match(/@/g)).toHaveLength(10)
    expect(problem.happened.endsWith(more ?? 'm9@contoso.example: the application has no FullAccess.')).toBe(true)
  })

  test('of ten thousand take less than two seconds of the processor', async () => {
    const mailboxes = list(10_000)
    const exchange = Array.from({ length: 20 }, (_, minute) =>
      look(20 - minute, { mailboxes: openBoxes(mailboxes, { grant: minute > 0 }) })
    )
    const before = process.cpuUsage()
    const standing = await mailboxesStand(setupWith({ exchange, mailboxes }), app)
    const { user, system } = process.cpuUsage(before)
    expect(problemOf(standing).title).toBe('10000 of 10000 mailboxes are not open')
    expect((user + system) / 1_000_000).toBeLessThan(2)
  })
})
