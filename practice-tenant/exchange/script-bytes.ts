// A script file as PowerShell reads its bytes. The rule it keeps: without a byte order mark Windows PowerShell takes the ANSI code
// page and PowerShell 7 takes UTF-8, so that a file saved wrongly goes wrong here too.
// https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_character_encoding

import type { Edition } from './errors.ts'

const marks: readonly (readonly [mark: readonly number[], encoding: string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be']
]

export function readScript(bytes: Uint8Array, edition: Edition): string {
  const marked = marks.find(([mark]) => mark.every((byte, index) => bytes[index] === byte))
  const encoding = marked?.[1] ?? (edition === '5.1' ? 'windows-1252' : 'utf-8')
  return new TextDecoder(encoding).decode(bytes)
}
