// How a mail server of each protocol talks, with the few places where tests want another answer.
// The words are Exchange Online's, as far as Microsoft documents them:
// https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth
import type { MailHost, Protocol } from '../lib/steps/step.ts'
import type { Script, Talk } from './mail-server.ts'

/** Where the server departs from saying yes to everything. Lines come without IMAP's tags. */
export type Mood = {
  /** In place of yes to the login. */
  refusal?: string
  /** Sent first, as a challenge: what JSON it holds does not matter. */
  challenge?: string
  /** In place of yes to the inbox, once the login was accepted. */
  inboxRefusal?: string
  /** What happens when the token has come, in place of any answer. */
  onToken?(talk: Talk): void
  /** Said in one breath with yes to STARTTLS. */
  injected?: readonly string[]
  /** The server offers no STARTTLS, and refuses it. */
  stripped?: boolean
  /** The server offers no login with a token. */
  noXoauth2?: boolean
  /** In place of the greeting. */
  greeting?: string
  /** IMAP: more capabilities. */
  capabilities?: string
  /** IMAP: ID is offered to those who have logged in only. */
  idAfterLogin?: boolean
  /** SMTP: in place of yes to the message. */
  messageRefusal?: string
  /** SMTP: what happens when the message has come, in place of any answer. */
  onMessage?(talk: Talk): void
}

export type Dialect = {
  protocol: Protocol
  refusal: string
  script(security: MailHost['security'], mood?: Mood): Script
}

export const imap: Dialect = {
  protocol: 'IMAP',
  refusal: 'NO AUTHENTICATE failed.',
  script:
    (security, mood = {}) =>
    talk =>
      speakImap(talk, security, mood)
}

async function speakImap(talk: Talk, security: MailHost['security'], mood: Mood): Promise<void> {
  const auth = mood.noXoauth2 ? 'AUTH=PLAIN' : 'AUTH=PLAIN AUTH=XOAUTH2 SASL-IR'
  let open = security === 'STARTTLS'
  let id = mood.idAfterLogin ? '' : 'ID'
  talk.say(mood.greeting ?? '* OK The Microsoft Exchange IMAP4 service is ready.')
  for (;;) {
    const line = await talk.hear()
    const [tag, command = '', ...rest] = line.split(' ')
    switch (command.toUpperCase()) {
      case 'CAPABILITY':
        talk.say(
          `* CAPABILITY IMAP4rev1 ${open ? (mood.stripped ? '' : 'STARTTLS LOGINDISABLED') : `${auth} ${id} NAMESPACE`} ${mood.capabilities ?? ''}`.trim(),
          `${tag} OK CAPABILITY completed.`
        )
        break
      case 'STARTTLS':
        if (mood.stripped) {
          talk.say(`${tag} BAD Command not recognized.`)
          break
        }
        talk.say(`${tag} OK Begin TLS negotiation now.`, ...(mood.injected ?? []))
        await talk.secure()
        open = false
        break
      case 'AUTHENTICATE':
        if (mood.onToken) {
          mood.onToken(talk)
          break
        }
        if (mood.challenge) {
          talk.say(`+ ${mood.challenge}`)
          if ((await talk.hear()) !== '') throw new Error('An empty line was expected')
        }
        talk.say(`${tag} ${mood.refusal ?? 'OK AUTHENTICATE completed.'}`)
        id = 'ID'
        break
      case 'ID':
        talk.say('* ID ("name" "Microsoft.Exchange.Imap4.Imap4Server")', `${tag} OK ID completed`)
        break
      case 'LIST':
        talk.say('* LIST (\\HasNoChildren) "/" INBOX', `${tag} OK LIST completed.`)
        break
      case 'NAMESPACE':
        if (mood.inboxRefusal) talk.say(`${tag} ${mood.inboxRefusal}`)
        else talk.say('* NAMESPACE (("" "/")) NIL NIL', `${tag} OK NAMESPACE completed.`)
        break
      case 'EXAMINE':
        talk.say('* 42 EXISTS', '* OK [UIDVALIDITY 14]', `${tag} OK [READ-ONLY] EXAMINE completed.`)
        break
      case 'STATUS':
        if (!rest.join(' ').includes('SIZE')) throw new Error(`Not to be asked: ${line}`)
        talk.say('* STATUS INBOX (SIZE 123456)', `${tag} OK STATUS completed.`)
        break
      case 'LSUB':
        talk.say(`${tag} OK LSUB completed.`)
        break
      case 'LOGOUT':
        talk.say('* BYE Microsoft Exchange Server IMAP4 server signing off.', `${tag} OK LOGOUT completed.`)
        talk.close()
        return
      default:
        throw new Error(`Not to be asked: ${line}`)
    }
  }
}

export const pop: Dialect = {
  protocol: 'POP',
  refusal: '-ERR Authentication failure: unknown user name or bad password.',
  script:
    (security, mood = {}) =>
    talk =>
      speakPop(talk, security, mood)
}

async function speakPop(talk: Talk, security: MailHost['security'], mood: Mood): Promise<void> {
  talk.say(mood.greeting ?? '+OK The Microsoft Exchange POP3 service is ready.')
  if (security === 'STARTTLS') {
    if ((await talk.hear()) !== 'STLS') throw new Error('STLS was expected')
    if (mood.stripped) talk.say('-ERR Protocol error. 14')
    else {
      talk.say('+OK Begin TLS', ...(mood.injected ?? []))
      await talk.secure()
    }
  }
  for (;;) {
    const line = await talk.hear()
    switch (line) {
      case 'AUTH XOAUTH2':
        if (mood.noXoauth2) {
          talk.say('-ERR Protocol error. Connection is closed. 10')
          break
        }
        talk.say('+ ')
        await talk.hear()
        if (mood.onToken) {
          mood.onToken(talk)
          break
        }
        if (mood.challenge) {
          talk.say(`+ ${mood.challenge}`)
          if ((await talk.hear()) !== '') throw new Error('An empty line was expected')
        }
        talk.say(mood.refusal ?? '+OK User successfully authenticated.')
        break
      case 'STAT':
        talk.say(mood.inboxRefusal ?? '+OK 42 123456')
        break
      case 'QUIT':
        talk.say('+OK Microsoft Exchange Server POP3 server signing off.')
        talk.close()
        return
      default:
        throw new Error(`Not to be asked: ${line}`)
    }
  }
}

export const smtp: Dialect = {
  protocol: 'SMTP',
  refusal:
    '535 5.7.3 Authentication unsuccessful [AM0PR01CA0001.eurprd01.prod.exchangelabs.com 2026-08-20T10:00:00.000Z]',
  script:
    (security, mood = {}) =>
    talk =>
      speakSmtp(talk, security, mood)
}

async function speakSmtp(talk: Talk, security: MailHost['security'], mood: Mood): Promise<void> {
  let open = security === 'STARTTLS'
  talk.say(mood.greeting ?? '220 AM0PR01CA0001.outlook.office365.com Microsoft ESMTP MAIL Service ready')
  for (;;) {
    const line = await talk.hear()
    const command = line.split(' ')[0]?.toUpperCase()
    switch (command) {
      case 'EHLO': {
        const auth = mood.noXoauth2 ? 'AUTH LOGIN' : 'AUTH LOGIN XOAUTH2'
        const more = open ? (mood.stripped ? [] : ['STARTTLS']) : [auth]
        const offers = ['outlook.office365.com Hello', 'SIZE 157286400', ...more, 'SMTPUTF8']
        talk.say(...offers.map((offer, index) => `250${index < offers.length - 1 ? '-' : ' '}${offer}`))
        break
      }
      case 'STARTTLS':
        if (mood.stripped) {
          talk.say('500 5.5.1 Unrecognized command')
          break
        }
        talk.say('220 2.0.0 SMTP server ready', ...(mood.injected ?? []))
        await talk.secure()
        open = false
        break
      case 'AUTH':
        if (mood.onToken) {
          mood.onToken(talk)
          break
        }
        if (mood.challenge) {
          talk.say(`334 ${mood.challenge}`)
          if ((await talk.hear()) !== '') throw new Error('An empty line was expected')
        }
        talk.say(mood.refusal ?? '235 2.7.0 Authentication successful')
        break
      case 'MAIL':
        talk.say('250 2.1.0 Sender OK')
        break
      case 'RCPT':
        talk.say('250 2.1.5 Recipient OK')
        break
      case 'DATA':
        talk.say('354 Start mail input; end with <CRLF>.<CRLF>')
        while ((await talk.hear()) !== '.');
        if (mood.onMessage) {
          mood.onMessage(talk)
          break
        }
        talk.say(mood.messageRefusal ?? '250 2.0.0 OK <1@prod.outlook.com> [Hostname=AM0PR01MB0001]')
        break
      case 'QUIT':
        talk.say('221 2.0.0 Service closing transmission channel')
        talk.close()
        return
      default:
        throw new Error(`Not to be asked: ${line}`)
    }
  }
}
