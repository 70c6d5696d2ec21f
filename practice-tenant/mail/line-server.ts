// A server that talks in lines, over TLS from the start or after STARTTLS: reading, limits, and an end for everybody.
// The rule it keeps: what came before TLS is not read after it, and no connection outlives the server.

import { createServer as createPlain, type Server, type Socket } from 'node:net'
import { createSecureContext, createServer as createTls, TLSSocket } from 'node:tls'

export const limits = {
  /** Connections of one server at a time; more are dropped. */
  maxConnections: 200,
  /** How long a connection may be silent. */
  idleMs: 5 * 60_000
}
/** Without the line's end. https://www.rfc-editor.org/rfc/rfc4954#section-4 asks for this much with AUTH. */
export const maxLineBytes = 12_288

export type Certificate = { certificate: string; key: string }

/** The other side of one connection. Text is latin1 throughout: a byte is a character. */
export type Wire = {
  /** The next line without its CRLF. Throws `Gone` or `LineTooLong`, which end the talk. */
  line(): Promise<string>
  /** So many bytes, whatever they are. */
  bytes(count: number): Promise<string>
  /** Sends lines, a CRLF after each. */
  send(...lines: readonly string[]): Promise<void>
  /** Goes over to TLS; what was sent in the clear after the command that asked for it is thrown away. */
  startTls(): Promise<void>
}

/** One whole conversation; the connection ends when it returns. */
export type Talk = (wire: Wire) => Promise<void>

export type LineServer = {
  server: Server
  /** Stops listening and ends every connection. */
  close(): Promise<void>
}

/** The other side left, or was silent for too long. */
export class Gone extends Error {}
export class LineTooLong extends Error {}

/** Waits for the first of these events. */
function oneOf(socket: Socket, events: readonly ('readable' | 'drain' | 'end' | 'close')[]): Promise<void> {
  return new Promise(resolve => {
    const wake = () => {
      for (const event of events) socket.off(event, wake)
      resolve()
    }
    for (const event of events) socket.on(event, wake)
  })
}

function takeCare(socket: Socket, idleMs: number): void {
  // Whoever reads or writes next learns of it: the socket is destroyed then.
  socket.on('error', () => undefined)
  socket.setTimeout(idleMs, () => socket.destroy())
}

function open(first: Socket, idleMs: number, upgrade: (plain: Socket) => TLSSocket) {
  let socket = first
  let pending = Buffer.alloc(0)
  takeCare(socket, idleMs)

  async function more(): Promise<void> {
    for (;;) {
      const chunk = socket.read() as Buffer | null
      if (chunk !== null) {
        pending = Buffer.concat([pending, chunk])
        return
      }
      if (socket.destroyed || socket.readableEnded) throw new Gone()
      await oneOf(socket, ['readable', 'end', 'close'])
    }
  }
  function take(count: number, leaveOut = 0): string {
    const text = pending.subarray(0, count).toString('latin1')
    pending = pending.subarray(count + leaveOut)
    return text
  }

  const wire: Wire = {
    async line() {
      for (;;) {
        const end = pending.indexOf('\r\n')
        if (end > maxLineBytes || (end === -1 && pending.length > maxLineBytes + 1)) throw new LineTooLong()
        if (end !== -1) return take(end, 2)
        await more()
      }
    },
    async bytes(count) {
      while (pending.length < count) await more()
      return take(count)
    },
    async send(...lines) {
      if (socket.destroyed) throw new Gone()
      const goesOn = socket.write(lines.map(line => `${line}\r\n`).join(''), 'latin1')
      if (goesOn) return
      while (socket.writableNeedDrain) {
        if (socket.destroyed) throw new Gone()
        await oneOf(socket, ['drain', 'close'])
      }
    },
    async startTls() {
      pending = Buffer.alloc(0)
      socket.setTimeout(0)
      const secure = upgrade(socket)
      takeCare(secure, idleMs)
      socket = secure
      await new Promise<void>((resolve, reject) => {
        secure.once('secure', () => resolve())
        secure.once('close', () => reject(new Gone()))
      })
    }
  }
  return { wire, end: () => socket.end(() => socket.destroy()) }
}

/** @param how 'tls' speaks TLS from the first byte, 'starttls' when the talk asks for it */
export function createLineServer(
  how: 'tls' | 'starttls',
  { certificate, key }: Certificate,
  talk: Talk,
  { maxConnections, idleMs } = limits
): LineServer {
  const options = { cert: certificate, key, minVersion: 'TLSv1.2' } as const
  const secureContext = createSecureContext(options)
  const upgrade = (plain: Socket) => new TLSSocket(plain, { isServer: true, secureContext })
  const converse = async (socket: Socket) => {
    const { wire, end } = open(socket, idleMs, upgrade)
    try {
      await talk(wire)
    } catch (error) {
      // Anything else is a bug of the practice tenant: said on its own stderr, with the stack and nothing that was sent.
      if (!(error instanceof Gone || error instanceof LineTooLong)) console.error(error)
    }
    end()
  }
  const server = how === 'tls' ? createTls(options, converse) : createPlain(converse)
  const sockets = new Set<Socket>()
  server.maxConnections = maxConnections
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  return {
    server,
    close: () =>
      new Promise(done => {
        server.close(() => done())
        for (const socket of sockets) socket.destroy()
      })
  }
}
