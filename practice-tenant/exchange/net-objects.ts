// The few .NET objects that a printed script makes: a hash, an encoding. The rule it keeps: no object here reaches the machine.

import { createHash } from 'node:crypto'
import { Bytes, items, PSObject, text, type Value } from './values.ts'

export const sha256Type = 'System.Security.Cryptography.SHA256'
export const encodingType = 'System.Text.Encoding'

export function sha256(): PSObject {
  return new PSObject(sha256Type, {}, sha256Type)
}

/** `[Text.Encoding]::UTF8` and its like. */
export function encoding(name: 'utf8' | 'ascii' | 'utf16le'): PSObject {
  return new PSObject(
    encodingType,
    { WebName: name === 'utf16le' ? 'utf-16' : name === 'utf8' ? 'utf-8' : 'us-ascii' },
    encodingType
  )
}

function bytesOf(value: Value): Uint8Array {
  return value instanceof Bytes ? value.bytes : Uint8Array.from(items(value).map(Number))
}

const nodeEncoding: Readonly<Record<string, BufferEncoding>> = {
  'utf-8': 'utf8',
  'us-ascii': 'latin1',
  'utf-16': 'utf16le'
}

/** `undefined` when the object has no such method. */
export function ofNetObject(target: PSObject, key: string, given: readonly Value[]): Value {
  if (target.type === sha256Type && key === 'computehash')
    return new Bytes(createHash('sha256').update(bytesOf(given[0])).digest())
  if (target.type !== encodingType) return undefined
  const name = text(target.get('WebName'))
  if (key === 'getbytes') {
    const source = name === 'us-ascii' ? text(given[0]).replace(/[^\0-\x7f]/g, '?') : text(given[0])
    return new Bytes(Buffer.from(source, nodeEncoding[name]))
  }
  if (key === 'getstring') return Buffer.from(bytesOf(given[0])).toString(nodeEncoding[name])
  return undefined
}
