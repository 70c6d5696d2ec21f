// IMAP as Exchange Online speaks it to apps. The rule it keeps: whatever is wrong with a login, the answer is the same
// one, but for the switch of the mailbox.
// https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth

import type { Practice } from '../practice.ts'
import { type Answer, answerMailbox, badArguments, notConnected, type Session, wrongState } from './imap-mailbox.ts'
import { type Command, readCommand, textOf } from './imap-syntax.ts'
import type { Talk, Wire } from './line-server.ts'
import { logIn } from './login.ts'
import { greetingTag } from './server-name.ts'

/** Of Exchange's own list, what is supported here. */
const capabilities = 'IMAP4 IMAP4rev1 AUTH=XOAUTH2 SASL-IR ID UNSELECT NAMESPACE LITERAL+'

/** `unconnected`: logged in, and no mailbox behind it. */
type Login = { kind: 'out' } | { kind: 'unconnected' } | { kind: 'in'; session: Session }

const mailboxCommands = /^(?:NAMESPACE|LIST|LSUB|STATUS|SELECT|EXAMINE|(?:UID )?(?:FETCH|SEARCH)|CLOSE|UNSELECT|CHECK)$/

const failed: Answer = { done: 'NO AUTHENTICATE failed.' }
const completed: Answer = { done: 'OK AUTHENTICATE completed.' }

async function authenticate(practice: Practice, wire: Wire, { args }: Command): Promise<[Login, Answer]> {
  const [mechanism, initial, ...more] = (args ?? []).map(textOf)
  if (mechanism === undefined || more.length > 0) return [{ kind: 'out' }, badArguments]
  if (mechanism.toUpperCase() !== 'XOAUTH2') {
    await logIn(practice, 'imap', undefined)
    return [{ kind: 'out' }, failed]
  }
  // https://www.rfc-editor.org/rfc/rfc4959 allows the string on the same line; without it an empty challenge asks.
  if (initial === undefined) await wire.send('+ ')
  const admission = await logIn(practice, 'imap', initial ?? (await wire.line()))
  if (admission.kind === 'in')
    return [{ kind: 'in', session: { practice, visitor: admission.visitor, selected: undefined } }, completed]
  return admission.gate === 'protocol' ? [{ kind: 'unconnected' }, completed] : [{ kind: 'out' }, failed]
}

function answer(login: Login, command: Command): Answer {
  const { name, args } = command
  if (args === undefined) return badArguments
  switch (name) {
    case 'CAPABILITY':
      return { lines: [`* CAPABILITY ${capabilities}`], done: 'OK CAPABILITY completed.' }
    case 'ID':
      return { lines: ['* ID ("name" "Microsoft.Exchange.Imap4.Imap4Server")'], done: 'OK ID completed.' }
  }
  if (name === 'NOOP' && login.kind !== 'in') return { done: 'OK NOOP completed.' }
  switch (login.kind) {
    case 'out':
      return mailboxCommands.test(name) ? wrongState : badArguments
    case 'unconnected':
      return notConnected
    case 'in':
      return answerMailbox(login.session, command)
  }
}

export function imapTalk(practice: Practice): Talk {
  return async wire => {
    let login: Login = { kind: 'out' }
    await wire.send(`* OK The Microsoft Exchange IMAP4 service is ready. ${greetingTag}`)
    for (;;) {
      const command = await readCommand(wire)
      if (!command) return wire.send('* BYE The command is too long.')
      let given: Answer
      if (command.name === 'LOGOUT') {
        const bye = '* BYE Microsoft Exchange Server IMAP4 server signing off.'
        return wire.send(bye, `${command.tag} OK LOGOUT completed.`)
      }
      if (command.name === 'AUTHENTICATE' && login.kind === 'out')
        [login, given] = await authenticate(practice, wire, command)
      else given = answer(login, command)
      await wire.send(...(given.lines ?? []), `${command.tag} ${given.done}`)
    }
  }
}
