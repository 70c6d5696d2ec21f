// Reads the claims of an access token. Only to show and to compare: nothing is authorised by it.
// https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
import { z } from 'zod'

const claims = z.object({
  aud: z.string(),
  tid: z.string(),
  /** For an application's token: the Object ID of its enterprise application. */
  oid: z.string().optional(),
  appid: z.string().optional(),
  roles: z.array(z.string()).default([]),
  exp: z.number()
})

export type Claims = z.infer<typeof claims>

/** The claims of a JWT, or undefined when the text is none. Its signature is not checked. */
export function readClaims(token: string): Claims | undefined {
  const payload = token.split('.')[1]
  if (!payload) return undefined
  try {
    const bytes = Uint8Array.from(atob(payload.replace(/-/g, '+').replace(/_/g, '/')), char => char.charCodeAt(0))
    const parsed = claims.safeParse(JSON.parse(new TextDecoder().decode(bytes)))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}
