// POP: who comes in, in which words everybody else is refused, and that a mailbox is read and left as it was.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Dialogue, dial, grantGate, hiddenGates, invoices, type Kit, openKit, sasl, shutThen } from './testing.ts'

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

async function greet() {
  const dialogue = await dial(kit, 'pop')
  open.push(dialogue)
  expect(await dialogue.hear()).toMatch(/^\+OK The Microsoft Exchange POP3 service is ready\. \[[\w+/=]+\]$/)
  return dialogue
}

async function enter() {
  const dialogue = await greet()
  await dialogue.ask('AUTH XOAUTH2')
  expect(await dialogue.ask(sasl(invoices, await kit.token()))).toBe('+OK User successfully authenticated.')
  return dialogue
}

/** The lines between the first and the lone dot. */
async function listing(dialogue: Dialogue, command: string) {
  dialogue.say(command)
  const lines = await dialogue.hearUntil(/^\.$|^-ERR/)
  expect(lines[0]).toBe('+OK')
  return lines.slice(1, -1)
}

const refused = '-ERR Authentication failure: unknown user name or bad password.'

describe('with every gate open', () => {
  test('Microsoft’s dialogue: AUTH XOAUTH2, a plus, the string, and in', async () => {
    const dialogue = await greet()
    expect(await dialogue.ask('AUTH XOAUTH2')).toBe('+ ')
    expect(await dialogue.ask(sasl(invoices, await kit.token()))).toBe('+OK User successfully authenticated.')
    expect(kit.tenant.control.logins()).toMatchObject([{ protocol: 'pop', mailbox: invoices, outcome: 'accepted' }])
  })

  test('the inbox is counted, listed and read, and stays as it was', async () => {
    const dialogue = await enter()
    const list = await listing(dialogue, 'LIST')
    const bytes = list.reduce((sum, line) => sum + Number(line.split(' ')[1]), 0)
    expect(await dialogue.ask('STAT')).toBe(`+OK 3 ${bytes}`)
    expect(await listing(dialogue, 'UIDL')).toEqual(['1 1', '2 2', '3 3'])
    expect(await dialogue.ask('UIDL 2')).toBe('+OK 2 2')
    expect(await dialogue.ask('LIST 3')).toBe(`+OK ${list[2]}`)
    const message = await listing(dialogue, 'RETR 1')
    expect(message.join('\r\n').length + 2).toBe(Number(list[0]?.split(' ')[1]))
    const header = await listing(dialogue, 'TOP 1 0')
    expect(header.at(-1)).toBe('')
    expect(message.slice(0, header.length)).toEqual(header)
    expect(await listing(dialogue, 'TOP 1 1')).toEqual(message.slice(0, header.length + 1))
    expect(await dialogue.ask('QUIT')).toMatch(/^\+OK/)
    expect(await dialogue.hear()).toBeUndefined()
    expect(kit.tenant.control.mail().changes).toEqual([])
    expect(await (await enter()).ask('STAT')).toBe(`+OK 3 ${bytes}`)
  })

  test('DELE deletes at QUIT and is written down; RSET or a lost connection takes it back', async () => {
    const dialogue = await enter()
    expect(await dialogue.ask('DELE 1')).toBe('+OK')
    expect(await dialogue.ask('STAT')).toMatch(/^\+OK 2 /)
    expect(await dialogue.ask('RETR 1')).toMatch(/^-ERR/)
    expect(await dialogue.ask('RSET')).toBe('+OK')
    expect(await dialogue.ask('DELE 2')).toBe('+OK')
    dialogue.end()
    const again = await enter()
    expect(await again.ask('STAT')).toMatch(/^\+OK 3 /)
    await again.ask('DELE 3')
    await again.ask('QUIT')
    expect(await listing(await enter(), 'UIDL')).toEqual(['1 1', '2 2'])
    expect(kit.tenant.control.mail().changes).toMatchObject([
      { protocol: 'pop', mailbox: invoices, command: 'DELE' },
      { command: 'DELE' },
      { command: 'DELE' }
    ])
  })

  test('a line that begins with a dot travels with two', async () => {
    const { exchange } = kit.tenant.practice.state.tenants[0] ?? {}
    const text = 'Subject: dots\r\n\r\n.\r\n..two\r\nend\r\n'
    if (exchange)
      exchange.inboxes = { [invoices]: { uidNext: 2, messages: [{ uid: 1, receivedAt: '', seen: false, text }] } }
    const dialogue = await enter()
    expect(await listing(dialogue, 'RETR 1')).toEqual(['Subject: dots', '', '..', '...two', 'end'])
  })
})

describe('with one gate shut', () => {
  test.each([...hiddenGates, grantGate])('%s (%s) is refused in the same words', async (gate, _what, shut) => {
    const string = await shutThen(kit, 'pop', shut)
    const dialogue = await greet()
    expect(await dialogue.ask('AUTH XOAUTH2')).toBe('+ ')
    expect(await dialogue.ask(string)).toBe(refused)
    expect(kit.tenant.control.logins()).toMatchObject([{ protocol: 'pop', outcome: 'refused', gate }])
  })

  test('a mailbox whose POP is off is refused in the same words', async () => {
    kit.tenant.control.exchange({ mailbox: { address: invoices, popEnabled: false } })
    const dialogue = await greet()
    await dialogue.ask('AUTH XOAUTH2')
    expect(await dialogue.ask(sasl(invoices, await kit.token()))).toBe(refused)
    expect(kit.tenant.control.logins()).toMatchObject([{ outcome: 'refused', gate: 'protocol' }])
  })

  test('IMAP off, SMTP AUTH off and security defaults keep nobody from POP', async () => {
    kit.tenant.control.exchange({
      mailbox: { address: invoices, imapEnabled: false, smtpClientAuthenticationDisabled: true }
    })
    kit.tenant.control.tenantSettings({ securityDefaults: true })
    await enter()
  })
})

describe('commands', () => {
  test('the string on the line of AUTH is refused, and so is another mechanism', async () => {
    const dialogue = await greet()
    expect(await dialogue.ask(`AUTH XOAUTH2 ${sasl(invoices, await kit.token())}`)).toBe('-ERR Protocol error.')
    expect(await dialogue.ask('AUTH PLAIN')).toBe('-ERR Protocol error.')
    expect(kit.tenant.control.logins()).toMatchObject([{ gate: 'sasl' }, { gate: 'sasl' }])
  })

  test('what is not known is refused, and the inbox is not shown before the login', async () => {
    const dialogue = await greet()
    expect(await dialogue.ask('STAT')).toBe('-ERR Command is not valid in this state.')
    expect(await dialogue.ask('USER a')).toBe('-ERR Protocol error.')
    const inside = await enter()
    for (const text of ['XYZZY', 'AUTH XOAUTH2', 'TOP 1']) expect(await inside.ask(text)).toBe('-ERR Protocol error.')
    for (const text of ['RETR 9', 'LIST 0', 'DELE x'])
      expect(await inside.ask(text)).toBe('-ERR The specified message is out of range.')
  })

  test('CAPA names what there is', async () => {
    expect(await listing(await greet(), 'CAPA')).toEqual(['TOP', 'UIDL', 'SASL XOAUTH2'])
  })
})
