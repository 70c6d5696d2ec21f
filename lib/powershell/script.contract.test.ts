import { beforeAll, describe, expect, test } from 'vitest'
import { isExchangeCmdlet, whyNotAllowed } from '../../test-data/cmdlets.ts'
import {
  commandsOf,
  functionsOf,
  literalsOf,
  loadGrammar,
  nodes,
  syntaxError
} from '../../test-data/powershell-grammar.ts'
import type { Protocol } from '../steps/step.ts'
import { closeMailboxes, removeDenial, removeEntry, showGrants } from './by-hand.ts'
import { diagnosisScript } from './diagnosis.ts'
import { textOf, UnsafeText } from './quote.ts'
import {
  mailboxesScript,
  registerScript,
  type ScriptInput,
  scriptProblems,
  snippets,
  undoScript,
  wholeScript
} from './script.ts'
import { sendAsScript } from './send-as.ts'
import { switchesScript } from './switches.ts'
import { optionalCmdlets } from './undo.ts'

beforeAll(loadGrammar)

/** The IDs that both tutorials print. */
const tutorial: ScriptInput = {
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
const thousands = Array.from({ length: 10_000 }, (_, index) => `mailbox.number${index}@contoso.example`)
const protocolChoices: readonly (readonly Protocol[])[] = [
  [],
  ['IMAP'],
  ['POP'],
  ['SMTP'],
  ['IMAP', 'POP'],
  ['IMAP', 'SMTP'],
  ['POP', 'SMTP'],
  ['IMAP', 'POP', 'SMTP']
]
const variants: readonly Partial<ScriptInput>[] = [
  ...protocolChoices.map(protocols => ({ protocols })),
  { mailboxes: [] },
  { mailboxes: ['one@contoso.example'] },
  { mailboxes: thousands.slice(0, 11) },
  { mailboxes: thousands.slice(0, 201) },
  { initialDomain: undefined, admin: undefined },
  { admin: "o'brien@contoso.example", delegatedOrganization: 'fabrikam.onmicrosoft.com' },
  {
    admin: undefined,
    delegatedOrganization: '9b1e7d5c-1111-4222-8333-444455556666',
    exchangeEnvironmentName: 'O365China'
  }
]

type Made = { what: string; input: ScriptInput; text: string }

function everyScript(): readonly Made[] {
  return variants.flatMap((variant, index) => {
    const input = { ...tutorial, ...variant }
    const made = (what: string, text: string): Made => ({ what: `${what} ${index}`, input, text })
    return [
      made('register', textOf(registerScript(input))),
      ...(input.mailboxes.length > 0 ? [made('mailboxes', textOf(mailboxesScript(input)))] : []),
      made('whole', textOf(wholeScript(input))),
      made('undo', textOf(undoScript(input))),
      made('switches', textOf(switchesScript(input))),
      made('send-as', textOf(sendAsScript(input))),
      made('diagnosis', textOf(diagnosisScript(input)))
    ]
  })
}

function everySnippet(): readonly Made[] {
  return variants.flatMap(variant => {
    const input = { ...tutorial, ...variant }
    return snippets(input).map(({ id, code }) => ({ what: id, input, text: textOf(code) }))
  })
}

/** The commands that are printed to be run by hand. Without an address they show its place, and are no PowerShell yet. */
const byHand: readonly Made[] = ["o'brien@contoso.example", 'scanner@contoso.example'].flatMap(mailbox => [
  { what: 'the entry removed by hand', input: tutorial, text: removeEntry(tutorial.objectId) },
  { what: 'the denial removed by hand', input: tutorial, text: removeDenial(tutorial.objectId, mailbox) },
  { what: 'the mailbox closed by hand', input: tutorial, text: closeMailboxes(tutorial.objectId, [mailbox]) },
  {
    what: 'many mailboxes closed by hand',
    input: tutorial,
    text: closeMailboxes(tutorial.objectId, [mailbox, ...thousands.slice(0, 10)])
  },
  { what: 'the grants shown by hand', input: tutorial, text: showGrants(mailbox) }
])

/** The text without what stands in quotes or comments. */
function codeOnly(text: string): string {
  return text.replace(/'(?:[^']|'')*'/g, "''").replace(/(^|\s)#.*$/gm, '')
}

const writing = /^(New|Set|Add|Remove)-(ServicePrincipal|MailboxPermission|CASMailbox|RecipientPermission)$/

describe('every script, snippet and command by hand', () => {
  test('is PowerShell by a real grammar', () => {
    for (const { what, text } of [...everyScript(), ...everySnippet(), ...byHand])
      expect(syntaxError(text), what).toBeUndefined()
  })

  test('calls only cmdlets, parameters and parameter sets that Microsoft documents', () => {
    for (const { what, text } of [...everyScript(), ...everySnippet(), ...byHand]) {
      const own = functionsOf(text)
      const commands = commandsOf(text)
      if (what !== 'mailbox-list') expect(commands.length, what).toBeGreaterThan(0)
      for (const command of commands) {
        if (own.includes(command.name) || command.name === '&') continue
        expect(whyNotAllowed(command), `${what}: ${command.text.slice(0, 120)}`).toBeUndefined()
      }
    }
  })

  test('has no double quotes, backticks, tabs, blank lines, aliases or here-strings', () => {
    for (const { what, text } of [...everyScript(), ...everySnippet(), ...byHand]) {
      expect(codeOnly(text), what).not.toMatch(/["`\t]/)
      expect(text, what).not.toMatch(/\n\s*\n|\s\n|^\s|\s$|@'|@"/)
      expect(text, what).toMatch(/^[\n\x20-\x7E]+$/)
      for (const { name } of commandsOf(text)) expect(name, what).toMatch(/^([A-Z][A-Za-z]+-[A-Z][A-Za-z]+|&)$/)
    }
  })

  test('never uses what old tutorials get wrong, nor runs text as code', () => {
    const wrong =
      /-Organization\b|-ServiceId\b|-AllowPrerelease\b|Invoke-Expression|\biex\b|AccessAsUser|SMTP\.AccessAsApp/i
    for (const { what, text } of [...everyScript(), ...everySnippet(), ...byHand]) expect(text, what).not.toMatch(wrong)
    expect('Connect-ExchangeOnline -Organization x').toMatch(wrong)
  })

  test('never lists service principals without filtering them on the AppId', () => {
    for (const { what, text } of [...everyScript(), ...everySnippet(), ...byHand]) {
      const calls = codeOnly(text).match(/Get-ServicePrincipal\b[^\n]*/g) ?? []
      for (const call of calls)
        expect(call, what).toMatch(
          /^Get-ServicePrincipal( -ErrorAction Stop)? \| Where-Object \{ \$_\.AppId -eq (\$appId|'')/
        )
    }
    for (const { what, text } of everyScript())
      expect(text, what).toContain('Get-ServicePrincipal -ErrorAction Stop | Where')
  })
})

describe('the check against the pages', () => {
  const refused = (line: string) => whyNotAllowed(commandsOf(line)[0] as never)
  test('refuses a wrong name, parameter, value, set or a missing parameter', () => {
    expect(refused('New-ServicePrincipall -AppId x')).toContain('no known cmdlet')
    expect(refused('New-ServicePrincipal -Appidd x')).toContain('has no -Appidd')
    expect(refused("New-ServicePrincipal -AppId 'a' -ObjectId 'b' -ServiceId 'c'")).toContain('not to be used')
    expect(refused("New-ServicePrincipal -AppId 'a' -ObjectId 'b' -Organization 'c'")).toContain('not to be used')
    expect(refused("New-ServicePrincipal -AppId 'a'")).toContain('needs -ObjectId')
    expect(refused("Add-MailboxPermission -Identity 'a' -User 'b' -AccessRights FullAcces")).toContain('does not take')
    expect(refused("Add-MailboxPermission -Identity 'a' -User 'b' -Owner 'c'")).toContain('not in the set')
    expect(refused("Add-MailboxPermission -Identity 'a' -User 'b'")).toContain('needs -AccessRights')
    expect(refused("New-ServicePrincipal -AppId 'a' -ObjectId 'b'")).toBeUndefined()
  })
})

describe('a script', () => {
  test('is one block that is read whole before it runs, so that a pasted one never half-runs', () => {
    for (const { what, text } of everyScript()) {
      const lines = text.split('\n').filter(line => !line.startsWith('#'))
      expect(lines[0], what).toBe('& {')
      expect(lines.at(-1), what).toBe('}')
      expect(
        lines.slice(1, -1).every(line => line.startsWith('  ')),
        what
      ).toBe(true)
    }
  })

  test('asserts versions, one connection, the tenant and the organization before it writes', () => {
    for (const { what, input, text } of everyScript()) {
      const firstWrite = commandsOf(text).find(({ name }) => writing.test(name))
      const head = text.slice(0, text.indexOf(firstWrite?.text ?? 'Get-ServicePrincipal -ErrorAction'))
      const idle = what.startsWith('diagnosis') || (what.startsWith('switches') && input.protocols.length === 0)
      expect(firstWrite !== undefined, what).toBe(!idle)
      expect(head, what).toContain('$PSVersionTable.PSVersion.Major')
      expect(head, what).toContain('$connections.Count -ne 1')
      expect(head, what).toContain('[string]$connection.TenantID -ne $tenantId')
      expect(head, what).toContain(`$tenantId = '${input.tenantId}'`)
      expect(head.includes(`[string]$organization.Name -ne '${input.initialDomain}'`), what).toBe(!!input.initialDomain)
      const known = input.delegatedOrganization ? '$false' : '$connectedHere'
      for (const part of ['$connections.Count -ne 1', '.TenantID -ne', `if (-not ${known}) {`]) {
        const condition = head.indexOf(part)
        if (input.initialDomain || !part.includes('-not'))
          expect(head.slice(condition).split('\n')[1], what).toMatch(/^\s+throw /)
      }
    }
  })

  test('asks that every cmdlet it will call is offered to this account, before it calls one', () => {
    for (const { what, text } of everyScript()) {
      const offered = /foreach \(\$cmdlet in @\(([^)]*)\)\)/.exec(text)?.[1] ?? ''
      const always = /^(Connect-|Disconnect-|Get-Connection|Get-OrganizationConfig)/
      // The undo goes on without these.
      const optional = what.startsWith('undo') ? optionalCmdlets : []
      for (const { name } of commandsOf(text))
        if (isExchangeCmdlet(name) && !always.test(name) && !optional.includes(name))
          expect(offered, `${what}: ${name}`).toContain(`'${name}'`)
    }
  })

  test('gives every call to Exchange its own -ErrorAction, as module functions do not see the script\u2019s preference', () => {
    for (const { what, text } of everyScript())
      for (const command of commandsOf(text))
        if (isExchangeCmdlet(command.name))
          expect(
            command.arguments.map(({ parameter }) => parameter),
            `${what}: ${command.text}`
          ).toContain('ErrorAction')
  })

  test('looks before each write, and writes nothing that is already so', () => {
    const text = textOf(wholeScript(tutorial))
    const guards: readonly (readonly [string, string])[] = [
      ['New-ServicePrincipal -AppId', "Write-Host 'Registering the application"],
      ['Add-MailboxPermission -Identity', '} else {'],
      ['-ImapEnabled $true', 'if ($cas.ImapEnabled -eq $false) {'],
      ['-PopEnabled $true', 'if ($cas.PopEnabled -eq $false) {'],
      ['-SmtpClientAuthenticationDisabled $false', 'if (($cas.SmtpClientAuthenticationDisabled -eq $true) -or']
    ]
    for (const [write, guard] of guards) {
      const before = text.slice(0, text.indexOf(write)).split('\n').slice(-3).join('\n')
      expect(text.split(write)).toHaveLength(2)
      expect(before, write).toContain(guard)
    }
    expect(text).toMatch(
      /if \(\(@\(Find-Grant -Mailbox \$mailbox\)\.Count -gt 0\) -or \(@\(Find-GrantByExchange -Mailbox \$mailbox\)\.Count -gt 0\)\) \{\n\s+\$grant = 'kept'\n\s+\} else \{\n\s+\$writes \+= 1\n\s+\$null = Add-/
    )
    expect(text).toMatch(
      /if \(\$principals\.Count -eq 0\) \{\n\s+Write-Host 'Registering the application[^\n]+\n\s+\$writes \+= 1/
    )
  })

  test('knows the application by its SID and Object ID, never by its Identity, which others may bear as a name', () => {
    for (const { what, text } of everyScript())
      expect(text, what).not.toMatch(/\$principal\.(?:Identity|DisplayName|Name)\b|'Identity'/)
  })

  test('counts every write before it is tried', () => {
    for (const { what, text } of everyScript())
      for (const { name, text: write } of commandsOf(text))
        if (writing.test(name))
          expect(text.slice(0, text.indexOf(write)).split('\n').slice(-2)[0]?.trim(), what).toBe('$writes += 1')
  })

  test('gives Send As only where neither way of looking finds it', () => {
    const text = textOf(sendAsScript(tutorial))
    expect(text.split('Add-RecipientPermission -Identity')).toHaveLength(2)
    expect(text).toMatch(
      /if \(\(@\(Find-SendAs -Mailbox \$mailbox\)\.Count -gt 0\) -or \(@\(Find-SendAsByExchange -Mailbox \$mailbox\)\.Count -gt 0\)\) \{\n\s+\$sendAs = 'kept'\n\s+\} else \{\n\s+\$writes/
    )
    expect(text).toContain('-Trustee $user -AccessRights SendAs -Confirm:$false -ErrorAction Stop')
  })

  test('touches only the switches of the chosen protocols, and never the organization\u2019s', () => {
    for (const protocols of protocolChoices) {
      for (const make of [wholeScript, switchesScript]) {
        const text = textOf(make({ ...tutorial, protocols }))
        expect(text.includes('-ImapEnabled $true')).toBe(protocols.includes('IMAP'))
        expect(text.includes('-PopEnabled $true')).toBe(protocols.includes('POP'))
        expect(text.includes('-SmtpClientAuthenticationDisabled $false')).toBe(protocols.includes('SMTP'))
        expect(text).not.toMatch(/Set-(TransportConfig|OrganizationConfig|CASMailboxPlan)/)
      }
    }
  })

  test('stops at an Object ID that is not the right one, and names which is which', () => {
    for (const make of [registerScript, mailboxesScript, wholeScript, sendAsScript]) {
      const text = textOf(make(tutorial))
      expect(text).toContain('if ([string]$principal.ObjectId -ne $objectId) {')
      expect(text).toContain('Remove-ServicePrincipal -Identity {1} - then register')
      expect(text).toMatch(/Compare \{2\} with Enterprise applications first; if it shows \{1\}, .* Run: Remove-/)
      expect(commandsOf(text).some(({ name }) => name === 'Remove-ServicePrincipal')).toBe(false)
    }
  })

  test('goes on past a mailbox that fails, and says so at the end', () => {
    for (const make of [mailboxesScript, wholeScript, undoScript, switchesScript, sendAsScript, diagnosisScript]) {
      const text = textOf(make(tutorial))
      const end = [text.indexOf('if (-not $stop)'), text.indexOf('$hash =')].find(index => index >= 0)
      const loop = text.slice(text.indexOf('foreach ($mailbox in $mailboxes)'), end)
      expect(loop).toMatch(/try \{[\s\S]+\} catch \{\n\s+\$failureLines \+=/)
      expect(loop).not.toContain('throw')
      expect(text.indexOf("Write-Warning ('Failures: {0}.")).toBeGreaterThan(text.indexOf('$hash ='))
    }
  })

  test('for registering names no mailbox, and for the mailboxes makes no service principal', () => {
    expect(textOf(registerScript(tutorial))).not.toMatch(/contoso\.example'?[,)]|MailboxPermission/)
    expect(textOf(mailboxesScript(tutorial))).not.toContain('New-ServicePrincipal')
  })

  test('closes only a connection that it made', () => {
    for (const { what, text } of everyScript())
      expect(text, what).toMatch(/if \(\$connectedHere\) \{\n\s+Disconnect-ExchangeOnline -Confirm:\$false/)
  })
})

describe('the diagnosis', () => {
  const mailboxes = [tutorial.mailboxes, [], thousands]
  test('calls no cmdlet of Exchange but those that read, connect and disconnect', () => {
    for (const list of mailboxes) {
      const names = commandsOf(textOf(diagnosisScript({ ...tutorial, mailboxes: list }))).map(({ name }) => name)
      for (const name of names.filter(isExchangeCmdlet))
        expect(name).toMatch(/^(Get-[A-Za-z]+|Connect-ExchangeOnline|Disconnect-ExchangeOnline)$/)
      expect(names).toContain('Get-ServicePrincipal')
      expect(names.filter(name => /^(Add|New|Remove|Enable|Disable|Grant|Revoke)-/.test(name))).toEqual([])
    }
    expect(isExchangeCmdlet('Set-CASMailbox')).toBe(true)
  })

  test('counts no write, and says in its first lines that it only reads', () => {
    const text = textOf(diagnosisScript(tutorial))
    expect(text).not.toContain('$writes += 1')
    expect(text.split('\n').slice(0, 2).join('\n')).toMatch(/changes nothing\.\n.*It only reads\./)
    expect(text).not.toContain('may write')
  })

  test('throws for nothing that it is meant to find, once it is connected to the right tenant', () => {
    for (const list of mailboxes) {
      const text = textOf(diagnosisScript({ ...tutorial, mailboxes: list }))
      expect(text.slice(text.indexOf('Get-ServicePrincipal -ErrorAction'))).not.toMatch(/\bthrow\b/)
    }
  })

  test('asks for every mailbox\u2019s kind, switches, grant and Send As', () => {
    const names = commandsOf(textOf(diagnosisScript(tutorial))).map(({ name }) => name)
    for (const name of ['Get-Recipient', 'Get-CASMailbox', 'Get-MailboxPermission', 'Get-RecipientPermission'])
      expect(names).toContain(name)
    expect(names).toContain('Get-TransportConfig')
  })
})

describe('the undo', () => {
  const text = textOf(undoScript(tutorial))
  test('takes the mailboxes\u2019 permissions away before the service principal, without a question', () => {
    const removals = commandsOf(text).filter(({ name }) => name.startsWith('Remove-'))
    expect(removals.map(({ name }) => name)).toEqual([
      'Remove-MailboxPermission',
      'Remove-RecipientPermission',
      'Remove-ServicePrincipal'
    ])
    for (const { text: removal } of removals) expect(removal).toContain('-Confirm:$false')
  })
  test('adds nothing, and says that it leaves the switches', () => {
    expect(commandsOf(text).filter(({ name }) => /^(New|Add|Set)-(Serv|Mail|CAS)/.test(name))).toEqual([])
    expect(text).toContain('The switches for IMAP, POP and SMTP AUTH stay as they are')
  })
  test('finds the service principal by AppId whatever its Object ID is', () => {
    expect(text).toContain('Remove-ServicePrincipal -Identity $foundObjectId')
    expect(text).toContain('$foundObjectId = [string]$principal.ObjectId')
  })
})

describe('ten thousand mailboxes', () => {
  const input = { ...tutorial, mailboxes: thousands }
  test('are data that a loop goes over, not ten thousand commands', () => {
    for (const make of [wholeScript, switchesScript, sendAsScript, diagnosisScript]) {
      const few = textOf(make(tutorial))
      const many = textOf(make(input))
      expect(syntaxError(many)).toBeUndefined()
      expect(commandsOf(many)).toHaveLength(commandsOf(few).length)
      expect(literalsOf(many).filter(text => text.startsWith('mailbox.number'))).toEqual([...thousands].sort())
      expect(many.length - few.length).toBeLessThan(thousands.join("','").length * 1.1)
      expect(Math.max(...many.split('\n').map(line => line.length))).toBeLessThan(600)
    }
  })
  test('make one list among the snippets, which the commands after it use', () => {
    const texts = snippets(input).map(({ id, code }) => [id, textOf(code)] as const)
    expect(texts.filter(([, text]) => text.length > 2000).map(([id]) => id)).toEqual(['mailbox-list'])
    expect(new Map(texts).get('add-mailbox-permission')).toBe(
      "foreach ($mailbox in $mailboxes) {\n  Add-MailboxPermission -Identity $mailbox -User 'bf822882-b0bf-4acc-a606-7da6b107a435' -AccessRights FullAccess -InheritanceType All -AutoMapping $false\n}"
    )
  })
})

describe('the tutorials\u2019 own sample values', () => {
  test('give the expected commands, in order', () => {
    const shown = snippets({ ...tutorial, protocols: ['IMAP'] }).map(
      ({ id, code }) => [id, textOf(code).split('\n')] as const
    )
    expect(Object.fromEntries(shown)).toEqual({
      'install-module': ['Install-Module -Name ExchangeOnlineManagement -Scope CurrentUser'],
      'import-module': ['Import-Module -Name ExchangeOnlineManagement'],
      connect: ["Connect-ExchangeOnline -UserPrincipalName 'ada@contoso.example' -ShowBanner:$false"],
      'check-connection': [
        "Get-ConnectionInformation | Format-List -Property @('UserPrincipalName','TenantID')",
        'Get-OrganizationConfig | Format-List -Property Name'
      ],
      'new-service-principal': [
        "New-ServicePrincipal -AppId '58d827e0-c69c-401f-8deb-b1224d129dc8' -ObjectId 'bf822882-b0bf-4acc-a606-7da6b107a435' -DisplayName 'Invoices'"
      ],
      'get-service-principal': [
        "Get-ServicePrincipal | Where-Object { $_.AppId -eq '58d827e0-c69c-401f-8deb-b1224d129dc8' } | Format-List -Property @('AppId','ObjectId','DisplayName','Identity','Sid')"
      ],
      'add-mailbox-permission': [
        "Add-MailboxPermission -Identity 'invoices@contoso.example' -User 'bf822882-b0bf-4acc-a606-7da6b107a435' -AccessRights FullAccess -InheritanceType All -AutoMapping $false",
        "Add-MailboxPermission -Identity 'scanner@contoso.example' -User 'bf822882-b0bf-4acc-a606-7da6b107a435' -AccessRights FullAccess -InheritanceType All -AutoMapping $false"
      ],
      'get-mailbox-permission': [
        "Get-MailboxPermission -Identity 'invoices@contoso.example' -User 'bf822882-b0bf-4acc-a606-7da6b107a435' | Format-List -Property @('User','AccessRights','Deny')",
        "Get-MailboxPermission -Identity 'scanner@contoso.example' -User 'bf822882-b0bf-4acc-a606-7da6b107a435' | Format-List -Property @('User','AccessRights','Deny')"
      ],
      'protocol-switches': [
        "foreach ($mailbox in @('invoices@contoso.example','scanner@contoso.example')) {",
        '  $cas = Get-CASMailbox -Identity $mailbox',
        '  if ($cas.ImapEnabled -eq $false) { Set-CASMailbox -Identity $mailbox -ImapEnabled $true }',
        '}'
      ],
      disconnect: ['Disconnect-ExchangeOnline -Confirm:$false']
    })
    expect(shown.map(([id]) => id).at(0)).toBe('install-module')
    expect(shown.map(([id]) => id).at(-1)).toBe('disconnect')
  })

  test('stand in the whole script once each, and its commands use them', () => {
    const text = textOf(wholeScript(tutorial))
    expect(literalsOf(text).filter(literal => literal === tutorial.appId)).toHaveLength(1)
    expect(literalsOf(text).filter(literal => literal === tutorial.objectId)).toHaveLength(1)
    expect(text).toContain(
      "$null = New-ServicePrincipal -AppId $appId -ObjectId $objectId -DisplayName 'Invoices' -ErrorAction Stop"
    )
    expect(text).toContain('$user = [string]$principal.ObjectId')
    expect(text).toContain(
      '$null = Add-MailboxPermission -Identity $mailbox -User $user -AccessRights FullAccess -InheritanceType All -AutoMapping $false -ErrorAction Stop'
    )
  })

  test('connect as a partner with -DelegatedOrganization, and to another cloud by its name', () => {
    const connects = variants.map(variant => snippets({ ...tutorial, ...variant }).find(({ id }) => id === 'connect'))
    expect(connects.slice(-3).map(snippet => snippet && textOf(snippet.code))).toEqual([
      'Connect-ExchangeOnline -ShowBanner:$false',
      "Connect-ExchangeOnline -UserPrincipalName 'o''brien@contoso.example' -DelegatedOrganization 'fabrikam.onmicrosoft.com' -ShowBanner:$false",
      "Connect-ExchangeOnline -DelegatedOrganization '9b1e7d5c-1111-4222-8333-444455556666' -ExchangeEnvironmentName 'O365China' -ShowBanner:$false"
    ])
  })
})

describe('free text from people', () => {
  const names = [
    "O'Brien & Sons; Remove-Mailbox x",
    "a'); Remove-Mailbox 'b",
    '\u2019; throw',
    '$(x) `n "q"',
    '{0} {9} %s',
    'Räksmörgås 株式会社',
    '#requires -Version 99'
  ]
  test('changes its own literal and nothing else', () => {
    const plain = { ...tutorial, name: 'PLAIN NAME', mailboxes: ['plain@contoso.example'] }
    for (const name of names) {
      for (const make of [registerScript, mailboxesScript, wholeScript, undoScript, switchesScript, sendAsScript]) {
        const [before, after] = [textOf(make(plain)), textOf(make({ ...plain, name }))]
        expect(syntaxError(after), name).toBeUndefined()
        const receipt = /-receipt\.txt$/
        const without = (text: string) => literalsOf(text).filter(literal => !receipt.test(literal))
        expect(without(after), name).toEqual(
          without(before).map(literal => (literal === 'PLAIN NAME' ? name : literal))
        )
        expect(
          commandsOf(after).map(command => command.name),
          name
        ).toEqual(commandsOf(before).map(command => command.name))
        expect(nodes(after, 'comment').length, name).toBe(nodes(before, 'comment').length)
      }
    }
  })

  test('in an address stays the address', () => {
    const mailboxes = [
      "o'brien@contoso.example",
      '$(x)@contoso.example',
      '`a@contoso.example',
      '\u2019a@contoso.example',
      '#@contoso.example'
    ]
    const text = textOf(wholeScript({ ...tutorial, mailboxes }))
    expect(syntaxError(text)).toBeUndefined()
    expect(
      literalsOf(text).filter(literal => literal.endsWith('@contoso.example') && !literal.startsWith('ada'))
    ).toEqual([...mailboxes].sort())
  })

  test('that could not be a literal makes no script, and the problem names its field', () => {
    const wrong: readonly (readonly [keyof ScriptInput, Partial<ScriptInput>])[] = [
      ['name', { name: 'a\nb' }],
      ['name', { name: ' ' }],
      ['name', { name: 'a'.repeat(257) }],
      ['tenantId', { tenantId: 'contoso.onmicrosoft.com' }],
      ['appId', { appId: `${tutorial.appId} ` }],
      ['objectId', { objectId: "'; Remove-Mailbox x; '" }],
      ['setupId', { setupId: "a'b" }],
      ['initialDomain', { initialDomain: 'contoso' }],
      ['admin', { admin: 'ada' }],
      ['delegatedOrganization', { delegatedOrganization: 'a b.example' }],
      ['exchangeEnvironmentName', { exchangeEnvironmentName: 'O365 China' }],
      ['mailboxes', { mailboxes: ['a@contoso.example', 'b\u202E@contoso.example'] }],
      ['mailboxes', { mailboxes: ['a,b@contoso.example'] }]
    ]
    for (const [field, part] of wrong) {
      const input = { ...tutorial, ...part }
      expect(
        scriptProblems(input).map(problem => problem.field),
        JSON.stringify(part)
      ).toContain(field)
      const fixes = [switchesScript, sendAsScript, diagnosisScript]
      for (const make of [registerScript, mailboxesScript, wholeScript, undoScript, ...fixes, snippets])
        expect(() => make(input)).toThrow(UnsafeText)
    }
    expect(scriptProblems(tutorial)).toEqual([])
  })

  test('in capitals or given twice counts once', () => {
    const text = textOf(
      wholeScript({
        ...tutorial,
        appId: tutorial.appId.toUpperCase(),
        mailboxes: ['B@contoso.example', 'a@contoso.example', 'b@contoso.example']
      })
    )
    expect(text).toContain("$mailboxes = @('a@contoso.example','b@contoso.example')")
    expect(text).toContain(`$appId = '${tutorial.appId}'`)
  })
})
