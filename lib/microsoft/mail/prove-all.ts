// Proves many logins: some at a time, results as they come, stopped at will. Pure scheduling; the login is an argument.
// The rule it keeps: no more connections than Exchange Online likes, and of a list of ten thousand only those that run
// are in memory.
import type { LoginResult } from '../../gates/evidence.ts'
import type { MailHost, Protocol } from '../../steps/step.ts'

/** In all. Exchange Online names no number for logins; this is what one careful program opens. */
export const loginsAtATime = 8
/** For one mailbox by SMTP. Exchange Online takes three and refuses a fourth with 432 4.3.2: the programs that use the
 *  mailbox keep theirs.
 *  https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission */
export const smtpLoginsAtATime = 1
/** So many jobs wait for their own mailbox at most, while others go ahead of them. */
export const jobsHeldBack = 100

export type Job = { address: string; protocol: Protocol; at: MailHost }
export type Proved = { address: string; protocol: Protocol; result: LoginResult }

export type Means = {
  /** Asked before every login, so that a long run outlives a token. */
  token(): Promise<string>
  login(
    protocol: Protocol,
    at: MailHost,
    mailbox: string,
    token: string,
    options: { signal: AbortSignal }
  ): Promise<LoginResult>
  signal?: AbortSignal
}

type Outcome = { job: Job; result: LoginResult } | { job: Job; error: unknown }

/** Yields each result as it is known. Ends at once, without a word, when the signal fires; throws what `token` or `login`
 *  threw. Either way, and when the reader stops reading, running logins are aborted and none is begun. */
export async function* proveAll(jobs: Iterable<Job>, means: Means): AsyncGenerator<Proved, void, void> {
  const over = new AbortController()
  const signal = means.signal ? AbortSignal.any([means.signal, over.signal]) : over.signal
  const queue = queueOf(jobs)
  const running: Job[] = []
  const outcomes: Outcome[] = []
  let wake = () => {}
  const stopped = () => wake()
  signal.addEventListener('abort', stopped)

  async function run(job: Job): Promise<void> {
    let outcome: Outcome
    try {
      const token = await means.token()
      signal.throwIfAborted()
      outcome = { job, result: await means.login(job.protocol, job.at, job.address, token, { signal }) }
    } catch (error) {
      outcome = { job, error }
    }
    running.splice(running.indexOf(job), 1)
    outcomes.push(outcome)
    wake()
  }

  try {
    while (!signal.aborted) {
      // Results that nobody took yet count too: who reads slowly is not run ahead of.
      while (running.length + outcomes.length < loginsAtATime) {
        const job = queue.next(running)
        if (!job) break
        running.push(job)
        void run(job)
      }
      const outcome = outcomes.shift()
      if (outcome) {
        if ('error' in outcome) throw outcome.error
        const { job, result } = outcome
        yield { address: job.address, protocol: job.protocol, result }
      } else if (running.length === 0) return
      else
        await new Promise<void>(resolve => {
          wake = resolve
        })
    }
  } finally {
    signal.removeEventListener('abort', stopped)
    over.abort()
    queue.end()
  }
}

/** Jobs in their order, except that one whose mailbox is busy lets the next ones go ahead. */
function queueOf(jobs: Iterable<Job>) {
  const source = jobs[Symbol.iterator]()
  const held: Job[] = []
  let more = true

  const free = (job: Job, running: readonly Job[]) =>
    job.protocol !== 'SMTP' || running.filter(other => sameSmtpMailbox(job, other)).length < smtpLoginsAtATime

  return {
    next(running: readonly Job[]): Job | undefined {
      const at = held.findIndex(job => free(job, running))
      if (at >= 0) return held.splice(at, 1)[0]
      while (more && held.length < jobsHeldBack) {
        const { value, done } = source.next()
        if (done) more = false
        else if (free(value, running)) return value
        else held.push(value)
      }
      return undefined
    },
    end() {
      if (more) source.return?.()
      more = false
    }
  }
}

const sameSmtpMailbox = (one: Job, other: Job) =>
  other.protocol === 'SMTP' && one.address.toLowerCase() === other.address.toLowerCase()
