// The repair of a wrong Object ID, run as the product prints it.
import { describe, expect, it } from 'vitest'
import { textOf } from '../../lib/powershell/quote.ts'
import { readReceipt } from '../../lib/powershell/receipt.ts'
import { repairScript } from '../../lib/powershell/repair.ts'
import { wholeScript } from '../../lib/powershell/script.ts'
import type { ScriptInput } from '../../lib/powershell/script-input.ts'
import { hasFullAccess } from './state.ts'
import { openTestWindow, sample, type TestWindow } from './testing.ts'

const wrong = '11111111-2222-4333-8444-555555555555'
const mailboxes = ['invoices@contoso.example', 'scanner@contoso.example']
const input = (window: TestWindow, more: Partial<ScriptInput> = {}): ScriptInput => ({
  setupId: 'setup-1',
  name: 'Invoice reader',
  tenantId: window.contoso.id,
  initialDomain: 'contosopractice.onmicrosoft.com',
  ...sample,
  protocols: ['IMAP', 'POP', 'SMTP'],
  mailboxes,
  admin: 'ada@contoso.example',
  ...more
})

/** A window where the whole script ran with the wrong Object ID. */
function broken(edition: '5.1' | '7.6'): TestWindow {
  const window = openTestWindow()
  expect(window.run(textOf(wholeScript(input(window, { objectId: wrong }))), { edition }).failed).toBe(false)
  expect(window.exchange.servicePrincipals).toMatchObject([{ objectId: wrong }])
  return window
}

describe.each(['5.1', '7.6'] as const)('in PowerShell %s', edition => {
  it('a wrong Object ID is mended, the mailboxes open again, and no entry is left that names nobody', () => {
    const window = broken(edition)
    const result = window.run(textOf(repairScript(input(window))), { edition })
    expect(result.failed).toBe(false)
    expect(window.exchange.servicePrincipals).toMatchObject([sample])
    const sid = window.exchange.servicePrincipals[0]?.sid ?? ''
    for (const address of mailboxes) {
      expect(hasFullAccess(window.recipient(address), sid)).toBe(true)
      expect(window.recipient(address).grants).toHaveLength(1)
    }
    const read = readReceipt(result.output)
    expect(read.ok && read.receipt).toMatchObject({
      script: 'repair',
      principal: 'created',
      principals: [{ objectId: sample.objectId }],
      granted: 2,
      failed: 0
    })
  })

  it('a second run writes nothing', () => {
    const window = broken(edition)
    const script = textOf(repairScript(input(window)))
    window.run(script, { edition })
    const changes = window.changes()
    const again = window.run(script, { edition })
    expect(again.failed).toBe(false)
    expect(again.clipboard).toContain('principal: present')
    expect(window.changes()).toBe(changes)
  })

  it('pasted line by line it does the same', () => {
    const window = broken(edition)
    expect(window.run(textOf(repairScript(input(window))), { edition, how: 'lines' }).failed).toBe(false)
    expect(window.exchange.servicePrincipals).toMatchObject([sample])
  })
})

describe('the script that opens mailboxes', () => {
  it('does not take the entry of somebody who bears the application’s name for the application’s', () => {
    const window = openTestWindow()
    const ben = 'ben@contoso.example'
    const granted = window.connected(`Add-MailboxPermission ${mailboxes[0]} -User ${ben} -AccessRights FullAccess`)
    expect(granted.failed).toBe(false)
    const result = window.run(textOf(wholeScript(input(window, { name: ben }))))
    const read = readReceipt(result.output)
    expect(read.ok && read.receipt.each.map(({ grant }) => grant)).toEqual(['added', 'added'])
    const sid = window.exchange.servicePrincipals[0]?.sid ?? ''
    expect(hasFullAccess(window.recipient(mailboxes[0] ?? ''), sid)).toBe(true)
  })
})

describe('the repair', () => {
  it('goes on where it was broken off between removing and making', () => {
    const window = broken('7.6')
    window.connected(`Remove-ServicePrincipal -Identity ${wrong} -Confirm:$false`)
    expect(window.run(textOf(repairScript(input(window)))).failed).toBe(false)
    expect(window.exchange.servicePrincipals).toMatchObject([sample])
  })

  it('leaves other applications and their permissions alone', () => {
    const window = broken('7.6')
    const other = { appId: '0b9d43a0-7d57-4f6a-8a0c-2a5ef4d9b0a4', objectId: 'c5a7e0b2-9a1d-4c55-8e0e-5d5f7f0f6c11' }
    window.connected(`New-ServicePrincipal -AppId ${other.appId} -ObjectId ${other.objectId} -DisplayName 'Other'
Add-MailboxPermission -Identity ${mailboxes[0]} -User ${other.objectId} -AccessRights FullAccess`)
    window.run(textOf(repairScript(input(window))))
    expect(window.exchange.servicePrincipals).toEqual(
      expect.arrayContaining([expect.objectContaining(other), expect.objectContaining(sample)])
    )
    expect(window.recipient(mailboxes[0] as string).grants).toHaveLength(2)
  })

  it('without mailboxes mends the entry only', () => {
    const window = broken('7.6')
    const result = window.run(textOf(repairScript(input(window, { mailboxes: [] }))))
    expect(result.failed).toBe(false)
    expect(window.exchange.servicePrincipals).toMatchObject([sample])
  })

  it('in the wrong tenant, or without the role, writes nothing', () => {
    const window = broken('7.6')
    const changes = window.changes()
    for (const as of ['noor@northwind.example', 'ben@contoso.example'])
      expect(window.run(textOf(repairScript(input(window))), { as }).exitCode).toBe(1)
    expect(window.changes()).toBe(changes)
  })
})
