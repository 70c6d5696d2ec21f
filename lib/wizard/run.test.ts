// The engine on a tenant made for each test: what it sends, how often, and when it looks in between.
import { describe, expect, test } from 'vitest'
import { newMemory, portsOn } from '../../test-data/contract/memory.ts'
import { startClock } from '../../test-data/contract/tenant.ts'
import { Refusal, SignInNeeded, Silence } from '../microsoft/answers.ts'
import type { Landed, Tenant } from '../microsoft/graph.ts'
import type { Change, Standing, Step } from '../steps/step.ts'
import { copyLimitMs, type Ended, type Ports, type RunEvent, requestBudgetMs, walk } from './run.ts'

const landed: Landed = { status: 204, requestId: 'r', body: undefined }
const change = (says: string, more: Partial<Change> = {}): Change => ({
  says,
  method: 'PATCH',
  path: `/applications/${says}`,
  ...more
})
const done: Standing = { kind: 'done', found: {}, facts: [] }
const todo = (first: Change, ...rest: Change[]): Standing => ({ kind: 'todo', changes: [first, ...rest], then: [] })
const refusal = (status: number, code = 'Some', message = 'No') =>
  new Refusal({ status, code, message }, [code, message])

/** A step whose looks and writes are written down; `stands` says how it stands at the nth look. */
function made(
  stands: (look: number, done: string[]) => Standing,
  answers: (says: string, nth: number) => Landed = () => landed
) {
  const log: string[] = []
  const writes: string[] = []
  let looks = 0
  const step: Step = {
    id: 'made',
    title: 'Make it',
    why: '',
    needs: [],
    permissions: ['Any'],
    async check() {
      looks += 1
      log.push('look')
      return stands(looks, writes)
    },
    manual: () => ({ where: '', clicks: [] })
  }
  const clock = startClock()
  const tenant: Tenant = {
    read: async () => undefined,
    list: async () => [],
    async change({ says }) {
      log.push(`send ${says}`)
      const nth = log.filter(line => line === `send ${says}`).length
      const answer = answers(says, nth)
      writes.push(says)
      return answer
    }
  } as Tenant
  const memory = newMemory()
  const seen: Standing[] = []
  const saw = (_: Step, standing: Standing) => void seen.push(standing)
  const wired = { memory, tenant, cloud: {} as never, tenantId: 't', clock, watch: { saw } }
  const ports: Ports = portsOn(wired)
  return { step, log, memory, ports, clock, seen }
}

type Made = ReturnType<typeof made>

async function run({ step, ports, clock }: Made, since = clock.nowMs()): Promise<{ ended: Ended; events: RunEvent[] }> {
  const events: RunEvent[] = []
  const running = walk([step], ports, since)
  for (;;) {
    const { value, done } = await running.next()
    if (done) return { ended: value, events }
    events.push(value)
  }
}

const says = (events: readonly RunEvent[]) => events.map(event => `${event.kind}: ${event.says}`)
/** The first look of a walk is begun beside the walk itself; both are one look at the tenant. */
const afterFirst = (log: readonly string[]) => log.join(', ').replace(/^look, look/, 'look')
const untilDone =
  (...names: string[]) =>
  (_: number, writes: string[]) =>
    names.every(name => writes.includes(name))
      ? done
      : todo(change(names[0] ?? ''), ...names.slice(1).map(name => change(name)))

describe('a walk', () => {
  test('sends nothing to a tenant where all is done', async () => {
    const it = made(() => done)
    expect((await run(it)).ended).toEqual({ kind: 'through' })
    expect(it.log.some(line => line.startsWith('send'))).toBe(false)
  })

  test('looks, sends what is missing, and looks again', async () => {
    const it = made(untilDone('a', 'b'))
    const { ended, events } = await run(it)
    expect(ended).toEqual({ kind: 'through' })
    expect(afterFirst(it.log)).toBe('look, send a, send b, look')
    expect(says(events)).toEqual(['looking: Make it', 'landed: a', 'landed: b'])
  })

  test('sends the changes of one step beside each other', async () => {
    let open = 0
    let most = 0
    const it = made(untilDone('a', 'b', 'c'))
    const { change: sending } = it.ports.tenant
    it.ports.tenant.change = async what => {
      most = Math.max(most, ++open)
      await new Promise(resolve => setImmediate(resolve))
      open -= 1
      return sending(what)
    }
    await run(it)
    expect(most).toBe(3)
  })

  test('stops where a person is needed, and sends nothing', async () => {
    const it = made(() => ({ kind: 'unseen', question: 'Is it?' }))
    expect((await run(it)).ended).toMatchObject({ kind: 'stopped', standing: { kind: 'unseen' } })
    expect(it.log.join()).not.toContain('send')
  })

  test('sends nothing once the lease is somebody else’s', async () => {
    const it = made(untilDone('a'))
    it.ports.stillOurs = async () => false
    expect((await run(it)).ended).toEqual({ kind: 'taken' })
    expect(it.log.join()).not.toContain('send')
  })

  test('that fails in one of several changes ends when none of the others is being sent any more', async () => {
    const it = made(untilDone('a', 'b', 'c'))
    const ended: string[] = []
    it.ports.tenant.change = async ({ says }) => {
      if (says === 'a') throw new SignInNeeded('nobody')
      await new Promise(resolve => setTimeout(resolve, 20))
      if (says === 'b') throw new TypeError('a bug')
      ended.push(says)
      return landed
    }
    it.ports.happened = async (_step, { says }) => void ended.push(`${says} is kept`)
    await expect(run(it)).rejects.toBeInstanceOf(SignInNeeded)
    expect(ended).toEqual(['c', 'c is kept'])
  })

  test('lets a missing sign-in through to whoever can mend it', async () => {
    const it = made(() => {
      throw new SignInNeeded('nobody')
    })
    await expect(run(it)).rejects.toBeInstanceOf(SignInNeeded)
  })

  test('lets a bug through, for no standing would be true', async () => {
    const it = made(() => {
      throw new TypeError('a bug')
    })
    await expect(run(it)).rejects.toBeInstanceOf(TypeError)
  })
})

describe('a write whose answer was lost', () => {
  const losing = (error: Error) => (_: string, nth: number) => {
    if (nth === 1) throw error
    return landed
  }

  test.each([
    ['no answer', new Silence('lost')],
    ['500', refusal(500)],
    ['504', refusal(504)]
  ])('is looked for before anything else: %s', async (_name, error) => {
    // It did happen: only the answer was lost.
    const it = made(look => (look > 2 ? done : todo(change('a'))), losing(error))
    expect((await run(it)).ended).toEqual({ kind: 'through' })
    expect(afterFirst(it.log)).toBe('look, send a, look')
  })

  test('is sent again only after looks that found nothing, and three seconds', async () => {
    const it = made(untilDone('a'), losing(new Silence('lost')))
    const before = it.clock.nowMs()
    expect((await run(it)).ended).toEqual({ kind: 'through' })
    const [, , second] = it.log.join().split('send a')
    expect(second).toBeDefined()
    expect(afterFirst(it.log)).toMatch(/^look, send a, look, look/)
    expect(it.clock.nowMs() - before).toBeGreaterThanOrEqual(3000)
  })

  test('that would make a second application waits a whole minute', async () => {
    const create = change('a', { method: 'POST', path: '/applications' })
    const it = made((_, writes) => (writes.includes('a') ? done : todo(create)), losing(new Silence('lost')))
    const { ended } = await run(it)
    expect(ended).toMatchObject({ kind: 'again' })
    expect(it.log.filter(line => line === 'send a')).toHaveLength(1)
  })
})

describe('a change that landed', () => {
  test('is not sent again while Microsoft copies it', async () => {
    const it = made(look => (look > 7 ? done : todo(change('a'))))
    const { ended, events } = await run(it)
    expect(ended).toEqual({ kind: 'through' })
    expect(it.log.filter(line => line === 'send a')).toHaveLength(1)
    expect(says(events).filter(line => line.startsWith('waiting'))[0]).toBe(
      'waiting: Microsoft is still copying: 0 s of up to 2 min'
    )
  })

  test('is waited for no longer than one request may take; the page goes on by itself', async () => {
    const it = made(() => todo(change('a')))
    const before = it.clock.nowMs()
    expect((await run(it)).ended).toMatchObject({ kind: 'again' })
    expect(it.clock.nowMs() - before).toBeLessThanOrEqual(requestBudgetMs)
  })

  test('is given up in words after two minutes of several requests', async () => {
    const it = made(() => todo(change('a')))
    const { ended } = await run(it, it.clock.nowMs() - copyLimitMs - 1)
    expect(ended).toMatchObject({ kind: 'stopped', standing: { problem: { id: 'replication-not-found' } } })
  })
})

describe('something that is gone', () => {
  const gone: Standing = {
    kind: 'blocked',
    problem: { id: 'gone', title: 'Gone', happened: 'It is gone.', todo: ['Look again.'], mayBeCopying: true }
  }

  test('right after a write is waited for: perhaps only one of Microsoft’s copies lacks it', async () => {
    const it = made(look => (look <= 2 ? todo(change('a')) : look < 6 ? gone : done))
    const { ended, events } = await run(it)
    expect(ended).toEqual({ kind: 'through' })
    expect(says(events)).toContain('waiting: Microsoft is still copying: 0 s of up to 2 min')
    expect(it.log.filter(line => line === 'send a')).toHaveLength(1)
  })

  test('is waited for by the request that goes on, too', async () => {
    const it = made(look => (look < 3 ? gone : done))
    expect((await run(it, it.clock.nowMs() - 1000)).ended).toEqual({ kind: 'through' })
  })

  test('and stays gone is told', async () => {
    const it = made(look => (look <= 2 ? todo(change('a')) : gone))
    expect((await run(it)).ended).toMatchObject({ kind: 'again' })
    expect((await run(it, it.clock.nowMs() - copyLimitMs - 1)).ended).toMatchObject({ kind: 'stopped' })
  })

  test('before anything was written is told at once', async () => {
    const it = made(() => gone)
    expect((await run(it)).ended).toMatchObject({ kind: 'stopped', standing: { problem: { id: 'gone' } } })
  })
})

describe('a refusal', () => {
  const refusing = (error: Error) => (_: string, nth: number) => {
    if (nth === 1) throw error
    return landed
  }

  test('that is only news makes it look again, and send again later', async () => {
    const news = change('a', { lookAgainOn: /NotCopied/ })
    const it = made((_, writes) => (writes.includes('a') ? done : todo(news)), refusing(refusal(400, 'NotCopied')))
    expect((await run(it)).ended).toEqual({ kind: 'through' })
    expect(it.log.filter(line => line === 'send a')).toHaveLength(2)
    expect(afterFirst(it.log)).toMatch(/^look, send a, look/)
  })

  test('that is no news stops the walk, with Microsoft’s reference and what to do', async () => {
    const it = made(untilDone('a'), refusing(refusal(403, 'Authorization_RequestDenied')))
    const { ended } = await run(it)
    expect(ended).toMatchObject({
      kind: 'stopped',
      standing: { kind: 'blocked', problem: { id: 'insufficient-privileges', reference: { status: 403 } } }
    })
    expect(it.seen.at(-1)).toMatchObject({ kind: 'blocked' })
  })

  test('of the upsert itself is noted, and the next look asks in the other way', async () => {
    const upsert = change('a', { noUpsertOn: /not supported/ })
    const it = made(
      (_, writes) => (writes.includes('a') ? done : todo(upsert)),
      refusing(refusal(400, 'x', 'not supported'))
    )
    expect((await run(it)).ended).toEqual({ kind: 'through' })
    expect(it.memory.findsBy).toBe('tag')
  })

  test('of a look reads as blocked', async () => {
    const it = made(() => {
      throw refusal(403, 'Authorization_RequestDenied')
    })
    expect((await run(it)).ended).toMatchObject({ kind: 'stopped', standing: { kind: 'blocked' } })
  })

  test('of a look that never came reads as no answer', async () => {
    const it = made(() => {
      throw new Silence('nothing')
    })
    expect((await run(it)).ended).toMatchObject({ kind: 'stopped', standing: { problem: { id: 'no-answer' } } })
  })
})

describe('a time to wait that Microsoft asks for', () => {
  const throttled = (seconds: number) =>
    new Refusal({ status: 429, code: 'TooManyRequests', message: 'Slow down' }, ['TooManyRequests'], seconds * 1000)
  const once = (seconds: number) => (_: string, nth: number) => {
    if (nth === 1) throw throttled(seconds)
    return landed
  }

  test('is waited for in this request where it has the time, and the write is sent again', async () => {
    const it = made(untilDone('a'), once(7))
    const before = it.clock.nowMs()
    const { ended, events } = await run(it)
    expect(ended).toEqual({ kind: 'through' })
    expect(it.log.filter(line => line === 'send a')).toHaveLength(2)
    expect(says(events)).toContain('waiting: Microsoft asks to wait 7 s')
    expect(it.clock.nowMs() - before).toBeGreaterThanOrEqual(7000)
  })

  test('ends this request where it is longer, and the page is told when to go on', async () => {
    const it = made(untilDone('a'), once(45))
    const before = it.clock.nowMs()
    const { ended, events } = await run(it)
    expect(ended).toMatchObject({ kind: 'again', waitMs: 45_000 })
    expect(it.clock.nowMs() - before).toBeLessThan(requestBudgetMs)
    expect(says(events).at(-1)).toBe('waiting: Microsoft asks to wait 45 s. This page goes on by itself then.')
    await it.clock.sleep(45_000)
    expect((await run(it, before)).ended).toEqual({ kind: 'through' })
    expect(it.log.filter(line => line === 'send a')).toHaveLength(2)
  })

  test('is told with its length where it is beyond all patience', async () => {
    const it = made(untilDone('a'), once(300))
    const { ended } = await run(it)
    expect(ended).toMatchObject({ kind: 'stopped', standing: { kind: 'blocked', problem: { id: 'throttled' } } })
    expect(JSON.stringify(ended)).toContain('Wait 5 minutes')
  })

  const fault = (status: number, seconds: number) =>
    new Refusal({ status, code: 'ServiceUnavailable', message: 'Later' }, ['ServiceUnavailable'], seconds * 1000)
  const faulty = (status: number, seconds: number) => (_: string, nth: number) => {
    if (nth === 1) throw fault(status, seconds)
    return landed
  }
  /** The clock's time at each sending, from the first one. */
  function sendings(it: Made): number[] {
    const times: number[] = []
    const { change: sending } = it.ports.tenant
    it.ports.tenant.change = what => {
      times.push(it.clock.nowMs())
      return sending(what)
    }
    return times
  }

  test.each([
    [503, 10],
    [504, 10],
    [503, 1]
  ])('with a %d after %d s holds for the write too, and is three seconds at least', async (status, seconds) => {
    const it = made(untilDone('a'), faulty(status, seconds))
    const times = sendings(it)
    const { ended, events } = await run(it)
    expect(ended).toEqual({ kind: 'through' })
    expect(says(events)).toContain(`waiting: Microsoft asks to wait ${seconds} s`)
    expect(times).toHaveLength(2)
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(Math.max(3, seconds) * 1000)
  })

  test('with a fault ends this request where it is longer; what did happen is found then, and not sent again', async () => {
    const it = made(look => (look > 2 ? done : todo(change('a'))), faulty(503, 45))
    const { ended } = await run(it)
    expect(ended).toMatchObject({ kind: 'again', waitMs: 45_000 })
    expect((await run(it)).ended).toEqual({ kind: 'through' })
    expect(it.log.filter(line => line === 'send a')).toHaveLength(1)
  })

  test('with a fault in place of a secret leaves it to the person', async () => {
    const reveals = change('secret', {
      method: 'POST',
      revealsOnce: 'secretText',
      body: { passwordCredential: { displayName: 'Mail OAuth Wizard 1' } }
    })
    const it = made(() => todo(reveals), faulty(503, 7))
    expect((await run(it)).ended).toMatchObject({ kind: 'stopped', standing: { problem: { id: 'no-answer' } } })
    expect(it.log.filter(line => line === 'send secret')).toHaveLength(1)
  })

  test('holds for a look as well', async () => {
    const it = made(look => {
      if (look === 1) throw throttled(45)
      return done
    })
    // The look that is begun beside the walk is the first one here.
    expect(
      (
        await run(
          made(() => {
            throw throttled(45)
          })
        )
      ).ended
    ).toMatchObject({ kind: 'again', waitMs: 45_000 })
    expect((await run(it)).ended).toEqual({ kind: 'through' })
  })

  test('does not lose a change that reveals a secret: it was not made', async () => {
    const reveals = change('secret', {
      method: 'POST',
      revealsOnce: 'secretText',
      body: { passwordCredential: { displayName: 'Mail OAuth Wizard 1' } }
    })
    const answer: Landed = { status: 200, requestId: 'r', body: { keyId: 'k', secretText: 'value', endDateTime: '' } }
    const it = made(
      () => todo(reveals),
      (_, nth) => {
        if (nth === 1) throw throttled(7)
        return answer
      }
    )
    expect((await run(it)).ended).toMatchObject({ kind: 'revealed' })
  })
})

describe('a change that reveals a secret', () => {
  const reveals = (id: string) =>
    change('secret', {
      method: 'POST',
      revealsOnce: 'secretText',
      body: { passwordCredential: { displayName: `Mail OAuth Wizard ${id}` } }
    })
  const secret: Landed = { status: 200, requestId: 'r', body: { keyId: 'k', secretText: 'value', endDateTime: '' } }

  test('is noted before it is sent, so that it can be found when its answer is lost', async () => {
    const it = made(
      () => todo(reveals('1')),
      () => {
        expect(it.memory.secrets).toMatchObject([{ name: 'Mail OAuth Wizard 1', keyId: undefined }])
        throw new Silence('lost')
      }
    )
    expect((await run(it)).ended).toMatchObject({ kind: 'stopped', standing: { problem: { id: 'no-answer' } } })
    expect(it.memory.secrets).toHaveLength(1)
  })

  test('is not sent where the lease was lost while it was noted', async () => {
    const it = made(() => todo(reveals('1')))
    let ours = true
    const { attempted } = it.ports
    it.ports.attempted = async (...given) => {
      await attempted(...given)
      ours = false
    }
    it.ports.stillOurs = async () => ours
    expect((await run(it)).ended).toEqual({ kind: 'taken' })
    expect(it.log.join()).not.toContain('send')
  })

  test('is sent once in a walk, whatever becomes of its answer', async () => {
    const it = made(
      () => todo(reveals('1')),
      () => {
        throw new Silence('lost')
      }
    )
    await run(it)
    expect(it.log.filter(line => line === 'send secret')).toHaveLength(1)
  })

  test('ends the walk when it landed, and what it revealed is kept beside its key ID', async () => {
    const it = made(
      () => todo(reveals('1')),
      () => secret
    )
    expect((await run(it)).ended).toMatchObject({ kind: 'revealed' })
    expect(it.memory.secrets).toMatchObject([{ keyId: 'k', stored: false }])
    expect(it.seen.at(-1)).toMatchObject({ kind: 'unseen' })
    expect(JSON.stringify([it.seen, it.memory])).not.toContain('value')
  })

  test('goes alone, after everything else', async () => {
    const it = made(
      (_, writes) => (writes.includes('remove') ? todo(reveals('1')) : todo(change('remove'), reveals('1'))),
      what => (what === 'secret' ? secret : landed)
    )
    await run(it)
    expect(afterFirst(it.log)).toBe('look, send remove, look, send secret')
  })
})
