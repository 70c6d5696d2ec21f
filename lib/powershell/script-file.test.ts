import { describe, expect, test } from 'vitest'
import { ps } from './quote.ts'
import { safeFileName, scriptFile } from './script-file.ts'

const decoded = (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true, fatal: true }).decode(bytes)

describe('a script file', () => {
  test('of plain ASCII has no byte order mark, and CRLF at the end of every line', () => {
    const { bytes } = scriptFile(
      ps`
        Write-Host 'a'
        Write-Host ${'b'}
      `,
      'x'
    )
    expect(decoded(bytes)).toBe("Write-Host 'a'\r\nWrite-Host 'b'\r\n")
  })

  test('with any other character begins with a byte order mark, so that Windows PowerShell 5.1 reads it as UTF-8', () => {
    for (const text of ['Ñ', '\u2019', '漢', '😀', '\u00A0']) {
      const { bytes } = scriptFile(ps`Write-Host ${text}`, 'x')
      expect([...bytes.slice(0, 3)], text).toEqual([0xef, 0xbb, 0xbf])
      const doubled = text === '\u2019' ? text + text : text
      expect(decoded(bytes), text).toBe(`\uFEFFWrite-Host '${doubled}'\r\n`)
    }
  })

  test('never has a line feed by itself', () => {
    const { bytes } = scriptFile(
      ps`$list = ${Array.from({ length: 300 }, (_, index) => `m${index}@contoso.example`)}`,
      'x'
    )
    expect(decoded(bytes)).not.toMatch(/[^\r]\n/)
  })
})

describe('a file name', () => {
  test('says what it is in letters, digits and hyphens', () => {
    expect(scriptFile(ps``, 'Invoices register-in-exchange').fileName).toBe('invoices-register-in-exchange.ps1')
    expect(safeFileName('Räksmörgås & Söner')).toBe('raksmorgas-soner')
  })

  test('is safe whatever it is made from', () => {
    const hostile = [
      '../../etc/passwd',
      'C:\\x',
      'a\0b',
      'a\r\nSet-Cookie: x',
      '"; filename=evil.exe',
      '   ',
      '',
      '...',
      '株式会社',
      '\u202Egpj.exe',
      '-rf',
      'x'.repeat(5000)
    ]
    for (const name of hostile)
      expect(safeFileName(name), JSON.stringify(name)).toMatch(/^[a-z0-9]([a-z0-9-]{0,78}[a-z0-9])?$/)
    expect(safeFileName('株式会社')).toBe('script')
  })

  test('is never a Windows device', () => {
    for (const name of ['CON', 'prn', 'Aux', 'NUL', 'com1', 'COM9', 'lpt0', 'COM¹', 'LPT²', 'CONIN$', ' con '])
      expect(safeFileName(name), name).toMatch(/^(con|prn|aux|nul|com\d|lpt\d|conin)-script$/)
    expect(safeFileName('console')).toBe('console')
  })
})
