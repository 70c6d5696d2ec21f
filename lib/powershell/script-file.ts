// A script as a file to download. The rule: Windows PowerShell 5.1, which reads a file without a byte order mark in the
// machine's own code page, gets the same characters as PowerShell 7.

import { type PowerShell, textOf } from './quote.ts'

export type ScriptFile = { bytes: Uint8Array<ArrayBuffer>; fileName: string }

const byteOrderMark = '\uFEFF'
const longestName = 80

/** UTF-8 with CRLF, with a byte order mark only when the script is not plain ASCII; the name as `safeFileName` makes it.
 *  https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_character_encoding */
export function scriptFile(code: PowerShell, name: string): ScriptFile {
  const text = `${textOf(code).replaceAll('\n', '\r\n')}\r\n`
  const plain = !/[^\p{ASCII}]/u.test(text)
  return { bytes: new TextEncoder().encode(plain ? text : byteOrderMark + text), fileName: `${safeFileName(name)}.ps1` }
}

/** Names that Windows keeps for devices, whatever follows the dot.
 *  https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const devices = /^(con|prn|aux|nul|com\d|lpt\d|conin|conout|clock)$/

/** `invoices-register-in-exchange` from "Invoices register-in-exchange": ASCII letters, digits and single hyphens, at most 80,
 *  so it is safe in a path, in a header and in quotes. */
export function safeFileName(name: string): string {
  const plain = name
    .slice(0, 500)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .toLowerCase()
    .slice(0, longestName)
    .replace(/-+$/, '')
  if (!plain) return 'script'
  return devices.test(plain) ? `${plain}-script` : plain
}
