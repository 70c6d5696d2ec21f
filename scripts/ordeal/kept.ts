// Acknowledged is kept: `kill -9` of the server, of its database and of everything while answers are being saved.
// The rule it keeps: a control at the end takes one accepted answer away, and has to be told of it.
import { openServerDatabase } from '../database/server-for-tests.ts'
import { answerUntilGone, askDatabase, type Given, lostOf, openPlaces, type Place } from './answers.ts'
import { type How, type Kind, noTime, type Outcome } from './kind.ts'
import { type Product, startProduct } from './product.ts'

/** On each ground; two thirds of them are its first way, which takes the database along. */
const casesInFull = 150
/** How many are accepted before the kill: another number each time, so that it falls at another moment. */
const acceptedBefore = (index: number) => 1 + ((index * 7) % 23)

/** The way of each case, over and over. */
const turns = [0, 0, 1, 0, 0, 2]

type Ground = {
  name: string
  product: Product
  databaseUrl: string
  ways: readonly { name: string; kill(): Promise<void>; comeBack(): Promise<void> }[]
  close(): Promise<void>
}

async function onEmbedded(): Promise<Ground> {
  const product = await startProduct()
  const comeBack = () => product.restart()
  return {
    name: 'the embedded database',
    product,
    databaseUrl: product.databaseUrl,
    ways: [
      { name: 'the server and its database', kill: () => product.killEverything(), comeBack },
      { name: 'the server', kill: () => product.killServer(), comeBack },
      { name: 'the database', kill: () => product.killDatabase(), comeBack }
    ],
    close: () => product.stop()
  }
}

async function onServer(): Promise<Ground> {
  const server = await openServerDatabase()
  const product = await startProduct({ DATABASE_URL: server.url })
  return {
    name: 'a PostgreSQL server',
    product,
    databaseUrl: server.url,
    ways: [
      // The wizard itself lives on, and has to find its database again by itself.
      { name: 'PostgreSQL', kill: () => server.kill(), comeBack: () => server.start() },
      { name: 'the server', kill: () => product.killServer(), comeBack: () => product.restart() },
      {
        name: 'everything, PostgreSQL too',
        kill: () => Promise.all([product.killEverything(), server.kill()]).then(() => undefined),
        async comeBack() {
          await server.start()
          await product.restart()
        }
      }
    ],
    async close() {
      await product.stop()
      await server.close()
    }
  }
}

export const kept: Kind = {
  name: 'kept',
  proves:
    'Every answer that the browser saw accepted is there after kill -9, on the embedded database and on a server.',
  leastMs: 30_000,
  async run(how) {
    const all: Outcome[] = []
    for (const open of [onEmbedded, onServer]) {
      const ground = await open()
      try {
        all.push(await killOften(ground, how))
      } finally {
        await ground.close()
      }
    }
    return {
      cases: all.reduce((sum, { cases }) => sum + cases, 0),
      failures: all.flatMap(({ failures }) => failures),
      figures: Object.assign({}, ...all.map(({ figures }) => figures))
    }
  }
}

async function killOften(ground: Ground, { sample, leftMs, say }: How): Promise<Outcome> {
  const drawn = sample ?? casesInFull
  const places = await openPlaces(ground.product.url)
  const failures: string[] = []
  let accepted = 0
  let last: readonly Given[] = []
  let cases = 0
  for (; cases < drawn && (cases === 0 || leftMs() > 0); cases++) {
    const way = ground.ways[turns[cases % turns.length] ?? 0] as Ground['ways'][number]
    last = await saveAndKill(places, `c${cases}`, acceptedBefore(cases), way.kill)
    await way.comeBack()
    const lost = await lostIn(ground, last)
    accepted += last.reduce((sum, given) => sum + given.accepted.length, 0)
    failures.push(...lost.map(each => `${ground.name}, ${way.name} killed, case ${cases}: lost ${each}`))
    say(
      `${ground.name}: ${cases + 1} of ${drawn}, ${way.name} killed, ${accepted} accepted, ${failures.length} failures`
    )
  }
  const told = await takeOneAway(ground, last)
  if (!told) failures.push(`${ground.name}: the control took an accepted answer away and nobody noticed`)
  const figures = {
    [`${ground.name}, answers accepted before a kill`]: accepted,
    ...(cases < drawn && { [`${ground.name}, ${noTime}`]: drawn - cases })
  }
  return { cases, failures, figures }
}

/** Answers at every place at once; kills after so many were accepted. */
async function saveAndKill(places: readonly Place[], label: string, after: number, kill: () => Promise<void>) {
  let accepted = 0
  let killing: Promise<void> | undefined
  const onAccepted = () => {
    accepted++
    if (accepted >= after) killing ??= kill()
  }
  const given = await Promise.all(places.map(place => answerUntilGone(place, label, onAccepted)))
  if (!killing) throw new Error(`The wizard was gone after ${accepted} answers, and nobody had killed it`)
  await killing
  return given
}

function lostIn(ground: Ground, given: readonly Given[]): Promise<readonly string[]> {
  return askDatabase(ground.databaseUrl, async client => {
    const lost: string[] = []
    for (const each of given) {
      const found = await each.place.read(client)
      lost.push(...lostOf(each, found).map(mark => `${mark} of ${each.place.name}`))
    }
    return lost
  })
}

/** @returns whether it was noticed */
async function takeOneAway(ground: Ground, given: readonly Given[]): Promise<boolean> {
  const setups = given.find(({ place, accepted }) => place.all && accepted.length > 0)
  const mark = setups?.accepted[0]
  // The last kill may have fallen before a setup was accepted: then the control accepts one of its own.
  const name = mark ?? 'control'
  const place = given.find(each => each.place.all)?.place
  if (!place) return false
  if (!mark) await place.give(name)
  await askDatabase(ground.databaseUrl, client => client.query('DELETE FROM "Setup" WHERE name = $1', [name]))
  const lost = await lostIn(ground, [{ place, accepted: [name], sent: [name] }])
  return lost.length === 1
}
