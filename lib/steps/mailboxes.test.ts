import { describe, expect, test } from 'vitest'
import { whyNotAddress } from './mailbox-address.ts'
import { mostMailboxes, mostProblems, readMailboxCsv, readMailboxes, widestRow } from './mailboxes.ts'

describe('a pasted list', () => {
  test('is read with any separator, or several', () => {
    for (const separator of [
      '\n',
      '\r\n',
      '\r',
      ',',
      ';',
      '\t',
      ' ',
      ' , ',
      ';\n',
      '\u00A0',
      '\u2028',
      '\n\n\n',
      ',,'
    ]) {
      const { mailboxes, problems } = readMailboxes(
        ['a@contoso.example', 'b@contoso.example', "o'brien@contoso.example"].join(separator)
      )
      expect(mailboxes, JSON.stringify(separator)).toEqual([
        'a@contoso.example',
        'b@contoso.example',
        "o'brien@contoso.example"
      ])
      expect(problems, JSON.stringify(separator)).toEqual([])
    }
  })

  test('may have names before addresses in angle brackets, with or without quotes', () => {
    const text = [
      'Ada Lindqvist <ada@contoso.example>; Ben <BEN@contoso.example>',
      '"Martin, Chloe" <chloe@contoso.example>, Patel, Dev <dev@contoso.example>',
      '<mailto:support@contoso.example> SMTP:scanner@contoso.example \'invoices@contoso.example\' "orders@contoso.example"',
      '"Sales (sales@contoso.example)" <real@contoso.example>'
    ].join('\n')
    expect(readMailboxes(text).problems).toEqual([])
    expect(readMailboxes(text).mailboxes).toEqual(
      ['ada', 'ben', 'chloe', 'dev', 'support', 'scanner', 'invoices', 'orders', 'real'].map(
        name => `${name}@contoso.example`
      )
    )
  })

  test('keeps its order, in lower case', () => {
    expect(readMailboxes('Zoe@Contoso.Example\nAda@CONTOSO.example').mailboxes).toEqual([
      'zoe@contoso.example',
      'ada@contoso.example'
    ])
  })

  test('has its bad addresses pointed out by line, with what is wrong', () => {
    const { mailboxes, problems } = readMailboxes(
      'a@contoso.example\n\nfoo bar\nb@contoso\n@x.example y@, c@contoso.example'
    )
    expect(mailboxes).toEqual(['a@contoso.example', 'c@contoso.example'])
    expect(problems).toEqual([
      { line: 3, text: 'foo bar', says: 'foo bar is not an email address: it has no @.' },
      { line: 4, text: 'b@contoso', says: 'b@contoso is not an email address: the domain has no dot.' },
      { line: 5, text: '@x.example', says: '@x.example is not an email address: nothing stands before the @.' },
      { line: 5, text: 'y@', says: 'y@ is not an email address: nothing stands after the @.' }
    ])
  })

  test('counts what came twice once, and says where it came first', () => {
    expect(readMailboxes('a@contoso.example\nb@contoso.example\nA@CONTOSO.example')).toEqual({
      mailboxes: ['a@contoso.example', 'b@contoso.example'],
      problems: [],
      duplicates: [{ line: 3, address: 'a@contoso.example', firstLine: 1 }]
    })
  })

  test('may begin with a byte order mark and with a heading', () => {
    expect(readMailboxes('\uFEFFPrimarySmtpAddress\r\na@contoso.example')).toEqual({
      mailboxes: ['a@contoso.example'],
      problems: [],
      duplicates: []
    })
    expect(readMailboxes('a@contoso.example\nPrimarySmtpAddress').problems).toHaveLength(1)
  })

  test('of nothing is empty', () => {
    for (const text of ['', ' \n\t', '\uFEFF', '<>', '""', ',;'])
      expect(readMailboxes(text)).toEqual({ mailboxes: [], problems: [], duplicates: [] })
  })

  test('takes 10,000 mailboxes and no more, and says so once', () => {
    const addresses = Array.from({ length: mostMailboxes + 5 }, (_, index) => `m${index}@contoso.example`)
    expect(readMailboxes(addresses.slice(0, mostMailboxes).join('\n')).problems).toEqual([])
    const { mailboxes, problems } = readMailboxes(addresses.join('\n'))
    expect(mailboxes).toHaveLength(mostMailboxes)
    expect(problems).toEqual([
      { line: 10_001, text: '', says: 'One setup takes 10,000 mailboxes, and the list goes on from here.' }
    ])
  })

  test('of more than 1 MB is not read, whatever it holds, and one of 1 MB is read quickly', () => {
    for (const piece of ['a', '@', '"', '<', '>', 'a ', 'a\n', '漢', '<@', '"@"', "'"]) {
      const text = piece.repeat(Math.floor(1_000_000 / new TextEncoder().encode(piece).length))
      const start = process.cpuUsage()
      const { problems } = readMailboxes(text)
      // Time of the processor, not of the clock: other tests may run beside this one.
      expect(process.cpuUsage(start).user / 1000, piece).toBeLessThan(2000)
      expect(problems.length, piece).toBeLessThanOrEqual(mostProblems + 1)
      expect(readMailboxes(`${text}${piece.repeat(20)}`).problems[0]?.says, piece).toContain('longer than 1 MB')
    }
  })

  test('shows no more than the beginning of a long problem', () => {
    const [problem] = readMailboxes('a'.repeat(500)).problems
    expect(problem?.text.length).toBeLessThanOrEqual(81)
    expect(problem?.says.length).toBeLessThan(200)
  })
})

describe('a CSV', () => {
  test('of the Exchange admin center, of PowerShell and of Microsoft Graph is read by its heading', () => {
    const files: readonly (readonly [string, string])[] = [
      [
        '"DisplayName","PrimarySmtpAddress","UserPrincipalName"\r\n"Ada","ada@contoso.example","a.upn@contoso.example"',
        'PrimarySmtpAddress'
      ],
      ['Display name;Email address;Recipient type\nAda;ada@contoso.example;UserMailbox', 'Email address'],
      ['id\tdisplayName\tuserPrincipalName\tmail\n1\tAda\ta.upn@contoso.example\tada@contoso.example', 'mail'],
      ['Name|E-Mail\nAda|ada@contoso.example', 'E-Mail'],
      ['\uFEFF"User principal name"\r\n"ada@contoso.example"', 'User principal name'],
      [
        'Name,EmailAddresses\nAda,"smtp:a.l@contoso.example, SMTP:ada@contoso.example, SIP:ada@contoso.example"',
        'EmailAddresses'
      ]
    ]
    for (const [text, column] of files) {
      expect(readMailboxCsv(text), column).toEqual({
        mailboxes: ['ada@contoso.example'],
        problems: [],
        duplicates: [],
        column,
        skipped: 0
      })
    }
  })

  test('of Windows PowerShell 5.1 or of Excel may begin with a line that is neither heading nor data, and it counts', () => {
    const type = '#TYPE Selected.Microsoft.Exchange.Data.Directory.Management.Mailbox'
    const rest = '"PrimarySmtpAddress"\r\n"ada@contoso.example"\r\n"ben@contoso"'
    for (const first of [type, `\uFEFF${type}`, `"${type}"`, `${type},,`, 'sep=;', 'SEP=,'])
      expect(readMailboxCsv(`${first}\r\n${rest}`), first).toMatchObject({
        mailboxes: ['ada@contoso.example'],
        problems: [{ line: 4, text: 'ben@contoso' }],
        column: 'PrimarySmtpAddress'
      })
    expect(readMailboxCsv(`${type}\n`).problems).toMatchObject([{ says: 'No column holds email addresses.' }])
  })

  test('says in a line of its own what parts its columns', () => {
    const text = 'sep=;\r\nName;Mail;Cities, Roles, Teams, Rooms\r\nAda;ada@contoso.example;Oslo, Bergen'
    expect(readMailboxCsv(text)).toMatchObject({ mailboxes: ['ada@contoso.example'], problems: [], column: 'Mail' })
  })

  test('without a known heading is read by what its columns hold', () => {
    expect(readMailboxCsv('Wer,Wo\nAda,ada@contoso.example\nBen,ben@contoso.example')).toMatchObject({
      mailboxes: ['ada@contoso.example', 'ben@contoso.example'],
      column: 'Wo'
    })
    expect(readMailboxCsv('Ada,ada@contoso.example\nBen,ben@contoso.example')).toMatchObject({
      mailboxes: ['ada@contoso.example', 'ben@contoso.example'],
      column: 'column 2'
    })
  })

  test('whose best heading stands over nothing is read by the next', () => {
    expect(readMailboxCsv('Mail,UserPrincipalName\n,ada@contoso.example\n,ben@contoso.example')).toMatchObject({
      mailboxes: ['ada@contoso.example', 'ben@contoso.example'],
      column: 'UserPrincipalName'
    })
  })

  test('has its lines counted through quoted cells of several lines and empty rows', () => {
    const text = 'Name,Mail\n"Ada\nof Contoso",ada@contoso.example\n\nBen,ben@contoso\nChloe,\nAda,ADA@contoso.example'
    expect(readMailboxCsv(text)).toEqual({
      mailboxes: ['ada@contoso.example'],
      problems: [{ line: 5, text: 'ben@contoso', says: 'ben@contoso is not an email address: the domain has no dot.' }],
      duplicates: [{ line: 7, address: 'ada@contoso.example', firstLine: 2 }],
      column: 'Mail',
      skipped: 1
    })
  })

  test('without any address says so, and is empty', () => {
    for (const text of ['', 'Name,City\nAda,Oslo', 'Mail\n\n'])
      expect(readMailboxCsv(text), text).toEqual({
        mailboxes: [],
        problems: [{ line: 1, text: '', says: 'No column holds email addresses.' }],
        duplicates: [],
        skipped: 0
      })
  })

  test('of ten thousand rows is read within the limits of a list', () => {
    const rows = Array.from(
      { length: mostMailboxes },
      (_, index) => `Name ${index};m${index}@contoso.example;UserMailbox`
    )
    expect(readMailboxCsv(`Name;PrimarySmtpAddress;Type\n${rows.join('\n')}`).mailboxes).toHaveLength(mostMailboxes)
    expect(readMailboxCsv('x'.repeat(1_000_001)).problems[0]?.says).toContain('longer than 1 MB')
  })
})

describe('a CSV of many columns', () => {
  const wide = (columns: number) => `${','.repeat(columns - 1)}ada@contoso.com`

  test('is read up to the widest that is taken; one column more is refused in words, with its line', () => {
    expect(readMailboxCsv(wide(widestRow))).toMatchObject({
      mailboxes: ['ada@contoso.com'],
      column: `column ${widestRow}`,
      problems: []
    })
    const { mailboxes, problems } = readMailboxCsv(`${wide(3)}\n${wide(widestRow + 1)}`)
    expect(mailboxes).toEqual([])
    expect(problems).toEqual([
      {
        line: 2,
        text: '',
        says: 'This line has more than 1,000 columns. Export the list with fewer, or paste the addresses.'
      }
    ])
  })

  test('takes no time, neither as wide as is taken nor with one row of a hundred thousand commas', () => {
    const started = process.cpuUsage()
    readMailboxCsv(`${wide(widestRow)}\n`.repeat(900))
    readMailboxCsv(`${wide(100_000)}\n${'bob@contoso.com\n'.repeat(199)}`)
    const { user, system } = process.cpuUsage(started)
    expect((user + system) / 1_000_000).toBeLessThan(3)
  })
})

describe('an address', () => {
  test('may have what Exchange Online accepts', () => {
    for (const address of [
      "o'brien@contoso.example",
      'a+b@contoso.example',
      'first.last_x-y@sub.contoso.co',
      '1@contoso.example',
      '用户@例子.example',
      'jürgen@bücher.example',
      'a@xn--bcher-kva.example',
      'x@contoso.onmicrosoft.com',
      `${'a'.repeat(64)}@contoso.example`
    ])
      expect(whyNotAddress(address), address).toBeUndefined()
  })

  test('is refused, with the reason, for what it could not have', () => {
    const wrong: readonly (readonly [string, string])[] = [
      ['a', 'no @'],
      ['a@b@contoso.example', 'more than one @'],
      ['.a@contoso.example', 'a dot may not'],
      ['a..b@contoso.example', 'a dot may not'],
      ['o\u2019brien@contoso.example', 'typographic apostrophe'],
      ['a b@contoso.example', 'a character that addresses do not have'],
      ['"a"@contoso.example', 'a character that addresses do not have'],
      ['a,b@contoso.example', 'a character that addresses do not have'],
      ['a@-contoso.example', 'not a domain name'],
      ['a@con_toso.example', 'not a domain name'],
      ['a@contoso..example', 'not a domain name'],
      ['a@contoso.example.', 'not a domain name'],
      ['a@127.0.0.1', 'ends in a number'],
      [`a@${'x'.repeat(64)}.example`, 'longer than 63'],
      [`a@${'ü'.repeat(60)}.example`, 'longer than 63'],
      [`${'a'.repeat(65)}@contoso.example`, 'longer than 64 bytes'],
      [`${'ü'.repeat(33)}@contoso.example`, 'longer than 64 bytes'],
      [`a@${'x.'.repeat(130)}example`, 'longer than 254'],
      ['a\u202Eb@contoso.example', 'reading direction'],
      ['a\u200B@contoso.example', 'invisible'],
      ['a\u0000@contoso.example', 'control character']
    ]
    for (const [address, why] of wrong) expect(whyNotAddress(address), address).toContain(why)
  })
})
