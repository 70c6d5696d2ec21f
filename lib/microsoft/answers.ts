// What Microsoft may answer instead of yes: a Refusal says no, a Silence says nothing. Anything else is a bug.
import { cut } from '../cut.ts'
import type { Reference } from '../steps/step.ts'

/** Microsoft said no. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly reference: Reference
  /** `code`, all `details[].code` and the message, in the order in which they are to be matched. */
  readonly words: readonly string[]
  readonly waitMs: number | undefined
  /** The decoded claims of a claims challenge, or undefined. */
  readonly claims: string | undefined

  constructor(reference: Reference, words: readonly string[], waitMs?: number, claims?: string) {
    super(`Microsoft refused with ${reference.status} ${reference.code ?? ''}`)
    this.reference = reference
    this.words = words
    this.waitMs = waitMs
    this.claims = claims
  }

  matches(pattern: RegExp): boolean {
    return this.words.some(word => pattern.test(word))
  }
}

/** Microsoft said nothing that can be understood: whether a write happened is not known. */
export class Silence extends Error {
  override name = 'Silence'
}

/** Nobody is signed in to the tenant any more, or with too few permissions: the person has to enter it again. */
export class SignInNeeded extends Error {
  override name = 'SignInNeeded'
  readonly claims: string | undefined
  constructor(reason: string, claims?: string) {
    super(reason)
    this.claims = claims
  }
}

type GraphErrorBody = {
  error?: { code?: string; message?: string; details?: { code?: string; message?: string }[] }
}

/** Reads a refusal of Microsoft Graph. Throws Silence when the body is not JSON.
 *  https://learn.microsoft.com/graph/errors */
export async function refusalOf(answer: Response): Promise<Refusal> {
  const text = await answer.text().catch(() => {
    throw new Silence(`Microsoft’s answer ${answer.status} broke off`)
  })
  let body: GraphErrorBody = {}
  try {
    body = text ? (JSON.parse(text) as GraphErrorBody) : {}
  } catch {
    throw new Silence(`Microsoft answered ${answer.status} with something that is not JSON`)
  }
  const details = body.error?.details ?? []
  const words = [
    ...details.map(detail => detail.code),
    body.error?.code,
    body.error?.message,
    ...details.map(detail => detail.message)
  ].filter(word => word !== undefined)
  const reference: Reference = {
    status: answer.status,
    code: details[0]?.code ?? body.error?.code,
    message: body.error?.message && cut(body.error.message.replace(/[\p{Cc}\p{Cs}]/gu, ' '), 500),
    requestId: answer.headers.get('request-id') ?? undefined
  }
  return new Refusal(reference, words, retryAfterMs(answer), claimsOf(answer))
}

/** `Retry-After` in seconds. https://learn.microsoft.com/graph/throttling */
function retryAfterMs(answer: Response): number | undefined {
  const seconds = Number(answer.headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined
}

/** The claims that a challenge asks for; undefined where it is none, or says nothing that can be asked for.
 *  https://learn.microsoft.com/entra/identity-platform/claims-challenge */
function claimsOf(answer: Response): string | undefined {
  const challenge = answer.headers.get('www-authenticate') ?? ''
  const encoded = /error="insufficient_claims"/.test(challenge) && /claims="([^"]+)"/.exec(challenge)?.[1]
  const claims = encoded ? Buffer.from(encoded, 'base64').toString('utf8') : undefined
  return claims && claims.length <= claimsMax && isObject(claims) ? claims : undefined
}

/** Characters: more is no challenge of Microsoft's, and would be kept and sent with a sign-in. */
const claimsMax = 2_000

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null
  } catch {
    return false
  }
}
