// How often the same person, and the same address, may do what costs Microsoft or us something.
// The rule it keeps: a loop that runs away is stopped; two hundred people at work behind one address are not.
// Counted in memory, by each instance for itself: a counter in the database would be one more write a click, and an
// instance more only lets through as many times more.
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

/** Tries in `windowSeconds`. The same person may be at work in many browsers, so a person's own limit is no tight one. */
export const windowSeconds = 30
export const limits = {
  /** Off to Microsoft, to sign in or to enter a tenant, and back. */
  'sign-in': { person: 100, address: 1_200 },
  /** A round of the engine. */
  run: { person: 150, address: 2_000 },
  /** What is told by hand: Microsoft is asked for a tenant, or for a token with a pasted secret. */
  token: { person: 60, address: 600 },
  /** Logins to mailboxes. */
  test: { person: 60, address: 600 },
  /** A look at the tenant without a change: a step's page, a page of the directory. */
  look: { person: 200, address: 3_000 },
  /** Up to megabytes of pasted text that are read and judged. Most who do it are not signed in. */
  text: { person: 60, address: 300 }
} as const

export type Limited = keyof typeof limits
export type Who = { person: string | undefined; address: string }
type Limits = Readonly<Record<string, { person: number; address: number }>>

/** Counts by a table of limits. */
export function counterOf<K extends string>(table: Limits & Record<K, unknown>, seconds = windowSeconds) {
  const counters = new Map(
    Object.entries(table).flatMap(([what, { person, address }]) => [
      [`${what} person`, new RateLimiterMemory({ points: person, duration: seconds })],
      [`${what} address`, new RateLimiterMemory({ points: address, duration: seconds })]
    ])
  )
  /** Counts one try. Gives the seconds to wait when there were too many. */
  return async function waitSeconds(what: K, { person, address }: Who): Promise<number | undefined> {
    const waits = [
      person === undefined ? 0 : await consume(counters.get(`${what} person`), person),
      await consume(counters.get(`${what} address`), address)
    ]
    return Math.max(...waits) || undefined
  }
}

async function consume(counter: RateLimiterMemory | undefined, key: string): Promise<number> {
  try {
    await counter?.consume(key)
    return 0
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error
    return Math.max(1, Math.ceil(error.msBeforeNext / 1000))
  }
}

/** Next gives handlers and actions a copy of this module each; what is counted must be the same for both. */
const kept = globalThis as typeof globalThis & { mailOauthWizardTries?: ReturnType<typeof counterOf<Limited>> }

/** Counts one try in this instance. */
kept.mailOauthWizardTries ??= counterOf<Limited>(limits)
export const waitSeconds = kept.mailOauthWizardTries

export const waitWords = (seconds: number) =>
  `Too many tries. Wait ${seconds} ${seconds === 1 ? 'second' : 'seconds'}, then carry on.`
