// The key that signs every token of the practice tenant, and the one place where tokens are made and checked.
// The rule it keeps: a token says what it is for (`use`), so that a refresh token never passes as an access token.

import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { exportJWK, generateKeyPair, importJWK, type JWK, type JWTPayload, jwtVerify, SignJWT } from 'jose'
import { writeWhole } from '../data-folder.ts'

export type TokenUse = 'id' | 'access' | 'refresh'

export type SigningKey = {
  /** What the keys endpoint shows. */
  readonly publicKeys: { keys: JWK[] }
  sign(use: TokenUse, claims: JWTPayload, lifetimeSeconds: number): Promise<string>
  /** The claims, or why the token is not good. */
  verify(use: TokenUse, token: string): Promise<{ claims: JWTPayload } | { expired: boolean }>
}

/** More tokens than are in use at once. */
const mostVerified = 1_000

/** Reads the key from a file, or makes one there. */
export async function openSigningKey(file: string): Promise<SigningKey> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  let jwk: JWK
  if (text === undefined) {
    const made = await generateKeyPair('RS256', { extractable: true })
    jwk = { ...(await exportJWK(made.privateKey)), kid: randomUUID(), alg: 'RS256', use: 'sig' }
    await writeWhole(file, JSON.stringify(jwk))
  } else {
    jwk = JSON.parse(text) as JWK
  }
  const privateKey = await importJWK(jwk, 'RS256')
  const { kty, n, e, kid, alg, use } = jwk
  const publicJwk = { kty, n, e, kid, alg, use } as JWK
  const publicKey = await importJWK(publicJwk, 'RS256')

  /** A client sends its token with every request, and a signature that was right stays right. */
  const verified = new Map<string, JWTPayload>()
  const verify = async (token: string): Promise<JWTPayload> => {
    const { payload } = await jwtVerify(token, publicKey, { algorithms: ['RS256'] })
    if (verified.size >= mostVerified) verified.clear()
    verified.set(token, Object.freeze(payload))
    return payload
  }
  /** One that may have expired since is verified anew, which says so. */
  const stillGood = (payload: JWTPayload | undefined) =>
    payload?.exp !== undefined && payload.exp > Date.now() / 1000 ? payload : undefined

  return {
    publicKeys: { keys: [publicJwk] },
    sign: (tokenUse, claims, lifetimeSeconds) => {
      const nowMs = Date.now()
      const now = Math.floor(nowMs / 1000)
      const own = { use: tokenUse, issuedAtMs: nowMs, uti: randomUUID() }
      return new SignJWT({ ...claims, ...own, iat: now, nbf: now, exp: now + lifetimeSeconds })
        .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: kid ?? '' })
        .sign(privateKey)
    },
    verify: async (tokenUse, token) => {
      try {
        const payload = stillGood(verified.get(token)) ?? (await verify(token))
        return payload.use === tokenUse ? { claims: payload } : { expired: false }
      } catch (error) {
        return { expired: error instanceof Error && 'code' in error && error.code === 'ERR_JWT_EXPIRED' }
      }
    }
  }
}
