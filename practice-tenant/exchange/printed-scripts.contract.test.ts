// The product's own scripts, run as the product prints them.
import { describe, expect, it } from 'vitest'
import { diagnosisScript } from '../../lib/powershell/diagnosis.ts'
import { textOf } from '../../lib/powershell/quote.ts'
import { readReceipt } from '../../lib/powershell/receipt.ts'
import { mailboxesScript, registerScript, snippets, undoScript, wholeScript } from '../../lib/powershell/script.ts'
import { scriptFile } from '../../lib/powershell/script-file.ts'
import type { ScriptInput } from '../../lib/powershell/script-input.ts'
import { sendAsScript } from '../../lib/powershell/send-as.ts'
import { readScript } from './script-bytes.ts'
import { addRecipient } from './state.ts'
import { openTestWindow, sample, type TestWindow } from './testing.ts'

function input(window: TestWindow, more: Partial<ScriptInput> = {}): ScriptInput {
  return {
    setupId: 'setup-1',
    name: 'Invoice reader',
    tenantId: window.contoso.id,
    initialDomain: 'contosopractice.onmicrosoft.com',
    ...sample,
    protocols: ['IMAP', 'POP', 'SMTP'],
    mailboxes: ['invoices@contoso.example', 'scanner@contoso.example'],
    admin: 'ada@contoso.example',
    ...more
  }
}

const editions = ['5.1', '7.6'] as const

describe.each(editions)('PowerShell %s', edition => {
  it('the whole script registers, opens the mailboxes and leaves a receipt; a second run writes nothing', () => {
    const window = openTestWindow()
    const script = textOf(wholeScript(input(window)))
    const first = window.run(script, { edition })
    expect(first.failed).toBe(false)
    expect(first.clipboard).toContain('granted: 2')
    expect(window.exchange.servicePrincipals).toMatchObject([{ ...sample, displayName: 'Invoice reader' }])
    const [principal] = window.exchange.servicePrincipals
    for (const address of ['invoices@contoso.example', 'scanner@contoso.example'])
      expect(window.recipient(address)).toMatchObject({
        grants: [{ sid: principal?.sid, rights: ['FullAccess'], autoMapping: false }],
        smtpClientAuthenticationDisabled: false
      })
    expect(window.exchange.transport.smtpClientAuthenticationDisabled).toBe(true)
    const changes = window.changes()
    expect(window.run(script, { edition }).failed).toBe(false)
    expect(window.changes()).toBe(changes)
  })

  it('the undo takes everything back but the switches', () => {
    const window = openTestWindow()
    window.run(textOf(wholeScript(input(window))), { edition })
    expect(window.run(textOf(undoScript(input(window))), { edition }).failed).toBe(false)
    expect(window.exchange.servicePrincipals).toEqual([])
    expect(window.recipient('invoices@contoso.example').grants).toEqual([])
  })

  it('the undo takes Send As back, of this application alone', () => {
    const window = openTestWindow()
    window.run(textOf(wholeScript(input(window))), { edition })
    window.run(textOf(sendAsScript(input(window, { mailboxes: ['scanner@contoso.example'] }))), { edition })
    window.connected(
      'Add-RecipientPermission scanner@contoso.example -Trustee ben@contoso.example -AccessRights SendAs -Confirm:$false'
    )
    expect(window.recipient('scanner@contoso.example').sendAs).toHaveLength(2)
    const [principal] = window.exchange.servicePrincipals
    const result = window.run(textOf(undoScript(input(window))), { edition })
    const left = window.recipient('scanner@contoso.example').sendAs
    expect(left).toHaveLength(1)
    expect(left).not.toContain(principal?.sid)
    const read = readReceipt(result.output)
    expect(read.ok && read.receipt).toMatchObject({
      principal: 'removed',
      failed: 0,
      writes: 4,
      each: [
        { address: 'invoices@contoso.example', grant: 'removed', sendAs: 'absent' },
        { address: 'scanner@contoso.example', grant: 'removed', sendAs: 'removed' }
      ]
    })
  })

  it('the undo without the cmdlets for Send As closes the mailboxes and leaves the entry, without which nothing names Send As', () => {
    const window = openTestWindow()
    window.run(textOf(wholeScript(input(window))), { edition })
    window.run(textOf(sendAsScript(input(window))), { edition })
    const offered = 'Get-OrganizationConfig,*-ServicePrincipal,*-MailboxPermission'
    const connect = `Connect-ExchangeOnline -ShowBanner:$false -CommandName ${offered}`
    const result = window.run(`${connect}\n${textOf(undoScript(input(window)))}`, { edition })
    expect(window.exchange.servicePrincipals).toHaveLength(1)
    expect(result.output).toContain('Run the undo again as an Exchange Administrator')
    const read = readReceipt(result.output)
    expect(read.ok && read.receipt.each.map(({ grant, sendAs }) => [grant, sendAs])).toEqual([
      ['removed', '-'],
      ['removed', '-']
    ])
    expect(read).toMatchObject({ receipt: { principal: 'present', failed: 1 } })
    const again = readReceipt(window.run(textOf(undoScript(input(window))), { edition }).output)
    expect(again).toMatchObject({ receipt: { principal: 'removed', failed: 0 } })
    expect(again.ok && again.receipt.each.map(({ sendAs }) => sendAs)).toEqual(['removed', 'removed'])
    expect(window.exchange.servicePrincipals).toEqual([])
  })

  it('pasted line by line it does the same', () => {
    const window = openTestWindow()
    const result = window.run(textOf(wholeScript(input(window))), { edition, how: 'lines' })
    expect(result.failed).toBe(false)
    expect(window.recipient('scanner@contoso.example').grants).toHaveLength(1)
  })

  it('a mailbox that cannot be opened is named and the others are opened', () => {
    const window = openTestWindow()
    const mailboxes = [
      'invoices@contoso.example',
      'legacy@contoso.example',
      'sales@contoso.example',
      'nobody@contoso.example'
    ]
    const { clipboard } = window.run(textOf(wholeScript(input(window, { mailboxes }))), { edition })
    expect(clipboard).toContain('granted: 1')
    for (const address of mailboxes.slice(1)) expect(clipboard).toContain(`failure: ${address}:`)
  })

  it('registering alone, then opening alone, works', () => {
    const window = openTestWindow()
    expect(window.run(textOf(mailboxesScript(input(window))), { edition }).exitCode).toBe(1)
    expect(window.run(textOf(registerScript(input(window))), { edition }).failed).toBe(false)
    expect(window.run(textOf(mailboxesScript(input(window))), { edition }).failed).toBe(false)
  })
})

describe('before anything is written', () => {
  it.each([
    ['the wrong tenant', { as: 'noor@northwind.example' }],
    ['no role', { as: 'dev@contoso.example' }],
    ['half of the roles', { as: 'ben@contoso.example' }]
  ])('%s stops the script', (_, request) => {
    const window = openTestWindow()
    const result = window.run(textOf(wholeScript(input(window))), request)
    expect(result.exitCode).toBe(1)
    expect(window.changes()).toBe(0)
  })

  it('an entry with another Object ID stops the script', () => {
    const window = openTestWindow()
    window.connected(`New-ServicePrincipal -AppId ${sample.appId} -ObjectId 11111111-2222-4333-8444-555555555555`)
    const changes = window.changes()
    const result = window.run(textOf(wholeScript(input(window))))
    expect(result.output).toContain('Exchange cannot change an Object ID')
    expect(window.changes()).toBe(changes)
  })

  it('another name of the organization stops the script unless it signed in to the tenant itself', () => {
    const otherName = { initialDomain: 'contoso-before.onmicrosoft.com' }
    const own = openTestWindow()
    const goesOn = own.run(textOf(registerScript(input(own, otherName))))
    expect(goesOn.failed).toBe(false)
    expect(goesOn.output).toContain('so the script goes on')
    const connected = openTestWindow()
    const stops = connected.connected(textOf(registerScript(input(connected, otherName))))
    expect(stops.exitCode).toBe(1)
    expect(stops.output).toContain('Exchange calls this organization contosopractice.onmicrosoft.com')
    expect(connected.changes()).toBe(0)
    const partner = openTestWindow()
    const delegated = {
      ...otherName,
      tenantId: partner.fabrikam.id,
      delegatedOrganization: partner.fabrikam.id,
      admin: 'noor@northwind.example'
    }
    const stopped = partner.run(textOf(registerScript(input(partner, delegated))), { as: 'noor@northwind.example' })
    expect(stopped.exitCode).toBe(1)
    expect(partner.changes()).toBe(0)
    const right = { ...delegated, initialDomain: 'fabrikampractice.onmicrosoft.com' }
    const runs = partner.run(textOf(registerScript(input(partner, right))), { as: 'noor@northwind.example' })
    expect(runs.failed).toBe(false)
  })

  it('module 3.10 under PowerShell 7.4 is left alone and 3.9.2 installed', () => {
    const window = openTestWindow()
    expect(window.run(textOf(wholeScript(input(window))), { edition: '7.4' }).failed).toBe(false)
  })

  it('without the module it is installed first', () => {
    const window = openTestWindow()
    expect(window.run(textOf(wholeScript(input(window))), { machine: { module: undefined } }).failed).toBe(false)
  })
})

describe('names and partners', () => {
  it.each([
    "O'Brien",
    'Caf\u00e9 \u2019; Write-Host injected',
    '$(throw 1) `n "x"',
    '\u2018\u2019\u201A\u201B',
    'a#>b<#'
  ])('a display name of %j arrives unharmed, from the page and from the file', name => {
    const window = openTestWindow()
    const code = registerScript(input(window, { name }))
    const file = readScript(scriptFile(code, name).bytes, '5.1')
    for (const script of [textOf(code), file]) {
      window.exchange.servicePrincipals = []
      const result = window.run(script)
      expect(result.failed).toBe(false)
      expect(window.exchange.servicePrincipals[0]?.displayName).toBe(name)
      expect(result.lines.map(line => line.text)).not.toContain('injected')
    }
  })

  it("a guest with -DelegatedOrganization writes into the client's tenant", () => {
    const window = openTestWindow()
    const partner = {
      tenantId: window.fabrikam.id,
      initialDomain: 'fabrikampractice.onmicrosoft.com',
      delegatedOrganization: 'fabrikampractice.onmicrosoft.com',
      admin: 'noor@northwind.example',
      mailboxes: ['orders@fabrikam.example']
    }
    const result = window.run(textOf(wholeScript(input(window, partner))), { as: 'noor@northwind.example' })
    expect(result.failed).toBe(false)
    expect(window.fabrikam.exchange?.servicePrincipals).toMatchObject([sample])
  })

  it('every snippet runs by itself, one after another in one window', () => {
    const window = openTestWindow()
    const list = snippets(input(window)).filter(snippet => !/Unblock-File|ps1/.test(textOf(snippet.code)))
    const result = window.run(list.map(snippet => textOf(snippet.code)).join('\n'), { how: 'lines' })
    expect(result.lines.filter(line => line.kind === 'error')).toEqual([])
    expect(window.exchange.servicePrincipals).toMatchObject([sample])
  })
})

describe('ten thousand mailboxes', () => {
  it('are opened by one script in less than ten seconds of computing, and looked at by one in twenty', () => {
    const window = openTestWindow()
    const mailboxes = Array.from({ length: 10_000 }, (_, index) => `box${index}@contoso.example`)
    for (const address of mailboxes) addRecipient(window.exchange, { address, displayName: address })
    const script = textOf(wholeScript(input(window, { mailboxes })))
    // Computing time, not the clock: other programs share this machine.
    const started = process.cpuUsage()
    const result = window.run(script)
    const { user, system } = process.cpuUsage(started)
    expect((user + system) / 1_000_000).toBeLessThan(10)
    expect(result.failed).toBe(false)
    expect(result.clipboard).toContain('granted: 10000')
    expect(result.files).toHaveLength(1)
    expect(window.recipient('box9999@contoso.example').grants).toHaveLength(1)
    const look = textOf(diagnosisScript(input(window, { mailboxes })))
    const changes = window.changes()
    const began = process.cpuUsage()
    const seen = window.run(look)
    const used = process.cpuUsage(began)
    expect((used.user + used.system) / 1_000_000).toBeLessThan(20)
    expect(seen.failed).toBe(false)
    expect(seen.clipboard).toContain('granted: 10000')
    expect(seen.files[0]?.text.match(/^mailbox: is=mailbox grant=yes /gm)).toHaveLength(10_000)
    expect(window.changes()).toBe(changes)
  }, 180_000)
})
