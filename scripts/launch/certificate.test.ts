// Which certificate files a start takes, and that a refusal names the file and quotes nothing of it.
import { createPrivateKey } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { certificateFor } from '../../test-data/mail-server.ts'
import { wizardCertificate } from '../../test-data/wizard-certificate.ts'
import { requireCertificate } from './certificate.mjs'
import { Refusal } from './refusal.mjs'

let folder: string
let whole: { cert: string; private: string }
let other: { cert: string; private: string }
let curve: { cert: string; private: string }
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mow-certificate-'))
  whole = await wizardCertificate('wizard.example')
  other = await wizardCertificate('other.example')
  curve = await certificateFor('wizard.example')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const setting = 'AZURE_CLIENT_CERTIFICATE_PATH'
function file(text: string): string {
  const path = join(folder, 'given.pem')
  writeFileSync(path, text)
  return path
}
function refusal(path: string): string {
  try {
    requireCertificate(setting, path)
  } catch (error) {
    if (error instanceof Refusal) return error.message
    throw error
  }
  return 'no refusal'
}

describe('a certificate at the start', () => {
  test('is taken with its key before it or after it, and may be left out', () => {
    expect(refusal(file(`${whole.private}\n${whole.cert}`))).toBe('no refusal')
    expect(refusal(file(`${whole.cert}\n${whole.private}`))).toBe('no refusal')
    expect(() => requireCertificate(setting, undefined)).not.toThrow()
    expect(() => requireCertificate(setting, '')).not.toThrow()
  })

  test.each([
    ['is not there', () => join(folder, 'nowhere.pem'), 'cannot be read'],
    ['is a folder', () => folder, 'cannot be read'],
    ['is empty', () => file(''), 'holds no certificate'],
    ['is something else', () => file('hush hush'), 'holds no certificate'],
    ['is the certificate alone', () => file(whole.cert), 'holds no private key'],
    ['is the key alone', () => file(whole.private), 'holds no certificate'],
    ['has a key that is cut', () => file(`${whole.cert}\n${whole.private.slice(0, 90)}`), 'holds no private key'],
    ['has a key with a password', () => file(`${whole.cert}\n${locked(whole.private)}`), 'holds no private key'],
    ['has a key on a curve', () => file(`${curve.cert}\n${curve.private}`), 'is not an RSA key'],
    ['has another’s key', () => file(`${whole.cert}\n${other.private}`), 'is not the one of the certificate']
  ])('is refused in words where the file %s', (_what, make, says) => {
    const path = make()
    const said = refusal(path)
    expect(said).toMatch(new RegExp(`^${setting} is .*${says}.*\\.$`))
    expect(said).toContain(path)
    expect(said).not.toMatch(/hush|BEGIN|\n|MI[A-Za-z0-9]{4}/)
  })
})

const locked = (pem: string) =>
  createPrivateKey(pem).export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'hush' }).toString()
