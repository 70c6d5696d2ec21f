// The mail servers as servers: TLS, ports over a restart, an end for every connection, limits, and what they keep.

import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startPracticeTenant } from '../testing.ts'
import { maxLineBytes } from './line-server.ts'
import { type Dialogue, dial, invoices, type Kit, openKit, sasl } from './testing.ts'

const protocols = ['imap', 'pop', 'smtp'] as const
type Cloud = Record<(typeof protocols)[number], { port: number }>

describe('a running practice tenant', () => {
  let kit: Kit
  const open: Dialogue[] = []
  beforeAll(async () => {
    kit = await openKit()
  })
  afterAll(() => kit.tenant.stop())
  beforeEach(() => kit.finish())
  afterEach(() => {
    for (const dialogue of open.splice(0)) dialogue.end()
  })

  const oldTls = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const

  test.each(['imap', 'pop'] as const)('%s refuses TLS 1.1', async protocol => {
    await expect(dial(kit, protocol, oldTls)).rejects.toMatchObject({
      code: expect.stringContaining('PROTOCOL_VERSION')
    })
  })

  test('smtp refuses TLS 1.1', async () => {
    const dialogue = await dial(kit, 'smtp')
    open.push(dialogue)
    await dialogue.hear()
    await dialogue.ask('STARTTLS')
    const code = expect.stringContaining('PROTOCOL_VERSION')
    await expect(dialogue.secure(oldTls)).rejects.toMatchObject({ code })
  })

  test.each(protocols)('%s ends a connection whose line does not end', async protocol => {
    const dialogue = await dial(kit, protocol)
    open.push(dialogue)
    await dialogue.hear()
    dialogue.say('x'.repeat(maxLineBytes + 1))
    expect(await dialogue.hear()).toBeUndefined()
  })

  test('a token is in no journal, no state and no file, whether it was accepted or not', async () => {
    const token = await kit.token()
    const other = `${token.slice(0, -5)}AAAAA`
    for (const one of [token, other]) {
      const imap = await dial(kit, 'imap')
      const pop = await dial(kit, 'pop')
      open.push(imap, pop)
      await imap.hear()
      await imap.ask(`a AUTHENTICATE XOAUTH2 ${sasl(invoices, one)}`)
      await pop.hear()
      await pop.ask('AUTH XOAUTH2')
      await pop.ask(sasl(invoices, one))
    }
    expect(kit.tenant.control.logins()).toHaveLength(4)
    const kept = JSON.stringify([kit.tenant.practice.state, kit.tenant.control.mail(), kit.tenant.control.requests()])
    expect(kept).not.toContain(token.slice(0, -5))
    expect(kept).not.toContain(sasl(invoices, token).slice(0, 80))
  })

  test('a whole reset empties the journal and the inboxes', async () => {
    const dialogue = await dial(kit, 'imap')
    open.push(dialogue)
    await dialogue.hear()
    await dialogue.ask(`a AUTHENTICATE XOAUTH2 ${sasl(invoices, await kit.token())}`)
    dialogue.say('b SELECT INBOX\r\nc FETCH 1 BODY[]')
    await dialogue.hearUntil(/^c /)
    expect(kit.tenant.control.mail()).toMatchObject({ logins: [{}], changes: [{}] })
    kit.finish()
    expect(kit.tenant.control.mail()).toEqual({ logins: [], submissions: [], changes: [] })
    expect(kit.tenant.control.tenant().exchange?.inboxes).toBeUndefined()
  })

  test('the control API breaks one thing, tells the logins, and refuses a misspelt member', async () => {
    const call = async (method: string, name: string, body?: unknown) => {
      const init = { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
      const response = await fetch(`${kit.tenant.http}/practice/${name}`, init)
      return { status: response.status, body: (await response.json()) as { result: unknown } }
    }
    const before = kit.tenant.control.tenant().exchange
    await call('POST', 'exchange', { mailbox: { address: invoices, popEnabled: false } })
    const after = structuredClone(before)
    Object.assign(after?.recipients[invoices] ?? {}, { popEnabled: false })
    expect(kit.tenant.control.tenant().exchange).toEqual(after)
    expect((await call('POST', 'exchange', { mailbox: { address: invoices, pop: false } })).status).toBe(400)
    expect((await call('POST', 'exchange', { mailbox: { address: 'nobody@contoso.example' } })).status).toBe(400)
    await call('POST', 'settings', { securityDefaults: true })
    expect(kit.tenant.control.tenant().securityDefaults).toBe(true)
    const dialogue = await dial(kit, 'pop')
    open.push(dialogue)
    await dialogue.hear()
    await dialogue.ask('AUTH XOAUTH2')
    await dialogue.ask(sasl(invoices, await kit.token()))
    expect((await call('GET', 'mail')).body.result).toMatchObject({ logins: [{ gate: 'protocol', protocol: 'pop' }] })
    await call('DELETE', 'mail')
    expect((await call('GET', 'mail')).body.result).toMatchObject({ logins: [] })
  })
})

describe('over a restart', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'practice-mail-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  const cloud = async () => JSON.parse(await readFile(path.join(folder, 'cloud.json'), 'utf8')) as Cloud
  const ports = async () =>
    JSON.parse(await readFile(path.join(folder, 'ports.json'), 'utf8')) as Record<string, number>

  test('the ports stay, and so does what was delivered', async () => {
    const first = await openKit(folder)
    const before = first.ports
    const { exchange } = first.tenant.practice.state.tenants[0] ?? {}
    const message = { uid: 1, receivedAt: '2026-08-20T10:00:00.000Z', seen: true, text: 'Subject: kept\r\n\r\n' }
    if (exchange) exchange.inboxes = { [invoices]: { uidNext: 2, messages: [message] } }
    const dialogue = await dial(first, 'imap')
    await dialogue.hear()
    await first.tenant.stop()
    expect(await dialogue.hear()).toBeUndefined()

    const second = await startPracticeTenant({ data: folder })
    expect(second.practice.addresses.mailPorts).toEqual(before)
    expect(second.control.tenant().exchange?.inboxes?.[invoices]?.messages).toEqual([message])
    await second.stop()
  })

  test('a port that was taken meanwhile is another one, and the files say so', async () => {
    const first = await startPracticeTenant({ data: folder })
    const before = first.practice.addresses.mailPorts
    await first.stop()
    const other = createServer()
    await new Promise<void>(done => other.listen(before.pop, '127.0.0.1', done))
    const second = await startPracticeTenant({ data: folder })
    const now = second.practice.addresses.mailPorts
    expect({ ...now, pop: before.pop }).toEqual(before)
    expect(now.pop).not.toBe(before.pop)
    expect(await ports()).toMatchObject(now)
    const written = await cloud()
    expect(protocols.map(protocol => written[protocol].port)).toEqual(protocols.map(protocol => now[protocol]))
    await second.stop()
    await new Promise(done => other.close(done))
  })

  test('stopping waits for nobody: no connection keeps it up', async () => {
    const kit = await openKit(folder)
    const dialogues = await Promise.all(protocols.map(protocol => dial(kit, protocol)))
    await Promise.all(dialogues.map(dialogue => dialogue.hear()))
    await kit.tenant.stop()
    expect(await Promise.all(dialogues.map(dialogue => dialogue.hear()))).toEqual([undefined, undefined, undefined])
    for (const protocol of protocols) await expect(dial(kit, protocol)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })
})
