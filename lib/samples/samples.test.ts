import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { commandsOf, literalsOf, loadGrammar, syntaxError } from '../../test-data/powershell-grammar.ts'
import { chinaCloud, globalCloud, sampleInput } from '../../test-data/sample-input.ts'
import { ps, textOf, UnsafeText, whyUnsafe } from '../powershell/quote.ts'
import { bash, csharp, javascript, python } from './quote.ts'
import { type Sample, type SampleInput, secretVariable } from './sample.ts'
import { samplesFor, secretSnippets } from './samples.ts'

beforeAll(loadGrammar)

const filesOf = (input: SampleInput) =>
  samplesFor(input).flatMap(({ id, files }) => files.map(file => ({ id, ...file })))
const usual = filesOf(sampleInput())
const quotes: Record<Sample['id'], (text: string) => string> = {
  curl: bash,
  csharp,
  node: javascript,
  python,
  powershell: text => textOf(ps`${text}`)
}

describe('the samples', () => {
  test('read by IMAP and POP and send by SMTP in every language, but for POP in Node.js, and say why', () => {
    const all = usual.map(({ id, protocol }) => `${id} ${protocol}`)
    const wanted = Object.keys(quotes).flatMap(id => ['IMAP', 'POP', 'SMTP'].map(protocol => `${id} ${protocol}`))
    expect(all.sort()).toEqual(wanted.filter(each => each !== 'node POP').sort())
    expect(
      samplesFor(sampleInput())
        .find(({ id }) => id === 'node')
        ?.notes.join()
    ).toContain('There is no POP file')
  })

  test('hold the protocols chosen and no other, and no language without a file', () => {
    expect(new Set(filesOf(sampleInput({ protocols: ['SMTP'] })).map(({ protocol }) => protocol))).toEqual(
      new Set(['SMTP'])
    )
    expect(samplesFor(sampleInput({ protocols: ['POP'] })).map(({ id }) => id)).not.toContain('node')
  })

  test('leave out a protocol whose server begins a connection otherwise than Microsoft’s', () => {
    const cloud = { ...globalCloud, imap: { host: 'imap.example', port: 143, security: 'STARTTLS' as const } }
    expect(filesOf(sampleInput({ cloud })).map(({ protocol }) => protocol)).not.toContain('IMAP')
  })

  test('say of curl and Node.js that our tests run them, and of no other', () => {
    expect(
      samplesFor(sampleInput())
        .filter(({ tested }) => tested)
        .map(({ id }) => id)
    ).toEqual(['curl', 'node'])
  })

  test('have file names of their own', () => {
    expect(new Set(usual.map(({ name }) => name.toLowerCase())).size).toBe(usual.length)
  })

  test.each(usual)('$name reads the secret from the environment and uses the cloud’s own hosts', ({ name }) => {
    const code = filesOf(sampleInput({ cloud: chinaCloud })).find(file => file.name === name)?.code ?? ''
    expect(code).toContain(secretVariable)
    expect(code).toContain('https://login.chinacloudapi.cn/bf822882-b0bf-4acc-a606-7da6b107a435/oauth2/v2.0/token')
    expect(code).toContain('https://partner.outlook.cn/.default')
    expect(code).toMatch(/smtp\.partner\.outlook\.cn|partner\.outlook\.cn.*99[35]|partner\.outlook\.cn[\s\S]*99[35]/)
    expect(code).not.toMatch(/microsoftonline|office365/)
  })

  test.each(usual)('$name checks certificates and takes no TLS older than 1.2', ({ code }) => {
    expect(code).not.toMatch(
      /--insecure|\s-k\s|rejectUnauthorized|CertificateValidation|CERT_NONE|unverified|check_hostname|NODE_TLS/i
    )
    // MailKit offers 1.2 and newer by itself: https://mimekit.net/docs/html/P_MailKit_MailService_SslProtocols.htm
    if (!code.includes('using MailKit')) expect(code).toMatch(/tlsv1\.2|TLSv1_2|Tls12/i)
  })

  test('have nothing but the quoted mailbox change with the mailbox', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(fc.constantFrom("'", '"', '`', '\\', '$', '$(id)', '${x}', '‘', '’', '{', '}', '#', 'a', ' ', '@'))
        .map(parts => parts.join(''))
    )
    fc.assert(
      fc.property(
        anything.filter(text => whyUnsafe(text) === undefined),
        mailbox => {
          for (const { id, name, code } of filesOf(sampleInput({ mailbox }))) {
            const plain = usual.find(file => file.id === id && file.name === name)
            expect(code).toBe(plain?.code.replace(quotes[id]('invoices@contoso.example'), () => quotes[id](mailbox)))
          }
        }
      )
    )
  })

  test('are the same in all files of curl and of Node.js until they have a token', () => {
    const asks = (id: string, end: RegExp) =>
      usual
        .filter(file => file.id === id)
        .map(({ code }) =>
          code
            .split(end)[0]
            ?.replace(/^(# |\/\/ |import |const (host|port) =).*$/gm, '')
            .trim()
        )
    for (const starts of [asks('curl', /^ask\(\)/m), asks('node', /^if \(!accessToken\)/m)]) {
      expect(starts[0]).toContain('grant_type')
      expect(new Set(starts).size).toBe(1)
    }
  })

  test('are not made of a value with a line break', () => {
    expect(() => samplesFor(sampleInput({ mailbox: 'a@contoso.example\nrm -rf /' }))).toThrow(UnsafeText)
    expect(() => samplesFor(sampleInput({ clientId: "'\n" }))).toThrow(UnsafeText)
  })
})

describe('PowerShell', () => {
  const mailbox = "o'neil’s@contoso.example"
  const scripts = filesOf(sampleInput({ mailbox })).filter(({ id }) => id === 'powershell')

  test.each(scripts)('$name is PowerShell, with the mailbox as one string', ({ code }) => {
    expect(syntaxError(code)).toBeUndefined()
    expect(literalsOf(code)).toContain(mailbox)
  })

  test.each(scripts)('$name needs no module and no command that cannot sign in with OAuth', ({ code }) => {
    const own = [...code.matchAll(/function ([\w-]+)/g)].map(([, name]) => name)
    const names = commandsOf(code).map(({ name }) => name)
    const builtIn = ['Invoke-RestMethod', 'New-Object', 'Where-Object', 'Write-Output']
    expect(names.filter(name => !own.includes(name) && !builtIn.includes(name))).toEqual([])
  })

  test('the line that asks for the secret is PowerShell', () => {
    const asked = secretSnippets.find(({ language }) => language === 'powershell')
    expect(syntaxError(asked?.code ?? '')).toBeUndefined()
  })
})
