// Many logins: how many at a time, in which order, and that they end when they are told to. No network, no clock.
import { setImmediate as turn } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LoginResult } from '../../gates/evidence.ts'
import type { Protocol } from '../../steps/step.ts'
import {
  type Job,
  jobsHeldBack,
  loginsAtATime,
  type Means,
  type Proved,
  proveAll,
  smtpLoginsAtATime
} from './prove-all.ts'

const at = { host: 'localhost', port: 1, security: 'TLS' as const }
const job = (address: string, protocol: Protocol = 'IMAP'): Job => ({ address, protocol, at })
const accepted: LoginResult = { kind: 'accepted' }

type Running = { job: string; signal: AbortSignal; finish(result?: LoginResult): void; fail(error: Error): void }

/** Logins that end when the test says so. */
function logins() {
  const running: Running[] = []
  const signals: AbortSignal[] = []
  let [begun, most, mostSmtp] = [0, 0, 0]
  const login: Means['login'] = (protocol, _at, address, _token, { signal }) =>
    new Promise((resolve, reject) => {
      const name = `${protocol} ${address.toLowerCase()}`
      const one: Running = {
        job: name,
        signal,
        finish: (result = accepted) => leave(() => resolve(result)),
        fail: error => leave(() => reject(error))
      }
      const aborted = () => one.fail(new Error('aborted'))
      const leave = (settle: () => void) => {
        signal.removeEventListener('abort', aborted)
        running.splice(running.indexOf(one), 1)
        settle()
      }
      signal.addEventListener('abort', aborted)
      signals.push(signal)
      running.push(one)
      begun += 1
      most = Math.max(most, running.length)
      if (protocol === 'SMTP') mostSmtp = Math.max(mostSmtp, running.filter(other => other.job === name).length)
    })
  return { running, signals, login, token: async () => 'token', counts: () => ({ begun, most, mostSmtp }) }
}

/** Reads all results, while `step` lets logins end. */
async function read(results: AsyncIterable<Proved>, step: () => void): Promise<Proved[]> {
  const all: Proved[] = []
  let reading = true
  const reader = (async () => {
    for await (const proved of results) all.push(proved)
  })().finally(() => {
    reading = false
  })
  while (reading) {
    await turn()
    step()
  }
  await reader
  return all
}

describe('many logins', () => {
  test('give each job one result, within both limits, in whatever order they end', async () => {
    const jobs = fc.array(
      fc.record({
        address: fc.constantFrom('a@x', 'A@x', 'b@x', 'c@x'),
        protocol: fc.constantFrom<Protocol>('IMAP', 'POP', 'SMTP')
      }),
      { maxLength: 60 }
    )
    await fc.assert(
      fc.asyncProperty(jobs, fc.infiniteStream(fc.nat(100)), async (list, order) => {
        const { running, login, token, counts } = logins()
        const results = proveAll(
          list.map(({ address, protocol }) => job(address, protocol)),
          { token, login }
        )
        const all = await read(results, () =>
          running[(order.next().value ?? 0) % Math.max(1, running.length)]?.finish()
        )
        const names = (of: readonly { address: string; protocol: Protocol }[]) =>
          of.map(({ address, protocol }) => `${protocol} ${address}`).sort()
        expect(names(all)).toEqual(names(list))
        expect(counts().most).toBeLessThanOrEqual(loginsAtATime)
        expect(counts().mostSmtp).toBeLessThanOrEqual(smtpLoginsAtATime)
      }),
      { numRuns: 60 }
    )
  })

  test('run as many at a time as they may', async () => {
    const { running, login, token, counts } = logins()
    await read(
      proveAll(
        Array.from({ length: 30 }, (_, n) => job(`${n}@x`)),
        { token, login }
      ),
      () => running[0]?.finish()
    )
    expect(counts().most).toBe(loginsAtATime)
  })

  test('come as they end, not as they began', async () => {
    const { running, login, token } = logins()
    const results = proveAll([job('slow@x'), job('fast@x')], { token, login })
    const first = results.next()
    await turn()
    running.find(one => one.job === 'IMAP fast@x')?.finish()
    expect((await first).value).toEqual({ address: 'fast@x', protocol: 'IMAP', result: accepted })
    await results.return()
  })

  test('let others go ahead of a mailbox that is busy with SMTP', async () => {
    const { running, login, token } = logins()
    const results = proveAll([job('a@x', 'SMTP'), job('A@x', 'SMTP'), job('b@x', 'SMTP'), job('a@x')], { token, login })
    void results.next()
    await turn()
    expect(running.map(one => one.job)).toEqual(['SMTP a@x', 'SMTP b@x', 'IMAP a@x'])
    running[0]?.finish()
    await turn()
    void results.next()
    await turn()
    expect(running.map(one => one.job)).toEqual(['SMTP b@x', 'IMAP a@x', 'SMTP a@x'])
    void results.return()
    for (const one of [...running]) one.finish()
  })

  test('take jobs from their source one by one: ten thousand are never in memory', async () => {
    let made = 0
    let mostAhead = 0
    let done = 0
    function* many() {
      for (let n = 0; n < 10_000; n += 1) {
        made += 1
        mostAhead = Math.max(mostAhead, made - done)
        yield job(`${n}@x`)
      }
    }
    const login = async () => accepted
    for await (const _ of proveAll(many(), { token: async () => 'token', login })) done += 1
    expect(done).toBe(10_000)
    expect(mostAhead).toBeLessThanOrEqual(loginsAtATime)
  })

  test('hold back no more than so many jobs of one busy mailbox', async () => {
    let made = 0
    function* same() {
      for (;;) {
        made += 1
        yield job('a@x', 'SMTP')
      }
    }
    const { running, login, token } = logins()
    const results = proveAll(same(), { token, login })
    void results.next()
    await turn()
    expect(made).toBe(1 + jobsHeldBack)
    void results.return()
    running[0]?.finish()
  })

  test('stop at once: running ones are aborted, none is begun, nothing more comes, and the source is closed', async () => {
    const stop = new AbortController()
    let closed = false
    function* endless() {
      try {
        for (let n = 0; ; n += 1) yield job(`${n}@x`)
      } finally {
        closed = true
      }
    }
    const { running, login, token, counts } = logins()
    const results = proveAll(endless(), { token, login, signal: stop.signal })
    const first = results.next()
    await turn()
    const signals = running.map(one => one.signal)
    stop.abort()
    expect(await first).toEqual({ done: true, value: undefined })
    expect(signals).toHaveLength(loginsAtATime)
    expect(signals.every(signal => signal.aborted)).toBe(true)
    expect(counts().begun).toBe(loginsAtATime)
    expect(closed).toBe(true)
    await turn()
    expect(counts().begun).toBe(loginsAtATime)
  })

  test('begin nothing when they were stopped before', async () => {
    const { login, token, counts } = logins()
    for await (const proved of proveAll([job('a@x')], { token, login, signal: AbortSignal.abort() }))
      expect(proved).toBe('')
    expect(counts().begun).toBe(0)
  })

  test('begin no login when they are stopped while the token is fetched', async () => {
    const stop = new AbortController()
    const { login, counts } = logins()
    let give = (_token: string) => {}
    const token = () => new Promise<string>(resolve => (give = resolve))
    const results = proveAll([job('a@x')], { token, login, signal: stop.signal })
    const first = results.next()
    await turn()
    stop.abort()
    give('token')
    expect((await first).done).toBe(true)
    await turn()
    expect(counts().begun).toBe(0)
  })

  test('abort what runs when the reader stops reading', async () => {
    const { running, login, token } = logins()
    const results = proveAll([job('a@x'), job('b@x'), job('c@x')], { token, login })
    const first = results.next()
    await turn()
    running[0]?.finish()
    await first
    const signals = running.map(one => one.signal)
    await results.return()
    expect(signals).toHaveLength(2)
    expect(signals.every(signal => signal.aborted)).toBe(true)
  })

  test.each(['token', 'login'] as const)('pass on what %s threw, and abort the others', async what => {
    const { running, signals, login, token } = logins()
    let asked = 0
    const failing = async () => {
      asked += 1
      if (what !== 'token' || asked !== 2) return token()
      // Late enough for the first login to have begun.
      await turn()
      throw new Error('no token')
    }
    const results = proveAll([job('a@x'), job('b@x')], { token: failing, login })
    const first = results.next()
    const caught = first.catch((error: Error) => error.message)
    await turn()
    if (what === 'login') running[1]?.fail(new Error('a bug'))
    expect(await caught).toBe(what === 'token' ? 'no token' : 'a bug')
    expect(signals[0]?.aborted).toBe(true)
  })
})
