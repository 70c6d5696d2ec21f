// Where the practice tenant keeps itself between two runs: state, ports, signing key, certificate.
// The rule it keeps: a file is written whole or not at all, readable by its owner only.

import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { generate } from 'selfsigned'

export function fileIn(folder: string, name: string): string {
  return path.join(folder, name)
}

/** Makes the folder; with `fresh` whatever a former run left in it goes. */
export function openFolder(folder: string, fresh: boolean): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const files = ['state.json', 'ports.json', 'signing-key.json', 'certificate.pem', 'certificate.key', 'cloud.json']
  if (fresh) for (const name of files) rmSync(fileIn(folder, name), { force: true })
}

let written = 0
function besides(file: string): string {
  written += 1
  return `${file}.${process.pid}.${written}.part`
}

export async function writeWhole(file: string, text: string): Promise<void> {
  const part = besides(file)
  await writeFile(part, text, { mode: 0o600 })
  await rename(part, file)
}

export function writeWholeNow(file: string, text: string): void {
  const part = besides(file)
  writeFileSync(part, text, { mode: 0o600 })
  renameSync(part, file)
}

/** The JSON in a file; undefined when there is none or it is not JSON. */
export async function readJson<T>(file: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T
  } catch {
    return undefined
  }
}

/** The certificate of the https port: a self-signed leaf, so that trusting it trusts nothing else. */
export async function openCertificate(folder: string): Promise<{ certificate: string; key: string }> {
  const certificateFile = fileIn(folder, 'certificate.pem')
  const keyFile = fileIn(folder, 'certificate.key')
  const certificate = await readFile(certificateFile, 'utf8').catch(() => undefined)
  const key = await readFile(keyFile, 'utf8').catch(() => undefined)
  if (certificate !== undefined && key !== undefined) return { certificate, key }
  const year = 365 * 24 * 3600 * 1000
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    algorithm: 'sha256',
    keyType: 'ec',
    curve: 'P-256',
    notBeforeDate: new Date(Date.now() - 24 * 3600 * 1000),
    notAfterDate: new Date(Date.now() + 5 * year),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' }
        ]
      }
    ]
  })
  await writeWhole(keyFile, made.private)
  await writeWhole(certificateFile, made.cert)
  return { certificate: made.cert, key: made.private }
}
