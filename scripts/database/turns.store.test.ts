// Several connections on the one session that PGlite has: nobody's messages fall between another's, and who goes in the
// middle of something leaves nothing open. Raw protocol where the driver would be too polite.
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openEmbeddedDatabase } from '../../test-data/databases.ts'

let database: { url: string; close(): Promise<void> }
let open: (Client | Socket)[] = []

beforeAll(async () => {
  database = await openEmbeddedDatabase()
})
afterAll(() => database.close())
afterEach(async () => {
  for (const each of open) await (each instanceof Client ? each.end().catch(() => {}) : each.destroy())
  open = []
})

async function client(): Promise<Client> {
  const made = new Client({ connectionString: database.url })
  made.on('error', () => {})
  await made.connect()
  open.push(made)
  return made
}

/** One message of the protocol: a letter, the length and the content. */
function message(letter: string, content: Buffer | string = ''): Buffer {
  const bytes = Buffer.from(content)
  const header = Buffer.alloc(5)
  header.write(letter)
  header.writeInt32BE(bytes.length + 4, 1)
  return Buffer.concat([header, bytes])
}

const parse = (sql: string) => message('P', `\0${sql}\0\0\0`)
const bindExecuteSync = Buffer.concat([message('B', Buffer.alloc(8)), message('E', Buffer.alloc(5)), message('S')])

/** A connection that speaks the protocol by hand; `until` waits for text in what it was answered. */
async function raw() {
  const folder = new URL(database.url).searchParams.get('host')
  const socket = connect(`${folder}/.s.PGSQL.5432`)
  open.push(socket)
  let heard = ''
  socket.on('data', data => {
    heard += data.toString('latin1')
  })
  const until = async (text: string) => {
    while (!heard.includes(text)) await once(socket, 'data')
    const found = heard
    heard = ''
    return found
  }
  const startup = Buffer.from('\0\0\0\0\0\x03\0\0user\0postgres\0database\0postgres\0\0', 'latin1')
  startup.writeInt32BE(startup.length)
  socket.write(startup)
  await until('Z\0\0\0\x05I')
  return { socket, until }
}

describe('the embedded database', () => {
  it('keeps a half-sent exchange apart from another connection’s', async () => {
    const [slow, quick] = [await raw(), await client()]
    slow.socket.write(Buffer.concat([parse('SELECT 42 AS a'), message('H')]))
    await slow.until('1\0\0\0\x04')
    const other = quick.query('SELECT $1::text AS b, 7 AS c', ['x'])
    slow.socket.write(bindExecuteSync)
    expect(await slow.until('Z\0\0\0\x05I')).toContain('42')
    expect((await other).rows).toEqual([{ b: 'x', c: 7 }])
  })

  it('lets others go on while an exchange is half sent, and answers it when it is whole', async () => {
    const [slow, quick] = [await raw(), await client()]
    slow.socket.write(parse('SELECT 42 AS a'))
    expect((await quick.query('SELECT $1::text AS b', ['x'])).rows).toEqual([{ b: 'x' }])
    slow.socket.write(bindExecuteSync)
    expect(await slow.until('Z\0\0\0\x05I')).toContain('42')
  })

  it('gives each of eight connections its own answers, also where messages come in pieces', async () => {
    const clients = await Promise.all(Array.from({ length: 8 }, client))
    const long = 'ä'.repeat(100_000)
    const wrong = await Promise.all(
      clients.flatMap((each, at) =>
        Array.from({ length: 25 }, async (_, turn) => {
          const { rows } = await each.query('SELECT $1::text AS text, $2::int AS at, $3::int AS turn', [long, at, turn])
          return rows[0].text === long && rows[0].at === at && rows[0].turn === turn ? 0 : 1
        })
      )
    )
    expect(wrong.filter(Boolean)).toEqual([])
  })

  it('lets nobody in between inside a transaction', async () => {
    const [writer, reader] = [await client(), await client()]
    await writer.query('CREATE TABLE IF NOT EXISTS counted (n INTEGER)')
    await writer.query('BEGIN')
    await writer.query('INSERT INTO counted VALUES (1)')
    const read = reader.query('SELECT count(*)::int AS n FROM counted')
    await writer.query('INSERT INTO counted VALUES (2)')
    await writer.query('COMMIT')
    expect((await read).rows).toEqual([{ n: 2 }])
    await writer.query('DROP TABLE counted')
  })

  it('takes back the transaction of a connection that broke off, and goes on with the next', async () => {
    const [gone, stays] = [await client(), await client()]
    await stays.query('CREATE TABLE kept (n INTEGER)')
    await gone.query('BEGIN')
    await gone.query('INSERT INTO kept VALUES (1)')
    const waiting = stays.query('SELECT count(*)::int AS n FROM kept')
    gone.connection.stream.destroy()
    expect((await waiting).rows).toEqual([{ n: 0 }])
    await stays.query('DROP TABLE kept')
  })

  it('goes on after a connection that broke off in the middle of a message', async () => {
    const [gone, stays] = [await raw(), await client()]
    gone.socket.write(Buffer.concat([parse('SELECT 1'), message('H'), message('B', Buffer.alloc(8)).subarray(0, 7)]))
    await gone.until('1\0\0\0\x04')
    const waiting = stays.query('SELECT 2 AS two')
    gone.socket.destroy()
    expect((await waiting).rows).toEqual([{ two: 2 }])
  })

  it('answers an error and then the next question', async () => {
    const one = await client()
    await expect(one.query('SELECT $1::int', ['x'])).rejects.toThrow(/invalid input syntax/)
    expect((await one.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  })

  it('hands no setting of one connection on to a later one', async () => {
    const first = await client()
    await first.query(`SET search_path TO 'elsewhere'`)
    await first.end()
    const second = await client()
    expect((await second.query('SHOW search_path')).rows[0].search_path).not.toContain('elsewhere')
  })
})
