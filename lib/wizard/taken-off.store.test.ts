// A mailbox that is taken off the list while it is open to the application: it is told until it is closed.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { atStep, newOwner, newSetup, type Owner } from '../../test-data/at-step.ts'
import { databases, useDatabase } from '../../test-data/databases.ts'
import type { ExchangeEvidence } from '../powershell/evidence.ts'
import { grantedHash } from '../powershell/receipt.ts'
import { openTheMailboxes } from '../steps/open-the-mailboxes.ts'
import { registerTheApplication } from '../steps/register-the-application.ts'
import { answerStep } from './act.ts'
import { saveProof, saveReceipts } from './evidence-store.ts'
import { listAsShown, shownField } from './mailbox-list.ts'
import { rememberSighting } from './sightings.ts'
import { nameTenant, saveMailboxes } from './store.ts'

const [tenantId, appId, enterpriseObjectId, otherAppId] = [1, 2, 3, 4].map(
  digit => `${String(digit).repeat(8)}-0000-4000-8000-000000000000`
) as [string, string, string, string]
const [ada, ben, cas] = ["ada.o'neil@contoso.example", 'ben@contoso.example', 'cas@contoso.example'] as const
const title = 'Off the list, and still open to the application'

const minute = (minute: number) => `2026-08-22T10:${String(minute).padStart(2, '0')}:00Z`
const look = (at: string, more: Partial<ExchangeEvidence>): ExchangeEvidence => ({
  source: 'receipt',
  script: 'mailboxes',
  at,
  tenantId,
  appId,
  mailboxes: [],
  failures: [],
  changed: true,
  ...more
})
const grants = (at: string, grant: boolean, ...addresses: readonly string[]) =>
  look(at, { mailboxes: addresses.map(address => ({ address, grant })) })

describe.each(databases)('on $name', ({ open }) => {
  let opened: { close(): Promise<void> }
  let owner: Owner
  let setupId: string
  beforeAll(async () => {
    opened = await useDatabase(open)
    owner = await newOwner()
  })
  afterAll(() => opened.close())
  beforeEach(async () => {
    setupId = await newSetup(owner)
    await nameTenant(setupId, tenantId)
    await register(appId)
    await saveMailboxes(setupId, [ada, ben])
  })

  const register = (id: string) =>
    rememberSighting(setupId, registerTheApplication, 'graph', {
      kind: 'done',
      found: { appId: id, enterpriseObjectId },
      facts: []
    })

  const now = () => atStep(owner, setupId, openTheMailboxes)

  async function save(mailboxes: readonly string[], more: Record<string, readonly string[]> = {}) {
    const at = await now()
    const shown = await listAsShown(at.setup.mailboxes)
    const acted = await answerStep(at, { mailboxes: [mailboxes.join('\n')], [shownField]: [shown], ...more })
    expect(acted).toMatchObject({ ok: true })
  }

  /** What the page tells, what it offers to tick, and whom the undo closes. */
  async function told() {
    const { setup } = await now()
    const panels = openTheMailboxes.panels?.(setup) ?? []
    const notice = panels.find(panel => panel.kind === 'notice' && panel.title === title)
    const commands = panels.find(panel => panel.kind === 'snippets' && panel.title.startsWith('Close the'))
    const undo = panels.find(panel => panel.kind === 'script' && panel.id === 'undo')
    return {
      says: notice?.kind === 'notice' ? notice.says.join(' ') : undefined,
      commands: commands?.kind === 'snippets' ? commands.snippets.map(({ code }) => code).join('\n') : undefined,
      ticks: openTheMailboxes.asks
        ?.fields(setup)
        .find(({ name }) => name === 'closed')
        ?.choices?.map(one => one.value),
      undo: undo?.kind === 'script' ? (/\$mailboxes = @\((.*)\)/.exec(undo.code)?.[1] ?? undo.code) : undefined
    }
  }
  const nothing = { says: undefined, commands: undefined, ticks: undefined }

  test('is told with the command that closes it, and the undo takes it along', async () => {
    await saveReceipts(setupId, [grants(minute(1), true, ada, ben)])
    expect(await told()).toMatchObject(nothing)
    await save([ben])
    const after = await told()
    expect(after.says).toContain(ada)
    expect(after.says).not.toContain(ben)
    expect(after.commands).toContain(
      `Remove-MailboxPermission -Identity 'ada.o''neil@contoso.example' -User '${enterpriseObjectId}' -AccessRights FullAccess -InheritanceType All -Confirm:$false`
    )
    expect(after.ticks).toEqual([ada])
    expect(after.undo).toBe("'ada.o''neil@contoso.example','ben@contoso.example'")
    // It stays told whatever else is saved.
    await save([ben, cas])
    expect((await told()).ticks).toEqual([ada])
  })

  test('is told where a receipt only counted it, and where a login opened it', async () => {
    const granted = { count: 2, sha256: await grantedHash([ada, ben]) }
    await saveReceipts(setupId, [look(minute(1), { granted })])
    await save([cas])
    expect((await told()).ticks).toEqual([ada, ben])
    await saveProof(setupId, { address: cas, protocol: 'IMAP', at: minute(2), result: { kind: 'accepted' } })
    await save([ben])
    expect((await told()).ticks).toEqual([ada, cas])
  })

  test('that nobody saw open is not told', async () => {
    await saveReceipts(setupId, [grants(minute(1), false, ada), grants(minute(1), true, ben)])
    await save([ben])
    expect(await told()).toMatchObject({ ...nothing, undo: "'ben@contoso.example'" })
  })

  test('stays told where an undo could not take the entry away', async () => {
    await saveReceipts(setupId, [grants(minute(2), true, ada, ben)])
    await save([ben])
    const principals = [{ objectId: enterpriseObjectId }]
    await saveReceipts(setupId, [look(minute(3), { script: 'undo', changed: true, principals })])
    expect((await told()).ticks).toEqual([ada])
  })

  test.each([
    ['a newer look shows it closed', grants(minute(3), false, ada)],
    ['the undo was run', look(minute(3), { script: 'undo', principals: [] })]
  ])('is told no more once %s, and an older look says nothing', async (_name, newer) => {
    await saveReceipts(setupId, [grants(minute(2), true, ada, ben)])
    await save([ben])
    await saveReceipts(setupId, [grants(minute(1), false, ada)])
    expect((await told()).ticks).toEqual([ada])
    await saveReceipts(setupId, [newer])
    expect(await told()).toMatchObject(nothing)
  })

  test('is told no more once a person says that it is closed, or it is on the list again', async () => {
    await saveReceipts(setupId, [grants(minute(1), true, ada, ben)])
    await save([cas])
    expect((await told()).ticks).toEqual([ada, ben])
    await save([cas], { closed: [ada] })
    expect((await told()).ticks).toEqual([ben])
    await save([cas, ben])
    expect(await told()).toMatchObject(nothing)
  })

  test('is not told of another application', async () => {
    await saveReceipts(setupId, [grants(minute(1), true, ada, ben)])
    await save([ben])
    await register(otherAppId)
    expect(await told()).toMatchObject(nothing)
  })
})
