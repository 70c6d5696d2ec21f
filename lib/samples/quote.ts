// Values as literals of each language, one function a language; PowerShell's is `ps` in lib/powershell/quote.ts.
// The rule it keeps: a value stays one literal, or the text is refused as it is for PowerShell.

import { UnsafeText, whyUnsafe } from '../powershell/quote.ts'

/** In single quotes, where bash knows no escape at all: a quote ends the string, stands escaped, and begins it again.
 *  https://www.gnu.org/software/bash/manual/html_node/Single-Quotes.html */
export const bash = (text: string) => `'${safe(text).replaceAll("'", `'\\''`)}'`

/** https://tc39.es/ecma262/#sec-literals-string-literals */
export const javascript = (text: string) => `'${escaped(text, "'")}'`

/** https://docs.python.org/3/reference/lexical_analysis.html#string-and-bytes-literals */
export const python = (text: string) => `"${escaped(text, '"')}"`

/** A regular string literal, neither verbatim nor interpolated.
 *  https://learn.microsoft.com/dotnet/csharp/language-reference/builtin-types/reference-types#string-literals */
export const csharp = (text: string) => `"${escaped(text, '"')}"`

/** https://docs.oracle.com/javase/specs/jls/se21/html/jls-3.html#jls-3.10.5, where a backslash and a `u` would be read even before
 *  the string is: the backslash that stands in a value is doubled, and a doubled one begins no such escape. */
export const java = (text: string) => `"${escaped(text, '"')}"`

/** A value in a file of `name = value` lines, which knows no quotes: it ends with its line. */
export function line(text: string): string {
  return safe(text).trim()
}

function escaped(text: string, quote: string): string {
  return safe(text).replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)
}

function safe(text: string): string {
  const why = whyUnsafe(text)
  if (why) throw new UnsafeText(why)
  return text
}
