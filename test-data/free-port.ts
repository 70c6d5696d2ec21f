// A port for a product that is started a moment later, by another process.
// The rule it keeps: it lies below where systems take ports from for connections that go out (32768 on Linux, 49152 on Windows
// and macOS), or one of a thousand such connections may have it by then.
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'

const from = 20_000
const below = 32_000

/** @returns a port of loopback that nobody listens on now */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(from, below)
    const server = createServer().listen(port, '127.0.0.1')
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false
    )
    server.close()
    if (isFree) return port
  }
}
