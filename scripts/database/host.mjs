// The embedded database: PGlite kept on disk, behind a Unix socket (or loopback where there are none).
// The rule it keeps: it ends when whoever started it ends, so that nobody is left holding the data folder.
import { rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { parseArgs } from 'node:util'
import { PGlite } from '@electric-sql/pglite'
import { PGLiteSocketHandler } from '@electric-sql/pglite-socket'
import { takeTurns } from './turns.mjs'

const { values } = parseArgs({
  options: { folder: { type: 'string' }, socket: { type: 'string' }, 'with-parent': { type: 'boolean' } }
})

/** The simple query `DISCARD ALL`, as it stands on the wire: a letter, the length, the text and a zero. */
const discardAll = Buffer.from('Q\0\0\0\x10DISCARD ALL\0', 'latin1')

/** @param {string | undefined} folder where the data lies; undefined keeps it in memory
 *  @param {string | undefined} socket a Unix socket's path; undefined listens on 127.0.0.1 on a free port */
async function open(folder, socket) {
  const database = await PGlite.create(folder)
  const turns = takeTurns(database)
  let ending = false
  let connections = 0
  const server = createServer(connection => {
    connections++
    connection.on('close', () => {
      // There is one session below all connections: what the last one set must not reach the next.
      if (--connections === 0 && !ending) turns.enqueue(0, discardAll, () => {}).catch(() => {})
    })
    const handler = new PGLiteSocketHandler({ queryQueue: /** @type {never} */ (turns), closeOnDetach: true })
    // A handler whose connection broke says so; the client sees the same, and there is nobody else to tell.
    handler.addEventListener('error', () => {})
    connection.on('error', () => {})
    handler.attach(connection).catch(() => connection.destroy())
  })
  if (socket) rmSync(socket, { force: true })
  await new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(socket ? { path: socket } : { port: 0, host: '127.0.0.1' }, () => resolve(undefined))
  })
  const address = server.address()
  const where = socket ?? (typeof address === 'object' && address ? address.port : undefined)
  process.stdout.write(`${JSON.stringify({ ready: true, where })}\n`)

  const end = async () => {
    if (ending) return
    ending = true
    server.close()
    await database.close()
    process.exit(0)
  }
  process.on('SIGTERM', end)
  // Ctrl-C reaches every process of the terminal; the launcher says when it is this one's turn to stop.
  process.on('SIGINT', () => (values['with-parent'] ? undefined : end()))
  if (values['with-parent']) {
    process.stdin.resume()
    process.stdin.on('end', end)
    process.stdin.on('close', end)
    process.stdin.on('error', end)
  }
}

await open(values.folder, values.socket)
