// POP: logs in with a token in Microsoft's two-line form, asks how much is in the inbox, and quits.
// The rule it keeps: the token is sent only over TLS and only when asked for, and no message is marked for deletion.
import type { LoginResult } from '../../gates/evidence.ts'
import type { MailHost } from '../../steps/step.ts'
import type { Client } from './client.ts'
import { Lines } from './lines.ts'
import { said, saslString } from './said.ts'
import { strange, withoutTls } from './unreachable.ts'

export function popClient(at: MailHost, mailbox: string, token: string): Client<LoginResult> {
  const lines = new Lines(at)
  const clean = (answer: string | undefined) => said(answer ?? '', mailbox, token)
  const refused = (answer: string, during: 'login' | 'inbox'): LoginResult => ({
    kind: 'refused',
    said: clean(answer),
    during
  })
  /** What an answer other than the wanted one means. */
  const unwanted = (answer: string | undefined, during: 'login' | 'inbox') =>
    answer !== undefined && isRefusal(answer) ? refused(answer, during) : strange(at, clean(answer))

  return {
    async prove() {
      await lines.open()
      const greeting = await lines.hear()
      if (at.security === 'STARTTLS') {
        // RFC 2595. What is said before TLS may be anybody's, so no refusal counts yet.
        if (!isYes(greeting)) return strange(at, clean(greeting))
        if (!isYes(await lines.ask('STLS'))) return withoutTls(at)
        await lines.secure()
      } else if (!isYes(greeting)) return unwanted(greeting, 'login')
      // https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth#pop-protocol-exchange
      const asked = await lines.ask('AUTH XOAUTH2')
      if (!isChallenge(asked)) return unwanted(asked, 'login')
      let answer = await lines.ask(saslString(mailbox, token))
      // A second challenge tells of an error; the refusal itself comes after an empty line.
      if (isChallenge(answer)) answer = await lines.ask('')
      if (!isYes(answer)) return unwanted(answer, 'login')
      const counted = await lines.ask('STAT')
      const numbers = /^\+OK (\d+) (\d+)(?: |$)/.exec(counted ?? '')
      if (!numbers) return unwanted(counted, 'inbox')
      return { kind: 'accepted', inbox: { messages: Number(numbers[1]), bytes: Number(numbers[2]) } }
    },
    async leave() {
      await lines.ask('QUIT')
    },
    end: () => lines.end()
  }
}

const isYes = (answer: string | undefined) => answer !== undefined && /^\+OK( |$)/.test(answer)
const isRefusal = (answer: string) => /^-ERR( |$)/.test(answer)
const isChallenge = (answer: string | undefined) => answer !== undefined && /^\+( |$)/.test(answer)
