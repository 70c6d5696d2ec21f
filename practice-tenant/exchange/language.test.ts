import { describe, expect, it } from 'vitest'
import { openTestWindow } from './testing.ts'

const window = openTestWindow()
const out = (script: string, edition: '5.1' | '7.4' | '7.6' = '5.1') => window.run(script, { edition }).output

describe('values', () => {
  it.each([
    ['"a" -eq "A"', 'True'],
    ['"a" -ceq "A"', 'False'],
    ['"10" -gt 9', 'False'],
    ['10 -gt "9"', 'True'],
    ['@(1,2,3) -eq 2', '2'],
    ['@(1,2,3) -contains 4', 'False'],
    ['2 -in 1,2', 'True'],
    ['"box12" -match "^box(\\d+)$" | Out-Null; $Matches[1]', '12'],
    ['"a.b" -replace "\\.", "-"', 'a-b'],
    ['"a,b;c" -split "[,;]" -join "+"', 'a+b+c'],
    ['"{0,-4}|{1:N0}" -f "x", 1234', 'x   |1,234'],
    ['7 / 2', '3.5'],
    ['[int]2.5', '2'],
    ['"5" + 1', '51'],
    ['5 + "1"', '6'],
    ['1..3 -join ","', '1,2,3'],
    ['-not @()', 'True'],
    ['[bool]@(0)', 'False'],
    ['[version]"3.10.1" -gt [version]"3.9.2"', 'True'],
    ['"3.10.1" -gt "3.9.2"', 'False'],
    ['$null -eq @()', 'False'],
    ['[string]::IsNullOrEmpty("")', 'True'],
    ['([char]0x2019).ToString().Length', '1'],
    ["'Contoso' -like 'con*'", 'True']
  ])('%s is %s', (script, expected) => {
    expect(out(script)).toBe(expected === '' ? '' : expected)
  })

  it('no output is nothing, one is itself, several are a list', () => {
    expect(out('$a = @() | ForEach-Object { 1 }; $null -eq $a; @($a).Count')).toBe('True\n0')
    expect(out('$a = 1,2 | Where-Object { $_ -gt 1 }; $a.GetType().Name')).toBe('Int32')
  })

  it('a list that grows does not grow where another variable holds it', () => {
    expect(out('$a = @(); $a += 1; $a += 2; $b = $a; $a += 3; $b += 9; "$a | $b"')).toBe('1 2 3 | 1 2 9')
    expect(out('function f { param($l) $l += 9; $l.Count }; $a = @(1); $a += 2; f $a; $a.Count')).toBe('3\n2')
  })

  it('.Count of one custom object is empty in Windows PowerShell and 1 in PowerShell 7', () => {
    const script = '"[$(([pscustomobject]@{ a = 1 }).Count)]"'
    expect(out(script, '5.1')).toBe('[]')
    expect(out(script, '7.6')).toBe('[1]')
  })

  it('.Split takes single characters in Windows PowerShell and the whole text in PowerShell 7', () => {
    const script = "'a, b'.Split(', ').Count"
    expect(out(script, '5.1')).toBe('3')
    expect(out(script, '7.6')).toBe('2')
  })

  it('SHA-256 of UTF-8 text comes out as everywhere', () => {
    const hash = '[Security.Cryptography.SHA256]::Create().ComputeHash([Text.Encoding]::UTF8.GetBytes("abc"))'
    expect(out(`[BitConverter]::ToString(${hash}).Replace('-','').ToLower()`)).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
    )
  })
})

describe('flow', () => {
  it('runs if, foreach, for, while, do, switch, break and continue', () => {
    expect(out('foreach ($i in 1..9) { if ($i -eq 2) { continue } elseif ($i -gt 3) { break } else { $i } }')).toBe(
      '1\n3'
    )
    expect(out('for ($i = 0; $i -lt 2; $i++) { $i }')).toBe('0\n1')
    expect(out('$i = 0; while ($true) { $i++; if ($i -ge 3) { break } }; $i')).toBe('3')
    expect(out('$i = 0; do { $i += 1 } until ($i -eq 2); $i')).toBe('2')
    expect(out("switch ('b') { 'a' { 1 } 'B' { 2 } default { 3 } }")).toBe('2')
  })

  it('functions take parameters by name, by beginning of a name and by place', () => {
    const add =
      'function Add-Up { param([int]$First, [int]$Second = 10, [switch]$Twice) ($First + $Second) * (1 + $Twice) }\n'
    expect(out(`${add}Add-Up 1 2; Add-Up -Sec 5 -F 1; Add-Up 1 -Twice`)).toBe('3\n6\n22')
    expect(out(`${add}Add-Up -Third 1`)).toContain("A parameter cannot be found that matches parameter name 'Third'.")
  })

  it('a script block has a scope of its own, ForEach-Object has not', () => {
    expect(out('$a = 1; & { $a = 2 }; $a; 5 | ForEach-Object { $a = $_ }; $a')).toBe('1\n5')
  })

  it('an error ends its statement and the script goes on; throw ends the script', () => {
    expect(out('Get-Nothing; "next"')).toContain('next')
    const thrown = window.run('throw "stop"; "next"')
    expect(thrown.output).not.toContain('next')
    expect(thrown.exitCode).toBe(1)
  })

  it('try, catch and finally run in order, and catch sees the message', () => {
    expect(out('try { throw "bad"; 1 } catch { "caught $($_.Exception.Message) $_" } finally { "last" }')).toBe(
      'caught bad bad\nlast'
    )
  })

  it("a script's own preference Stop turns errors of PowerShell's own cmdlets into terminating ones", () => {
    expect(out('$ErrorActionPreference = "Stop"; Get-Content none.txt; "next"')).not.toContain('next')
    expect(out('$ErrorActionPreference = "SilentlyContinue"; Get-Content none.txt; "next"')).toBe('next')
  })

  it('errors, warnings and the host can be led away', () => {
    expect(out('Get-Content none.txt 2>$null; Write-Warning w 3>$null; Write-Host h 6>$null; "x"')).toBe('x')
    expect(out('$w = Write-Warning w 3>&1; "[$w]"')).toBe('[w]')
    expect(
      out('Get-Content none.txt -ErrorAction SilentlyContinue -ErrorVariable e; $e.Count; "$e" -like "Cannot find*"')
    ).toBe('1\nTrue')
  })

  it('Select-Object -First stops what comes before it', () => {
    expect(out('1..9 | ForEach-Object { Write-Host "made $_"; $_ } | Select-Object -First 2')).toBe(
      'made 1\n1\nmade 2\n2'
    )
  })

  it('strict mode makes errors of unset variables and missing properties', () => {
    expect(out('"[$none]"')).toBe('[]')
    expect(out('Set-StrictMode -Version Latest; "[$none]"')).toContain("The variable '$none' cannot be retrieved")
    expect(out('Set-StrictMode -Version Latest; ([pscustomobject]@{ a = 1 }).b')).toContain(
      "The property 'b' cannot be found"
    )
  })

  it('exit gives its code', () => {
    expect(window.run('exit 3').exitCode).toBe(3)
  })
})

describe('pasted line by line', () => {
  const lines = (script: string) => window.run(script, { how: 'lines' }).output

  it('runs what follows a throw, as a window does', () => {
    expect(lines('throw "stop"\n"next"')).toContain('next')
    expect(lines('& {\n  throw "stop"\n  "inside"\n}\n"next"')).not.toContain('inside')
  })

  it('an else on a line of its own comes too late', () => {
    expect(lines('if ($false) { 1 }\nelse { 2 }')).toContain("The term 'else' is not recognized")
    expect(lines('if ($false) { 1 } else { 2 }')).toBe('2')
    expect(lines('& {\nif ($false) { 1 }\nelse { 2 }\n}')).toBe('2')
  })

  it('a mistake costs its own line only', () => {
    const result = lines("'a'\n$x = = 1\n'b'")
    expect(result).toContain('a')
    expect(result).toContain('b')
  })
})

describe('what the console does not know', () => {
  it.each([
    ['class A { }', "the keyword 'class'"],
    ['using namespace System', "the keyword 'using'"],
    ['"a" > file.txt', 'redirection to anything but $null'],
    ['$a ? 1 : 2', "'?'"],
    ['"`u{41}"', 'the `u{...} escape'],
    ['[System.Net.WebClient]::new()', 'the type [System.Net.WebClient]'],
    ['[Environment]::Exit(1)', '[Environment]::Exit()'],
    ['$env:TEMP = "x"', 'a change of an environment variable'],
    ['$PSDefaultParameterValues = @{}', 'the variable $psdefaultparametervalues'],
    ['Get-Date -UFormat %s', 'the parameter -UFormat of Get-Date'],
    ['function f { [CmdletBinding(SupportsShouldProcess)] param() }', 'attributes'],
    ['1 | ForEach-Object -Parallel { 1 }', 'the parameter -Parallel']
  ])('%s is refused by name and line', (script, named) => {
    const result = window.run(`"before"\n${script}\n"after"`)
    expect(result.failed).toBe(true)
    expect(result.output).toContain('The practice console does not know')
    expect(result.output).toContain(named)
    expect(result.output).toMatch(/line:2/)
    expect(result.output).not.toContain('after')
  })

  it('a refusal goes past every catch, and so does an unheard-of command inside try', () => {
    for (const script of ['[Net.WebClient]::new()', 'Invoke-RestMethod x', 'Start-Job { 1 }'])
      expect(window.run(`try { ${script} } catch { "swallowed" }`).output).not.toContain('swallowed')
  })

  it('an unheard-of command is not recognized, in the words of each PowerShell', () => {
    expect(out('Invoke-RestMethod x')).toContain(
      "The term 'Invoke-RestMethod' is not recognized as the name of a cmdlet, function, script file, or operable program."
    )
    expect(out('Invoke-RestMethod x', '7.6')).toContain('is not recognized as a name of a cmdlet')
  })

  it('a script without end is stopped, and so is one that prints without end', () => {
    expect(out('while ($true) { }')).toContain('more than the practice console runs')
    expect(out('$a = "x" * 10000; while ($true) { $a }').length).toBeLessThan(5_000_000)
    expect(out('function f { f }; f')).toContain('call depth overflow')
  }, 180_000)
})
