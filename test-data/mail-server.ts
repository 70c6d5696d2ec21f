// A mail server on loopback that follows a script, with a certificate made for the test.
// The rule it keeps: it records every byte it gets, in the clear and inside of TLS, so that a test can say what never came.
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import tls from 'node:tls'
import { generate } from 'selfsigned'

export type Certificate = { cert: string; private: string }

const day = 24 * 3600 * 1000

/** A self-signed leaf for `localhost`, or for another name, or for another time. */
export async function certificateFor(name = 'localhost', validFrom = -day, validTo = day): Promise<Certificate> {
  return generate([{ name: 'commonName', value: name }], {
    algorithm: 'sha256',
    keyType: 'ec',
    curve: 'P-256',
    notBeforeDate: new Date(Date.now() + validFrom),
    notAfterDate: new Date(Date.now() + validTo),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: name }] }
    ]
  })
}

/** One connection as a script sees it. */
export type Talk = {
  say(...lines: readonly string[]): void
  /** Bytes that are no line. */
  write(text: string): void
  /** The next line; waits for ever when none comes, and throws when the client ends. */
  hear(): Promise<string>
  /** Goes over to TLS; what was said before in the clear is sent before. */
  secure(): Promise<void>
  /** Ends the connection, politely or not. */
  close(how?: 'end' | 'reset'): void
}

export type Script = (talk: Talk) => Promise<void>

export type MailServer = {
  port: number
  /** All bytes of all connections: in the clear, and as they were inside of TLS. */
  received(): { clear: string; inside: string }
  /** Connections that were made, and those that are open now. */
  connections(): { made: number; open: number }
  /** Resolves when no connection is open. */
  quiet(): Promise<void>
  close(): Promise<void>
}

type Setting = { certificate: Certificate; direct: boolean; tls?: tls.TlsOptions }

export async function startMailServer(
  { certificate, direct, tls: more }: Setting,
  script: Script
): Promise<MailServer> {
  const sockets = new Set<Socket>()
  let [clear, inside, made] = ['', '', 0]
  let whenQuiet = () => {}
  const secureContext = tls.createSecureContext({ cert: certificate.cert, key: certificate.private, ...more })

  async function serve(plain: Socket): Promise<void> {
    let socket = plain
    let waiting = ''
    let wake = () => {}
    const listen = (next: Socket, note: (text: string) => void) => {
      socket = next
      next.on('error', () => undefined)
      next.on('data', bytes => {
        note(bytes.toString('latin1'))
        waiting += bytes.toString('latin1')
        wake()
      })
      next.on('close', () => wake())
    }
    const talk: Talk = {
      say: (...lines) => void socket.write(lines.map(line => `${line}\r\n`).join('')),
      write: text => void socket.write(text),
      async hear() {
        while (!waiting.includes('\n')) {
          if (socket.destroyed) throw new Error('The client has gone')
          await new Promise<void>(resolve => {
            wake = resolve
          })
        }
        const end = waiting.indexOf('\n')
        const line = waiting.slice(0, end).replace(/\r$/, '')
        waiting = waiting.slice(end + 1)
        return line
      },
      async secure() {
        plain.removeAllListeners('data')
        const over = new tls.TLSSocket(plain, { isServer: true, secureContext })
        listen(over, text => {
          inside += text
        })
        await Promise.race([once(over, 'secure'), once(plain, 'close').then(() => Promise.reject(new Error('gone')))])
      },
      close: how => void (how === 'reset' ? plain.resetAndDestroy() : socket.end())
    }
    if (direct) await talk.secure()
    else
      listen(plain, text => {
        clear += text
      })
    await script(talk)
  }

  const server = createServer(socket => {
    made += 1
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => {
      sockets.delete(socket)
      if (sockets.size === 0) whenQuiet()
    })
    // A script that the client did not let end is no failure: the test looks at what the client says.
    serve(socket).catch(() => socket.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    received: () => ({ clear, inside }),
    connections: () => ({ made, open: sockets.size }),
    quiet: () =>
      new Promise(resolve => {
        whenQuiet = resolve
        if (sockets.size === 0) resolve()
      }),
    close: () =>
      new Promise(resolve => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      })
  }
}
