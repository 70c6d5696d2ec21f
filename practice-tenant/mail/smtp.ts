// SMTP submission as Exchange Online speaks it to apps: STARTTLS, XOAUTH2 on one line or two, then a message.
// The rule it keeps: nothing but hello and STARTTLS before TLS, and no message before a login.

import type { Practice } from '../practice.ts'
import type { Visitor } from './admission.ts'
import type { Talk, Wire } from './line-server.ts'
import { logIn } from './login.ts'
import { maxMessageBytes } from './mailboxes.ts'
import { serverName } from './server-name.ts'
import { greeting, notAuthenticated, refusedLogin, said, unknownMechanism } from './smtp-words.ts'
import { submit } from './submission.ts'

/** Of one message. */
export const maxRecipients = 100
/** Connections of one mailbox that may send at a time.
 *  https://learn.microsoft.com/exchange/troubleshoot/send-emails/smtp-submission-improvements */
export const maxSending = 3

/** One connection. A place among those that may send is taken at the login, and kept until the connection ends. */
type Session = {
  practice: Practice
  wire: Wire
  places: Places
  secure: boolean
  hello: boolean
  visitor: Visitor | undefined
  from: string | undefined
  to: string[]
}

/** By mailbox, who holds one of its places. */
type Places = Map<string, Set<Session>>

function takePlace(session: Session, { tenantId, mailbox }: Visitor): boolean {
  const key = `${tenantId} ${mailbox}`
  const holders = session.places.get(key) ?? new Set()
  session.places.set(key, holders)
  if (holders.size < maxSending) holders.add(session)
  return holders.has(session)
}

function leavePlaces(session: Session): void {
  for (const [key, holders] of session.places) {
    holders.delete(session)
    if (holders.size === 0) session.places.delete(key)
  }
}

function forget(session: Session): void {
  session.from = undefined
  session.to = []
}

/** Only what is supported; Exchange shows BINARYMIME, CHUNKING and SMTPUTF8 as well. */
function helloLines({ secure }: Session): string[] {
  const features = [`SIZE ${maxMessageBytes}`, 'PIPELINING', 'DSN', 'ENHANCEDSTATUSCODES']
  const lines = [`${serverName} Hello [127.0.0.1]`, ...features, secure ? 'AUTH LOGIN XOAUTH2' : 'STARTTLS', '8BITMIME']
  return lines.map((line, at) => `250${at === lines.length - 1 ? ' ' : '-'}${line}`)
}

/** The string of AUTH, from the same line or asked for; undefined for a name and a password, which open nothing. */
async function askForString({ wire }: Session, mechanism: string, initial: string | undefined) {
  if (mechanism === 'XOAUTH2') {
    if (initial === undefined) await wire.send('334 ')
    return initial ?? wire.line()
  }
  if (initial === undefined) {
    await wire.send('334 VXNlcm5hbWU6')
    await wire.line()
  }
  await wire.send('334 UGFzc3dvcmQ6')
  await wire.line()
  return undefined
}

async function authenticate(session: Session, args: string): Promise<string> {
  const [mechanism = '', initial, ...more] = args.split(/ +/)
  const name = mechanism.toUpperCase()
  if (!session.hello) return said.hello
  if (!session.secure || (name !== 'XOAUTH2' && name !== 'LOGIN')) return unknownMechanism()
  if (session.visitor) return said.badSequence
  if (more.length > 0) return said.badArguments
  const admission = await logIn(session.practice, 'smtp', await askForString(session, name, initial))
  if (admission.kind === 'shut') return refusedLogin(admission.gate)
  session.visitor = admission.visitor
  takePlace(session, admission.visitor)
  return said.authenticated
}

/** `FROM:<a@b> SIZE=1` taken apart; parameters of DSN are taken and not acted on. */
function readPath(args: string, word: 'FROM' | 'TO', keys: RegExp): { address: string; size: number } | undefined {
  const [, path, rest = ''] = new RegExp(`^${word}: ?<([^<>\\s]*)>((?: [^ ]+)*)$`, 'i').exec(args) ?? []
  const parameters = rest.split(' ').filter(one => one !== '')
  if (path === undefined || !parameters.every(one => keys.test(one))) return undefined
  const size = parameters.map(one => /^SIZE=(\d+)$/i.exec(one)?.[1]).find(one => one !== undefined)
  return { address: path, size: Number(size ?? 0) }
}

const mailKeys = /^(?:SIZE=\d{1,20}|BODY=(?:7BIT|8BITMIME)|RET=(?:FULL|HDRS)|ENVID=\S+|AUTH=\S+)$/i
const rcptKeys = /^(?:NOTIFY=\S+|ORCPT=\S+)$/i

function mail(session: Session, args: string): string {
  if (!session.visitor) return notAuthenticated()
  if (session.from !== undefined) return said.senderGiven
  const path = readPath(args, 'FROM', mailKeys)
  if (!path) return said.badArguments
  if (path.size > maxMessageBytes) return said.tooBig
  session.from = path.address
  return said.senderOk
}

function rcpt(session: Session, args: string): string {
  if (session.from === undefined) return said.needSender
  const path = readPath(args, 'TO', rcptKeys)
  if (!path || path.address === '') return said.badArguments
  if (session.to.length >= maxRecipients) return said.tooMany
  session.to.push(path.address)
  return said.recipientOk
}

/** Lines up to the lone dot; undefined when they were too many, and were read all the same. */
async function readMessage(wire: Wire): Promise<string | undefined> {
  const lines: string[] = []
  let size = 0
  for (;;) {
    const line = await wire.line()
    if (line === '.') return size > maxMessageBytes ? undefined : lines.map(one => `${one}\r\n`).join('')
    const bare = line.startsWith('.') ? line.slice(1) : line
    size += bare.length + 2
    if (size <= maxMessageBytes) lines.push(bare)
  }
}

async function data(session: Session): Promise<string> {
  const { practice, wire, visitor, from, to } = session
  if (!visitor || from === undefined) return said.needSender
  if (to.length === 0) return said.needRecipient
  await wire.send(said.start)
  const text = await readMessage(wire)
  forget(session)
  if (text === undefined) return said.tooBig
  return submit(practice, visitor, { from, to, text, mayConnect: takePlace(session, visitor) })
}

async function answer(session: Session, command: string, args: string): Promise<readonly string[]> {
  switch (command) {
    case 'EHLO':
    case 'HELO':
      if (args === '') return [said.badArguments]
      forget(session)
      session.hello = true
      return command === 'EHLO' ? helloLines(session) : [`250 ${serverName} Hello [127.0.0.1]`]
    case 'STARTTLS':
      if (session.secure) return [said.badSequence]
      if (args !== '') return [said.badArguments]
      await session.wire.send(said.ready)
      await session.wire.startTls()
      // https://www.rfc-editor.org/rfc/rfc3207#section-4.2: all begins anew.
      session.secure = true
      session.hello = false
      return []
    case 'AUTH':
      return [await authenticate(session, args)]
    case 'MAIL':
      return [session.hello ? mail(session, args) : said.hello]
    case 'RCPT':
      return [rcpt(session, args)]
    case 'DATA':
      return [args === '' ? await data(session) : said.badArguments]
    case 'RSET':
      forget(session)
      return [said.reset]
    case 'NOOP':
      return [said.ok]
    case 'VRFY':
      return [said.cannotVerify]
    default:
      return [said.unknown]
  }
}

export function smtpTalk(practice: Practice): Talk {
  const places: Places = new Map()
  return async wire => {
    const start = { secure: false, hello: false, visitor: undefined, from: undefined, to: [] }
    const session: Session = { practice, wire, places, ...start }
    try {
      await wire.send(greeting())
      for (;;) {
        const [, word = '', args = ''] = /^(\S*) *(.*?) *$/.exec(await wire.line()) ?? []
        if (word.toUpperCase() === 'QUIT') return await wire.send(said.bye)
        const lines = await answer(session, word.toUpperCase(), args)
        if (lines.length > 0) await wire.send(...lines)
      }
    } finally {
      leavePlaces(session)
    }
  }
}
