import { describe, expect, it } from 'vitest'
import { openTestWindow } from './testing.ts'

const window = openTestWindow()
const out = (script: string, edition: '5.1' | '7.6' = '5.1') => window.run(script, { edition }).output

describe('single quotes', () => {
  const five = ["'", '\u2018', '\u2019', '\u201A', '\u201B']

  it.each(five)('%s opens a string that any of the five closes', open => {
    for (const close of five) expect(out(`Write-Output ${open}a b${close}`)).toBe('a b')
  })

  it('two of them in any mix are one quote, the second of the two', () => {
    for (const first of five) for (const second of five) expect(out(`'a${first}${second}b'`)).toBe(`a${second}b`)
  })

  it('a typographic quote closes a string, and what follows it is code', () => {
    const result = window.run("Write-Output 'it\u2019; Write-Output injected; '\u2019s'")
    expect(result.output).toContain('injected')
  })

  it('nothing inside expands', () => {
    expect(out("'$home `n $(1 + 1)'")).toBe('$home `n $(1 + 1)')
  })

  it('one that never closes stops the script before it begins', () => {
    const result = window.run("Write-Output first\nWrite-Output 'second")
    expect(result.output).toContain("The string is missing the terminator: '.")
    expect(result.output).toContain('At line:2 char:14')
    expect(result.output).not.toMatch(/^first$/m)
    expect(result.exitCode).toBe(1)
  })
})

describe('double quotes', () => {
  it('all four open and close a string, and two are one', () => {
    for (const quote of ['"', '\u201C', '\u201D', '\u201E']) expect(out(`Write-Output ${quote}a b"`)).toBe('a b')
    expect(out('"say ""yes"""')).toBe('say "yes"')
  })

  it('variables, properties in $( ) and backticks expand; a property without $( ) does not', () => {
    expect(out('$a = @{ b = 2 }; $c = "x"; "$c $($a.b) `$c `"q`" a`tb"')).toBe('x 2 $c "q" a\tb')
    expect(out('$c = "x"; "$c.Length"')).toBe('x.Length')
    expect(out('$c = "x"; "${c}s"')).toBe('xs')
  })

  it('a colon behind a name is an error, as PowerShell takes it for a scope', () => {
    expect(out('$a = 1; "$a: no"')).toContain('Variable reference is not valid.')
    expect(out('$a = 1; "${a}: yes"')).toBe('1: yes')
  })

  it('a question mark belongs to the name', () => {
    expect(out('$a = 1; "[$a?]"')).toBe('[]')
  })

  it('a string may stand inside the $( ) of another', () => {
    expect(out('"a $("b $(1 + 1)") c"')).toBe('a b 2 c')
  })
})

describe('dashes, comments and lines', () => {
  it.each(['-', '\u2013', '\u2014', '\u2015'])('%s begins a parameter and an operator', dash => {
    expect(out(`Write-Output ${dash}InputObject ok`)).toBe('ok')
    expect(out(`1 ${dash}eq 1`)).toBe('True')
  })

  it('comments end at the line or at #>, and a # inside a word is no comment', () => {
    expect(out('Write-Output a#b # c\n<# d\ne #> Write-Output f')).toBe('a#b\nf')
  })

  it('a backtick at the end of a line continues it; with a blank behind it does not', () => {
    expect(out('Write-Output `\n  a')).toBe('a')
    expect(out('Write-Output a `\r\n  -NoEnumerate')).toBe('a')
    expect(window.run('Write-Output a ` \n  -NoEnumerate').failed).toBe(true)
  })

  it('CR, LF and CRLF all end a line', () => {
    expect(out("'a'\r'b'\n'c'\r\n'd'")).toBe('a\nb\nc\nd')
  })

  it('here-strings are refused by name', () => {
    const result = window.run("$a = @'\nx\n'@")
    expect(result.output).toContain('does not know here-strings')
    expect(result.failed).toBe(true)
  })
})

describe('bare words', () => {
  it('are strings: GUIDs, addresses and names need no quotes', () => {
    expect(out('Write-Output 58d827e0-c69c-401f-8deb-b1224d129dc8')).toBe('58d827e0-c69c-401f-8deb-b1224d129dc8')
    expect(out('Write-Output ada@contoso.example')).toBe('ada@contoso.example')
    expect(out('Write-Output a"b c"d')).toBe('ab cd')
  })

  it('end at a semicolon, a bracket or a pipe, and a comma makes a list', () => {
    expect(out('Write-Output a;Write-Output b')).toBe('a\nb')
    expect(out('(Write-Output a,b).Count')).toBe('2')
  })

  it('an @ before a name is a splat, before a quote an error', () => {
    expect(out('$p = @{ InputObject = "x" }; Write-Output @p')).toBe('x')
  })
})
