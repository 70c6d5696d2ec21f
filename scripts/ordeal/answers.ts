// Answers that are given one after the other until the wizard is gone, and what of them is kept.
// The rule it keeps: an answer counts as accepted when the browser saw its redirect, and each is told from every other.
import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import type { Answer } from './visitor.ts'
import { Visitor } from './visitor.ts'

/** A place where answers are given again and again. `all`: each adds to those before; otherwise the last one counts. */
export type Place = {
  name: string
  all: boolean
  give(mark: string): Promise<Answer>
  /** The marks that the database holds. */
  read(client: Client): Promise<readonly string[]>
}

export type Given = { place: Place; accepted: readonly string[]; sent: readonly string[] }

/** Signs in and walks a setup by hand until there are three places to answer at. */
export async function openPlaces(home: string): Promise<readonly Place[]> {
  const visitor = new Visitor(home)
  await visitor.signIn('Ada Lindqvist')
  const blank = await visitor.open('/setups/new')
  const begun = await visitor.press(blank, 'Continue', { name: 'Answers' })
  const setup = new URL(begun.url).pathname.split('/').slice(0, 3).join('/')
  const setupId = setup.split('/')[2] ?? ''
  await visitor.press(begun, 'Look up the tenant', { tenant: 'contoso.example' })
  const register = await visitor.open(`${setup}/register-the-application`)
  await visitor.press(register, 'Check these IDs', { appId: randomUUID(), enterpriseObjectId: randomUUID() })
  const exchange = await visitor.open(`${setup}/register-in-exchange`)
  const sayRunner = visitor.formOn(exchange, 'Put it into the scripts')
  await visitor.press(exchange, 'Yes, it is done')
  // A list takes the place of the one that its page showed, so the page is opened each time.
  const sayMailboxes = async (values: Readonly<Record<string, string>>) =>
    visitor.formOn(await visitor.open(`${setup}/open-the-mailboxes`), 'Save the mailboxes')(values)
  const sayName = visitor.formOn(blank, 'Continue')
  const marks = async (client: Client, sql: string, values: readonly string[] = []) =>
    (await client.query<{ mark: string }>(sql, [...values])).rows.map(({ mark }) => mark)
  return [
    {
      name: 'a new setup',
      all: true,
      give: mark => sayName({ name: mark }),
      read: client => marks(client, `SELECT name AS mark FROM "Setup"`)
    },
    {
      name: 'who runs the scripts',
      all: false,
      give: mark => sayRunner({ admin: `${mark}@contoso.example` }),
      read: client =>
        marks(
          client,
          `SELECT split_part(value->>'admin', '@', 1) AS mark FROM "Answer" WHERE "setupId" = $1 AND value->>'admin' IS NOT NULL`,
          [setupId]
        )
    },
    {
      name: 'the mailboxes',
      all: false,
      give: mark => sayMailboxes({ mailboxes: `${mark}@contoso.example\n${mark}-two@contoso.example` }),
      read: client =>
        marks(
          client,
          `SELECT split_part(address, '@', 1) AS mark FROM "Mailbox" WHERE "setupId" = $1 AND position = 0`,
          [setupId]
        )
    }
  ]
}

/** Answers at one place until the wizard is gone. */
export async function answerUntilGone(place: Place, label: string, onAccepted: () => void): Promise<Given> {
  const accepted: string[] = []
  const sent: string[] = []
  for (let count = 0; ; count++) {
    const mark = `${label}-${count}`
    sent.push(mark)
    const answer = await place.give(mark).catch(() => undefined)
    // A server that is being ended may still say that it cannot.
    if (!answer || answer.status >= 500) return { place, accepted, sent }
    if (answer.status !== 303) throw new Error(`${place.name}: ${answer.status} instead of a redirect, for ${mark}`)
    accepted.push(mark)
    onAccepted()
  }
}

/** What was accepted and is not there. Where the last one counts, it is that one, or one that was sent after it. */
export function lostOf({ place, accepted, sent }: Given, found: readonly string[]): readonly string[] {
  if (place.all) return accepted.filter(mark => !found.includes(mark))
  const last = accepted.at(-1)
  if (last === undefined) return []
  const right = sent.slice(sent.indexOf(last))
  return found.some(mark => right.includes(mark)) ? [] : [last]
}

export async function askDatabase<T>(databaseUrl: string, ask: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    return await ask(client)
  } finally {
    await client.end()
  }
}
