// What happens to the wizard while Microsoft holds one of its writes: it is killed, or its database is gone for ten seconds.
import type { PracticeTenant } from '../../../practice-tenant/testing.ts'
import type { ServerDatabase } from '../../database/server-for-tests.ts'
import type { OneInstance } from '../product.ts'

/** Who walks. */
const person = 'ada@contoso.example'

export type Blow = {
  name: string
  /** Before Microsoft has the write, or before the wizard has the answer. */
  holds: 'request' | 'answer'
  strike(at: At): Promise<void>
}

/** `pressing` ends when the person's browser has its answer, or none. `round`: the number of the case. */
type At = { product: OneInstance; practice: PracticeTenant; pressing: Promise<unknown>; round: number }

const goneMs = 10_000
/** How long after an answer the wizard is killed: another time each round, so that it falls at another moment. */
const afterAnswerMs = [0, 2, 5, 10, 20, 40, 80]

const wait = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))

async function killNow({ product, practice, pressing }: At) {
  await product.killServer()
  practice.control.release('drop')
  await pressing
  await product.restart()
}

export const kills: readonly Blow[] = [
  { name: 'kill -9 of the server before Microsoft has the write', holds: 'request', strike: killNow },
  { name: 'kill -9 of the server before the answer', holds: 'answer', strike: killNow },
  {
    name: 'kill -9 of the server after the answer',
    holds: 'answer',
    async strike({ product, practice, pressing, round }) {
      practice.control.release('go')
      await wait(afterAnswerMs[round % afterAnswerMs.length] ?? 0)
      await product.killServer()
      await pressing
      await product.restart()
    }
  }
]

/** The sign-in ends while the write is on its way, or is not strong enough any more. */
const signInEnds = (name: string, end: (at: At) => unknown): Blow => ({
  name,
  holds: 'request',
  async strike(at) {
    await end(at)
    at.practice.control.release('go')
    await at.pressing
  }
})

export const signIns: readonly Blow[] = [
  signInEnds('the sign-in is revoked, on the product', ({ practice }) => practice.control.revoke(person)),
  signInEnds('a challenge that only a new sign-in meets, on the product', ({ practice }) =>
    practice.control.challenge(person, 'c1')
  )
]

/** The database goes, then Microsoft answers, and after ten seconds it is back. */
const gone = (name: string, holds: Blow['holds'], away: (at: At) => unknown, back: (at: At) => unknown): Blow => ({
  name: `${name} gone for ten seconds ${holds === 'request' ? 'before Microsoft has the write' : 'before the answer'}`,
  holds,
  async strike(at) {
    await away(at)
    at.practice.control.release('go')
    await wait(goneMs)
    await back(at)
    await at.pressing
  }
})

/** It is there, and answers nobody. */
const halt = (holds: Blow['holds']) =>
  gone(
    'the embedded database',
    holds,
    ({ product }) => product.haltDatabase(),
    ({ product }) => product.resumeDatabase()
  )

export const halted: readonly Blow[] = [halt('request'), halt('answer')]

/** `kill -9` of a PostgreSQL server, and a start of it on the same data. */
export const stopped = (database: ServerDatabase): readonly Blow[] =>
  (['request', 'answer'] as const).map(holds =>
    gone(
      'a PostgreSQL server',
      holds,
      () => database.kill(),
      () => database.start()
    )
  )
