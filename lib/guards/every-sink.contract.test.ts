// Every kind of text that people, tenants and scripts give, in every place that it reaches: PowerShell, Graph, a header, an
// address, HTML, a file's name, code in other languages, a table, and what a receipt turns into. Either it is refused in
// words, or it arrives as the one value that it is. A cell of the table of texts and places is a test here, or stands beside.
import fc from 'fast-check'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { attachment } from '../../app/attachment.ts'
import { plainPage } from '../../app/plain-page.ts'
import { newMemory, setupOf } from '../../test-data/contract/memory.ts'
import { hostile, hostilePieces, longTexts } from '../../test-data/hostile.ts'
import { commandsOf, literalsOf, loadGrammar, syntaxError } from '../../test-data/powershell-grammar.ts'
import { globalCloud, sampleInput } from '../../test-data/sample-input.ts'
import { csvOf } from '../csv.ts'
import { discoverTenant } from '../microsoft/discovery.ts'
import { diagnosisScript } from '../powershell/diagnosis.ts'
import { evidenceOf } from '../powershell/output/evidence.ts'
import { judge } from '../powershell/output/judge.ts'
import { readOutput } from '../powershell/output/read.ts'
import { ps, textOf, UnsafeText, whyUnsafe } from '../powershell/quote.ts'
import { beginMarker, endMarker, receiptFields } from '../powershell/receipt.ts'
import { repairScript } from '../powershell/repair.ts'
import { mailboxesScript, registerScript, snippets, undoScript, wholeScript } from '../powershell/script.ts'
import { safeFileName } from '../powershell/script-file.ts'
import { requireScriptInput, type ScriptInput } from '../powershell/script-input.ts'
import { sendAsScript } from '../powershell/send-as.ts'
import { switchesScript } from '../powershell/switches.ts'
import { programsFor } from '../samples/programs.ts'
import { bash, csharp, javascript, python } from '../samples/quote.ts'
import type { Sample } from '../samples/sample.ts'
import { samplesFor } from '../samples/samples.ts'
import { readGuid, readName } from '../steps/fields.ts'
import { findTheTenant } from '../steps/find-the-tenant.ts'
import { whyNotAddress } from '../steps/mailbox-address.ts'
import { readMailboxCsv } from '../steps/mailboxes.ts'
import { createApplication } from '../steps/register-the-application.changes.ts'
import { fitsAddress, inputOfQuery, queryOf, readAsked } from '../tools/powershell-query.ts'
import { asking, readSearch } from '../wizard/directory-search.ts'
import { exported, rowsOf } from '../wizard/proof-table.ts'

beforeAll(loadGrammar)

/** The addresses that left for Microsoft, which knows no tenant here. */
const network = vi.hoisted(() => ({ asked: [] as string[] }))
vi.mock('../microsoft/http.ts', () => ({
  send: async (url: string) => {
    network.asked.push(url)
    return new Response('{}', { status: 400 })
  }
}))

/** Milliseconds, less than a test may take: where a text fails, fast-check looks for a shorter one only so long, as with a
 *  grammar in the property it would go on for half an hour. Not having come to the end by then is a failure too. */
const longestSearch = 50_000

/** Mixtures, then each piece by itself, then the longest texts. */
function holds(property: (text: string) => void, runs = 60, long: readonly string[] = longTexts) {
  fc.assert(fc.property(hostile, property), {
    numRuns: runs,
    interruptAfterTimeLimit: longestSearch,
    markInterruptAsFailure: true
  })
  for (const text of [...hostilePieces, ...long]) property(text)
}

/** A sentence, or undefined: what is thrown other than a refusal in words is a fault. */
function refusalOf(work: () => unknown): string | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    if (error instanceof UnsafeText) return error.message
    throw error
  }
}

const plain: ScriptInput = {
  setupId: 'sinks',
  name: 'PLAIN NAME',
  tenantId: '7c1a4d3e-52f0-4f0a-9f07-0d2a5f8c6b11',
  initialDomain: 'contoso.onmicrosoft.com',
  appId: '58d827e0-c69c-401f-8deb-b1224d129dc8',
  objectId: 'bf822882-b0bf-4acc-a606-7da6b107a435',
  protocols: ['IMAP', 'POP', 'SMTP'],
  mailboxes: ['plain@contoso.example'],
  admin: 'admin@contoso.example'
}

/** Every script of the wizard: of its steps, of the fixes and the diagnosis on the test's page, of the tools. */
const scripts = {
  register: registerScript,
  mailboxes: mailboxesScript,
  whole: wholeScript,
  repair: repairScript,
  undo: undoScript,
  switches: switchesScript,
  'send-as': sendAsScript,
  diagnosis: diagnosisScript
}
const snippetsOf = (input: ScriptInput) => snippets(input).map(({ code }) => textOf(code))
const made = (input: ScriptInput): readonly (readonly [name: string, text: string])[] => [
  ...Object.entries(scripts).map(([name, make]) => [name, textOf(make(input))] as const),
  ...snippetsOf(input).map((text, index) => [`snippet ${index}`, text] as const)
]

/** What a script means, apart from file names, which are made of the name: its literals and its commands. */
const meaning = (text: string) => ({
  literals: literalsOf(text).filter(literal => !/(^|-)(receipt|details)\.txt$/.test(literal)),
  commands: commandsOf(text).map(({ name }) => name)
})

/** Whether the input makes scripts at all. Where it does not, no script is made of it, not even one that lacks the value. */
function isTaken(change: Partial<ScriptInput>): boolean {
  const input = { ...plain, ...change }
  if (refusalOf(() => requireScriptInput(input)) === undefined) return true
  for (const make of [...Object.values(scripts), snippets]) expect(() => make(input)).toThrow(UnsafeText)
  return false
}

const quoted = (text: string) => textOf(ps`${text}`)

let usual: ReadonlyMap<string, string> | undefined

/** Every script and snippet is the usual one with this literal in the place of that one; file names and comments apart, as
 *  they are made of the name. By a real grammar the literal means the text, and the commands are the usual ones. */
function expectOneLiteral(change: Partial<ScriptInput>, before: string, after: string, parsed: readonly string[]) {
  usual ??= new Map(made(plain))
  for (const [name, text] of made({ ...plain, ...change })) {
    const was = usual.get(name) ?? ''
    if (!parsed.includes(name)) {
      const swapped = was.replaceAll(quoted(before), () => quoted(after))
      expect([name, code(text)]).toEqual([name, code(swapped)])
      continue
    }
    expect([name, syntaxError(text)]).toEqual([name, undefined])
    const now = meaning(text)
    const { literals, commands } = meaning(was)
    const swapped = literals.map(literal => (literal === before ? after : literal))
    expect([name, now]).toEqual([name, { literals: swapped, commands }])
  }
}

/** Without comment lines and file names; a list of one stands in one line however long it is. */
const code = (text: string) =>
  text
    .replace(/^\s*#.*$/gm, '#')
    .replace(/'[a-z0-9-]*(receipt|details)\.txt'/g, 'FILE')
    .replace(/@\(\n +(.*)\n +\)/g, '@($1)')
const everyScript = Object.keys(scripts)

describe('PowerShell', () => {
  test('holds a display name as one literal of every script, the fixes and the diagnosis among them', () => {
    let taken = 0
    holds(name => {
      if (!isTaken({ name })) return
      taken += 1
      // Each script is read by the grammar in its turn: all of them for every text would take minutes.
      expectOneLiteral({ name }, plain.name, name, [everyScript[taken % everyScript.length] ?? ''])
    }, 20)
    expect(taken).toBeGreaterThan(40)
  })

  test('holds an address as one literal, of a mailbox and of the admin', () => {
    let taken = 0
    holds(text => {
      for (const address of [`${text}@contoso.example`, `ada@${text}.example`]) {
        if (!isTaken({ mailboxes: [address] })) continue
        taken += 1
        const parsed = [everyScript[taken % everyScript.length] ?? '']
        expectOneLiteral({ mailboxes: [address] }, 'plain@contoso.example', address.toLowerCase(), parsed)
        expectOneLiteral({ admin: address }, 'admin@contoso.example', address, [])
      }
    }, 10)
    expect(taken).toBeGreaterThan(40)
  })

  test('takes a domain only where it is one, and an ID only where it is one', () => {
    holds(text => {
      for (const domain of [`${text}.onmicrosoft.com`, `a${text}.example`]) {
        if (!isTaken({ initialDomain: domain, delegatedOrganization: domain })) continue
        expect(domain).toMatch(/^[a-z0-9.-]+$/i)
        expectOneLiteral({ initialDomain: domain }, 'contoso.onmicrosoft.com', domain, [])
      }
      for (const field of ['tenantId', 'appId', 'objectId', 'setupId', 'delegatedOrganization'] as const)
        expect([field, refusalOf(() => requireScriptInput({ ...plain, [field]: `${text}'` }))]).toEqual([
          field,
          expect.stringMatching(/^[A-Z].*\.$/)
        ])
    }, 40)
  })

  test('holds what a CSV lists as one literal each', () => {
    holds(
      text => {
        const { mailboxes } = readMailboxCsv(
          `Mailbox\r\n"${text.replaceAll('"', '""')}"\r\n${text}@contoso.example\r\n`
        )
        if (mailboxes.length === 0) return
        const literals = literalsOf(textOf(mailboxesScript({ ...plain, mailboxes })))
        for (const address of mailboxes) expect(literals).toContain(address.toLowerCase())
      },
      60,
      []
    )
  })
})

describe('what a receipt or output says', () => {
  const receipt = (field: string, value: string) =>
    [
      beginMarker,
      'version: 1',
      'script: whole',
      'setup: sinks',
      'when: 2026-08-21 09:30:00Z',
      `tenant: ${plain.tenantId}`,
      'organization: contoso.onmicrosoft.com',
      `app-id: ${plain.appId}`,
      'principal: created',
      `object-id: ${plain.objectId}`,
      'sid: S-1-5-21-2296596059-3163960648-748778498-78282419',
      'protocols: IMAP,SMTP',
      'smtp-auth: off',
      'mailboxes: 1',
      'granted: 0',
      'failed: 1',
      'writes: 4',
      'sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      'mailbox: is=- grant=failed imap=? pop=- smtp=? send-as=- sales@contoso.example',
      'failure: sales@contoso.example: It was not found.',
      endMarker
    ]
      .map(line => (line.startsWith(`${field}: `) ? `${field}: ${value}` : line))
      .join('\n')
  const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

  test('is typed whatever stands in any of its lines, or the receipt is refused in words', () => {
    expect(readOutput(receipt('none', '')).receipts).toHaveLength(1)
    for (const field of receiptFields)
      holds(
        text => {
          for (const value of [
            text,
            `sales@contoso.example${text}`,
            `is=- grant=failed imap=? pop=- smtp=? send-as=- ${text}`
          ]) {
            const { receipts, refusedReceipts } = readOutput(receipt(field, value))
            for (const { says } of refusedReceipts) expect(says).toMatch(/^[A-Z][^\n\r\0]*$/)
            const [read] = receipts
            if (!read) continue
            const { setupId, tenantId, appId, principals, sha256, each, failures } = read.receipt
            for (const id of [tenantId, appId, ...principals.map(({ objectId }) => objectId)]) expect(id).toMatch(guid)
            expect(sha256).toMatch(/^[0-9a-f]{64}$/)
            expect([setupId, ...failures, ...each.map(({ address }) => address)].join()).not.toMatch(/[\n\r\0]/)
            for (const { address } of each) expect(address).toMatch(/^\S+@\S+$/)
          }
        },
        25,
        []
      )
  })

  test('puts only IDs where commands are shown to be run by hand', async () => {
    const texts = [...hostilePieces, ...fc.sample(hostile, 100)]
    for (const text of texts) {
      const printed = [
        `AppId       : ${plain.appId}`,
        `ObjectId    : ${text}`,
        `DisplayName : ${text}`,
        `Sid         : ${text}`,
        ''
      ].join('\n')
      const expected = { appId: plain.appId, tenantId: plain.tenantId, objectId: plain.objectId }
      for (const pasted of [printed, `${receipt('failure', text)}\n${printed}`]) {
        const looks = await evidenceOf(readOutput(pasted), expected as never, '2026-08-21T10:00:00Z')
        for (const { principals = [] } of looks) for (const { objectId } of principals) expect(objectId).toMatch(guid)
      }
    }
  })

  test('puts an address as one literal, or nothing of it, where the checker says what to run', async () => {
    const { appId, objectId, tenantId } = plain
    const sid = 'S-1-5-21-2296596059-3163960648-748778498-78282419'
    const names = [
      "o'brien@contoso.example",
      'sales | remove-mailbox ceo',
      'sales@contoso.exam…',
      ...hostilePieces,
      ...fc.sample(hostile, 100)
    ]
    const commands = new Set<string>()
    for (const text of names)
      for (const name of [text, `${text}@contoso.example`]) {
        const entry = `Identity     : ${name}\nUser         : ${sid}\nAccessRights : {FullAccess}\n`
        const entries = [
          `AppId    : ${appId}`,
          `ObjectId : ${text}`,
          '',
          `AppId    : ${appId}`,
          `ObjectId : ${objectId}`
        ]
        for (const pasted of [entry, `PS C:\\> Get-MailboxPermission ${name}\n\n${entry}`, entries.join('\n')])
          for (const { todo = '' } of await judge(readOutput(pasted), { appId, objectId, tenantId, sid }))
            for (const [command] of todo.matchAll(/(?:Get|Remove)-[A-Z][a-zA-Z]+ .+(?= and paste |\. Then look)/gs))
              commands.add(command)
      }
    // One has nothing of the text in it, and a list that the grammar does not know.
    expect(commands.delete('Get-ServicePrincipal | Format-List AppId,ObjectId,DisplayName,Sid')).toBe(true)
    for (const command of commands) {
      // The place of an address that is not there is shown, not read.
      const filled = command.replace('-Identity <address> ', "-Identity 'ada@contoso.example' ")
      expect([command, syntaxError(filled)]).toEqual([command, undefined])
      const ran = commandsOf(filled).map(({ name }) => name)
      expect([command, ran]).toEqual([command, ['Get-MailboxPermission', 'Format-List']])
      expect([command, literalsOf(filled)[0]]).toEqual([command, expect.stringMatching(/^[^\s@]+@[^\s@]+$/)])
    }
    const holding = (part: string) => [...commands].filter(command => command.includes(part))
    expect([holding('<address>').length, holding("'o''brien@contoso.example'").length]).toEqual([1, 1])
    // What the window cut is no address.
    expect(holding("sales@contoso.exam…'")).toEqual([])
    expect(commands.size).toBeGreaterThan(30)
  })
})

describe('Microsoft Graph', () => {
  const setup = setupOf(newMemory(), globalCloud, '11111111-0000-4000-8000-000000000000', new Date(0))

  test('gets a display name as one member of a body, and never in a path', () => {
    holds(text => {
      const name = readName(text)
      if (typeof name !== 'string') return void expect(name.says).toMatch(/^[A-Z].*\.$/)
      for (const findsBy of ['uniqueName', 'tag'] as const) {
        const change = createApplication({ ...setup, name, findsBy })
        expect(JSON.parse(JSON.stringify(change.body)).displayName).toBe(name)
        expect(change.path).toMatch(/^\/applications(\(uniqueName='mail-oauth-wizard-[0-9a-f-]{36}'\))?$/)
        expect(JSON.stringify(change.headers ?? {})).toMatch(/^(\{\}|\{"Prefer":"create-if-missing"\})$/)
      }
    })
  })

  test('gets a search as one value of its query, in a path that is ASCII', () => {
    holds(text => {
      const search = readSearch(text)
      const { path, headers } = asking(search)
      expect(path).toMatch(/^\/users\?[\x21-\x7E]*$/)
      const query = new URL(`https://graph.example/v1.0${path}`).searchParams
      expect([...query.keys()].sort()).toEqual(search ? ['$count', '$search', '$select', '$top'] : ['$select', '$top'])
      const clauses = `"displayName:${search}" OR "mail:${search}" OR "userPrincipalName:${search}"`
      expect(query.get('$search')).toBe(search ? clauses : null)
      expect(search).not.toMatch(/["\\]/)
      expect(Object.keys(headers)).toEqual(search ? ['ConsistencyLevel'] : [])
    })
  })

  test('and its sign-in service get a domain or tenant as one part of a path', async () => {
    const form = findTheTenant.manual(setup).asks
    let taken = 0
    for (const text of [...hostilePieces, ...fc.sample(hostile, 60), ...longTexts])
      for (const tenant of [text, `${text}.example`, `ada@${text}.com`]) {
        const parsed = form?.parse({ tenant: [tenant] }, setup)
        if (!parsed?.ok) {
          expect(parsed?.problems[0]?.says).toMatch(/^[A-Z].*\.$/s)
          continue
        }
        taken += 1
        network.asked = []
        const { tenantId } = parsed.value as { tenantId: string }
        expect(await discoverTenant(globalCloud as never, tenantId)).toMatchObject({ ok: false })
        expect([tenantId.slice(0, 300), network.asked]).toEqual([
          expect.stringMatching(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/),
          [`${globalCloud.signIn}/${tenantId}/v2.0/.well-known/openid-configuration`]
        ])
      }
    expect(taken).toBeGreaterThan(10)
  })
})

describe('a header', () => {
  test('of a download holds a name made of anything as one line of ASCII', () => {
    holds(text => {
      for (const name of [text.slice(0, 2_000), `${safeFileName(text)}.ps1`]) {
        const header = attachment(name, new Uint8Array()).headers.get('content-disposition') ?? ''
        expect(header).toMatch(/^attachment; filename="[\w.-]*"; filename\*=UTF-8''(?:[\w.!~-]|%[0-9A-F]{2})*$/)
      }
    })
  })

  test('that leads to an address of ours holds what was typed as values of its query', () => {
    const ids = `appId=${plain.appId}&objectId=${plain.objectId}&tenantId=${plain.tenantId}`
    const led = [0, 0, 0, 0, 0]
    holds(text => {
      const typed = [
        ['displayName', text],
        ['mailbox', `${text}@contoso.example`],
        ['mailbox', `ada@${text}.example`],
        ['admin', `${text}@contoso.example`],
        ['delegatedOrganization', `${text}.example`]
      ] as const
      for (const [place, [field, value]] of typed.entries()) {
        const query = new URLSearchParams(ids)
        query.set(field, value)
        const read = readAsked(inputOfQuery(query), [globalCloud as never], 'form')
        if (!read.ok || !fitsAddress(read.asked)) continue
        led[place] = (led[place] ?? 0) + 1
        const location = `/tools/powershell?${queryOf(read.asked)}`
        expect(location).toMatch(/^[\x21-\x7E]+$/)
        expect(() => new Headers({ location })).not.toThrow()
        const url = new URL(location, 'https://wizard.example')
        expect(url.origin).toBe('https://wizard.example')
        expect(readAsked(inputOfQuery(url.searchParams), [globalCloud as never], 'address')).toEqual(read)
      }
    }, 40)
    // Each by itself: of a field that is never taken this would say nothing.
    for (const [place, least] of [40, 20, 8, 40, 4].entries())
      expect([place, (led[place] ?? 0) > least]).toEqual([place, true])
  })
})

describe('HTML that a handler writes by itself', () => {
  test('shows any text as text', async () => {
    const shape = (html: string) => html.match(/<\/?[a-z!][a-z0-9]*/gi)?.join(' ')
    const page = (text: string) =>
      plainPage({ status: 200, title: text, says: text, link: { href: text, label: text } }).text()
    const usual = shape(await page('x'))
    for (const text of [...hostilePieces, ...fc.sample(hostile, 200), ...longTexts.slice(0, 5)])
      expect([text.slice(0, 60), shape(await page(text))]).toEqual([text.slice(0, 60), usual])
    // The control: put in as it is, it would be noticed.
    expect(shape('<p><script>alert(1)</script></p>')).not.toBe(shape('<p>x</p>'))
  })
})

describe('a file’s name', () => {
  test('is made of any name without a path, a device or an end that Windows takes away', () => {
    const name = /^[a-z0-9]+(-[a-z0-9]+)*\.(ps1|csv)$/
    holds(text => {
      for (const made of [
        `${safeFileName(`${text} register-in-exchange`)}.ps1`,
        `${safeFileName(`${text} results`)}.csv`,
        `${safeFileName(text)}.csv`
      ]) {
        expect(made).toMatch(name)
        expect(made.length).toBeLessThanOrEqual(100)
        expect(made).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d|conin|conout|clock)\./)
      }
    })
  })
})

describe('code in other languages', () => {
  const quotes: Record<Sample['id'], (text: string) => string> = {
    curl: bash,
    csharp,
    node: javascript,
    python,
    powershell: text => textOf(ps`${text}`)
  }
  const usual = samplesFor(sampleInput())
  const usualPrograms = programsFor(sampleInput())

  test('holds a mailbox as the one literal of its language and is else the same, or is not made', () => {
    let taken = 0
    holds(
      text => {
        for (const mailbox of [text, `${text}@contoso.example`]) {
          const input = sampleInput({ mailbox })
          const unsafe = whyUnsafe(mailbox) !== undefined
          if (unsafe) {
            expect(() => samplesFor(input)).toThrow(UnsafeText)
            expect(() => programsFor(input)).toThrow(UnsafeText)
            continue
          }
          taken += 1
          for (const { id, files } of samplesFor(input)) {
            const before = usual.find(sample => sample.id === id)?.files ?? []
            files.forEach(({ code, name }, index) => {
              const swapped = before[index]?.code.replace(quotes[id]('invoices@contoso.example'), () =>
                quotes[id](mailbox)
              )
              expect([name, code === swapped]).toEqual([name, true])
              if (id === 'powershell') {
                expect(syntaxError(code)).toBeUndefined()
                expect(literalsOf(code)).toContain(mailbox)
              }
            })
          }
          for (const { id, files } of programsFor(input))
            files.forEach(({ code }, index) => {
              const before = usualPrograms.find(program => program.id === id)?.files[index]?.code ?? ''
              expect([id, code.split('\n').length]).toEqual([id, before.split('\n').length])
            })
        }
      },
      40,
      ["'", '’', '"', '`', '\\', '$'].map(one => one.repeat(100_000))
    )
    expect(taken).toBeGreaterThan(60)
  })
})

describe('results.csv', () => {
  test('holds an address and a server’s words as one cell each, and none that runs as a formula', () => {
    holds(
      text => {
        const address = `${text}@contoso.example`
        const logins = [
          {
            address,
            protocol: 'IMAP',
            at: '2026-08-21T10:00:00Z',
            result: { kind: 'refused', said: text, during: 'login' }
          }
        ] as const
        const rows = exported(
          rowsOf([address], ['IMAP'], { logins, of: () => ({ outcome: 'refused' }) as never, token: undefined })
        )
        const file = csvOf(rows)
        const cells = cellsOf(file.slice(1))
        expect(cells.map(row => row.length)).toEqual([5, 5])
        const withoutOurs = (cell: string | undefined) => cell?.replaceAll("'", '')
        expect(withoutOurs(cells[1]?.[0])).toBe(withoutOurs(address))
        for (const cell of cells.flat())
          expect(cell).not.toMatch(/^[\s\p{Cc}\p{Cf}"`]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/u)
      },
      200,
      longTexts.slice(0, 4)
    )
  })
})

/** A file of RFC 4180 as its words say it is read, without the library that wrote it. */
function cellsOf(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]]
  let cell = ''
  let quoted = false
  for (let index = 0; index < text.length; index += 1) {
    const sign = text.charAt(index)
    if (quoted) {
      if (sign !== '"') cell += sign
      else if (text.charAt(index + 1) === '"') {
        cell += sign
        index += 1
      } else quoted = false
    } else if (sign === '"' && cell === '') quoted = true
    else if (sign === ',') {
      rows.at(-1)?.push(cell)
      cell = ''
    } else if (sign === '\r' && text.charAt(index + 1) === '\n') {
      rows.at(-1)?.push(cell)
      cell = ''
      index += 1
      if (index + 1 < text.length) rows.push([])
    } else cell += sign
  }
  return rows
}

describe('an ID', () => {
  test('is taken as one or refused in words, and never repeated where it may be a secret', () => {
    holds(text => {
      for (const typed of [text, `Abc8Q~dEfGhIjKlMnOpQrStUvWxYz0123456789${text.slice(0, 2)}`]) {
        const { value, problem } = readGuid({ id: [typed] }, 'id', 'Object ID', true)
        if (problem) expect(problem.says).not.toContain('Abc8Q~')
        else expect(value ?? plain.appId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
      }
    })
  })

  test('an address that is none is refused in words', () => {
    holds(text => {
      const why = whyNotAddress(`${text}@`)
      expect(why).toMatch(/\.$/)
    })
  })
})
