// Sealing (AES-256-GCM) under a key that the APP_KEY and the browser's cookie make together: a copy of the database
// opens nothing, and neither does the cookie alone.
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'

const ivBytes = 12
const tagBytes = 16

export type SealKey = { readonly bytes: Uint8Array }

export const newCookie = () => randomBytes(32).toString('base64url')

/** The database's name for a cookie. */
export const idOfCookie = (cookie: string) => createHash('sha256').update(`session:${cookie}`).digest('base64url')

export function keyOfCookie(appKey: string, cookie: string): SealKey {
  return { bytes: new Uint8Array(hkdfSync('sha256', `${appKey}.${cookie}`, '', 'mail-oauth-wizard seal 1', 32)) }
}

/** Seals a text; `label` says what it is and has to be said again to open it. */
export function seal(key: SealKey, label: string, text: string): Uint8Array<ArrayBuffer> {
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', key.bytes, iv).setAAD(Buffer.from(label))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return new Uint8Array(Buffer.concat([iv, cipher.getAuthTag(), body]))
}

/** Opens what `seal` made; undefined when the key or the label is another. */
export function open(key: SealKey, label: string, sealed: Uint8Array): string | undefined {
  try {
    const bytes = Buffer.from(sealed)
    const decipher = createDecipheriv('aes-256-gcm', key.bytes, bytes.subarray(0, ivBytes), { authTagLength: tagBytes })
    decipher.setAAD(Buffer.from(label)).setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes))
    return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}
