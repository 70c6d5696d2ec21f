// A conversation in lines, in the clear or over TLS, for POP.
// The rule it keeps: what came in the clear is forgotten when TLS begins, and a line has an end to its length.
import net from 'node:net'
import tls from 'node:tls'
import type { MailHost } from '../../steps/step.ts'
import { answerLength, tlsOptions } from './client.ts'
import { Closed } from './unreachable.ts'

/** A TCP connection that is being made. `socket` is there at once, so that it can be ended before it is open. */
export function openSocket(at: MailHost): { socket: net.Socket; open: Promise<void> } {
  const socket = net.connect({ host: at.host, port: at.port })
  const open = new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('close', () => reject(new Closed('closed while connecting')))
    // Stays: an error after the end is nobody's, and must not be thrown.
    socket.on('error', reject)
  })
  return { socket, open }
}

export class Lines {
  readonly #at: MailHost
  #socket: net.Socket | undefined
  #ended = false
  #heard = Buffer.alloc(0)
  #failure: Error | undefined
  #wake: () => void = () => undefined

  constructor(at: MailHost) {
    this.#at = at
  }

  async open(): Promise<void> {
    const { socket, open } = openSocket(this.#at)
    this.#socket = socket
    await open
    if (this.#at.security === 'TLS') await this.secure()
    else this.#listen(socket)
  }

  /** Goes over to TLS. Whatever stands in the buffer came in the clear and is thrown away. */
  async secure(): Promise<void> {
    const plain = this.#socket
    if (!plain || this.#ended) throw new Closed('ended')
    plain.removeAllListeners('data')
    this.#heard = Buffer.alloc(0)
    const socket = tls.connect({ socket: plain, host: this.#at.host, ...tlsOptions(this.#at) })
    this.#socket = socket
    await new Promise<void>((resolve, reject) => {
      socket.once('secureConnect', resolve)
      socket.once('close', () => reject(new Closed('closed while TLS began')))
      socket.on('error', reject)
    })
    this.#listen(socket)
  }

  #listen(socket: net.Socket): void {
    const fail = (error: Error) => {
      if (socket !== this.#socket) return
      this.#failure ??= error
      this.#wake()
    }
    socket.on('data', (bytes: Buffer) => {
      this.#heard = Buffer.concat([this.#heard, bytes])
      this.#wake()
    })
    socket.once('error', fail)
    socket.once('close', () => fail(new Closed('closed by the server')))
  }

  /** The next line, without its end; undefined when it is longer than any answer is. */
  async hear(): Promise<string | undefined> {
    for (;;) {
      const end = this.#heard.indexOf('\n')
      if (end >= 0 && end <= answerLength) {
        const line = this.#heard.subarray(0, end).toString('utf8').replace(/\r$/, '')
        this.#heard = this.#heard.subarray(end + 1)
        return line
      }
      if (this.#heard.length > answerLength) return undefined
      if (this.#failure) throw this.#failure
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
    }
  }

  async ask(line: string): Promise<string | undefined> {
    this.#socket?.write(`${line}\r\n`)
    return this.hear()
  }

  end(): void {
    this.#ended = true
    this.#socket?.destroy()
    this.#failure ??= new Closed('ended')
    this.#wake()
  }
}
