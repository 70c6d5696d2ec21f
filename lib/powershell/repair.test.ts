import { beforeAll, describe, expect, test } from 'vitest'
import { isExchangeCmdlet, whyNotAllowed } from '../../test-data/cmdlets.ts'
import { commandsOf, functionsOf, literalsOf, loadGrammar, syntaxError } from '../../test-data/powershell-grammar.ts'
import { textOf, UnsafeText } from './quote.ts'
import { receiptFields } from './receipt.ts'
import { repairScript } from './repair.ts'
import type { ScriptInput } from './script.ts'

beforeAll(loadGrammar)

const input: ScriptInput = {
  setupId: 'tutorial',
  name: 'Invoices',
  tenantId: '7c1a4d3e-52f0-4f0a-9f07-0d2a5f8c6b11',
  initialDomain: 'contoso.onmicrosoft.com',
  appId: '58d827e0-c69c-401f-8deb-b1224d129dc8',
  objectId: 'bf822882-b0bf-4acc-a606-7da6b107a435',
  protocols: ['IMAP', 'POP', 'SMTP'],
  mailboxes: ['scanner@contoso.example', 'invoices@contoso.example'],
  admin: 'ada@contoso.example'
}
const variants: readonly Partial<ScriptInput>[] = [
  {},
  { protocols: [] },
  { protocols: ['SMTP'] },
  { mailboxes: [] },
  { initialDomain: undefined, admin: undefined },
  { name: '\u2019; throw', delegatedOrganization: 'fabrikam.onmicrosoft.com' },
  { mailboxes: Array.from({ length: 300 }, (_, index) => `m${index}@contoso.example`) }
]
const texts = () => variants.map(variant => textOf(repairScript({ ...input, ...variant })))

describe('the repair script', () => {
  test('is PowerShell by a real grammar, in one block without double quotes or blank lines', () => {
    for (const text of texts()) {
      expect(syntaxError(text)).toBeUndefined()
      expect(text.split('\n')[2]).toBe('& {')
      expect(text.endsWith('\n}')).toBe(true)
      expect(text).not.toMatch(/\n\s*\n/)
      expect(text.replace(/'(?:[^']|'')*'/g, "''")).not.toMatch(/["`\t]/)
    }
  })

  test('calls only what Microsoft documents, and stops where a call fails', () => {
    for (const text of texts()) {
      const own = functionsOf(text)
      for (const command of commandsOf(text)) {
        if (own.includes(command.name) || command.name === '&') continue
        expect(whyNotAllowed(command), command.text.slice(0, 120)).toBeUndefined()
        if (isExchangeCmdlet(command.name))
          expect(command.arguments.map(({ parameter }) => parameter)).toContain('ErrorAction')
      }
    }
  })

  test('asks for every cmdlet that it will call before it calls one', () => {
    for (const text of texts()) {
      const offered = /foreach \(\$cmdlet in @\(([^)]*)\)\)/.exec(text)?.[1] ?? ''
      const always = /^(Connect-|Disconnect-|Get-Connection|Get-OrganizationConfig)/
      for (const { name } of commandsOf(text))
        if (isExchangeCmdlet(name) && !always.test(name)) expect(offered).toContain(`'${name}'`)
    }
  })

  test('asserts the tenant before it writes, and removes before it makes', () => {
    for (const text of texts()) {
      const writes = commandsOf(text).filter(({ name }) => /^(New|Add|Set|Remove)-(Serv|Mail|CAS)/.test(name))
      const head = text.slice(0, text.indexOf(writes[0]?.text ?? '-----'))
      expect(head).toContain('$connections.Count -ne 1')
      expect(head).toContain('[string]$connection.TenantID -ne $tenantId')
      const names = writes.map(({ name }) => name)
      expect(names.indexOf('Remove-ServicePrincipal')).toBeLessThan(names.indexOf('New-ServicePrincipal'))
      expect(names).toContain('Remove-ServicePrincipal')
    }
  })

  test('removes only an entry of this AppId whose Object ID is not the right one', () => {
    const [text = ''] = texts()
    const guard = text.indexOf('if ($wrongObjectId -ne $objectId) {')
    expect(guard).toBeGreaterThan(0)
    expect(text.indexOf('Remove-ServicePrincipal -Identity')).toBeGreaterThan(guard)
    for (const call of text.match(/Get-ServicePrincipal -ErrorAction[^\n]*/g) ?? [])
      expect(call).toContain('Where-Object { $_.AppId -eq $appId }')
  })

  test('prints the same receipt as the others, of its own kind', () => {
    const [text = ''] = texts()
    const printed = text.slice(text.indexOf('$short = @('), text.indexOf('$long ='))
    const names = [...printed.matchAll(/'([a-z0-9-]+): /g)].map(match => match[1])
    expect(names).toEqual(receiptFields.slice(0, 17))
    expect(literalsOf(text)).toContain('script: repair')
  })

  test('is not made of what could not be a literal', () => {
    expect(() => repairScript({ ...input, name: 'a\nb' })).toThrow(UnsafeText)
    expect(() => repairScript({ ...input, objectId: 'x' })).toThrow(UnsafeText)
  })
})
