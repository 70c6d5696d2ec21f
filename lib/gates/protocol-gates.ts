// The gates of the protocol: IMAP or POP is on, SMTP AUTH is on, no security defaults, and the right to send.
// The rule it keeps: a mailbox's own switch counts before the organization's, and a right that sending may not need shuts nothing.

import type { Look } from '../powershell/known.ts'
import type { Protocol } from '../steps/step.ts'
import {
  type Case,
  type Judgement,
  messageAccepted,
  newest,
  passed,
  serverShuts,
  shows,
  shut,
  unknown,
  wasAccepted,
  weigh
} from './case.ts'
import { allowSendAs, decideOnSecurityDefaults, turnOn, turnSmtpAuthOn } from './fixes.ts'

function accepted(one: Case, protocol: Protocol): Judgement | undefined {
  const proof = one.accepted[protocol]
  return proof && passed(proof.at, wasAccepted(one, proof))
}

export function protocolOn(one: Case): Judgement {
  const { protocol, mailbox } = one
  const fact = protocol === 'IMAP' ? mailbox.imap : mailbox.pop
  const seen = fact && onOrOff(one, fact.value, fact.look)
  return newest(seen, accepted(one, protocol)) ?? unknown(`No receipt and no output shows whether ${protocol} is on.`)
}

function onOrOff(one: Case, on: boolean, look: Look): Judgement {
  const { protocol } = one
  return on
    ? passed(look.at, shows(one, look, `that ${protocol} is on for the mailbox.`))
    : shut(look.at, shows(one, look, `that ${protocol} is off for the mailbox.`), 'protocol-off', turnOn(protocol))
}

export function smtpAuthOn(one: Case): Judgement {
  const server = serverShuts(one, 'smtp-auth-on', turnSmtpAuthOn)
  return (
    weigh(one, newest(judgeSmtpAuth(one), accepted(one, 'SMTP')), server) ??
    unknown(
      one.mailbox.smtpAuth
        ? 'The mailbox follows the organization, and the organization’s switch was not shown.'
        : 'No receipt and no output shows the mailbox’s SMTP AUTH switch.'
    )
  )
}

/** A value at the mailbox wins; null follows the organization.
 *  https://learn.microsoft.com/powershell/module/exchangepowershell/set-casmailbox */
function judgeSmtpAuth(one: Case): Judgement | undefined {
  const own = one.mailbox.smtpAuth
  if (!own) return undefined
  const { value, look } = own
  if (value === true) return passed(look.at, shows(one, look, 'that SMTP AUTH is on for the mailbox.'))
  if (value === false)
    return shut(
      look.at,
      shows(one, look, 'that SMTP AUTH is off for the mailbox.'),
      'smtp-auth-off-mailbox',
      turnSmtpAuthOn
    )
  const organization = one.known.smtpAuthOfOrganization
  if (!organization) return undefined
  const newer = organization.look.order > look.order ? organization.look : look
  const says = (is: string) => shows(one, newer, `that the mailbox follows the organization, where SMTP AUTH is ${is}.`)
  return organization.value
    ? passed(newer.at, says('on'))
    : shut(newer.at, says('off'), 'smtp-auth-off-tenant', turnSmtpAuthOn)
}

/** They are the tenant's: an accepted SMTP login of any mailbox shows that they do not stand in the way. */
export function noSecurityDefaults(one: Case): Judgement {
  const proof = one.logins.newestAcceptedBy.SMTP
  return (
    newest(
      proof && passed(proof.at, wasAccepted(one, proof)),
      serverShuts(one, 'no-security-defaults', decideOnSecurityDefaults)
    ) ?? unknown('Only the server’s words or an accepted SMTP login tell.')
  )
}

export function maySendAs(one: Case): Judgement {
  const unsaid = one.refusal?.stage === 'sending' && !one.refusal.meaning.named
  return (
    weigh(one, newest(judgeSendAs(one), messageAccepted(one)), serverShuts(one, 'may-send-as', allowSendAs)) ??
    unknown(
      unsaid
        ? 'The server refused a test message and did not say why.'
        : 'Only a test message tells: sending as the mailbox itself may need no Send As.'
    )
  )
}

/** Whether Send As is needed on top of FullAccess is left open by Microsoft, so its absence says nothing.
 *  https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth */
function judgeSendAs(one: Case): Judgement | undefined {
  const fact = one.mailbox.sendAs
  if (!fact?.value) return undefined
  const { look } = fact
  const isVoid = one.known.grantsVoid && look.order < one.known.grantsVoid.order
  return isVoid ? undefined : passed(look.at, shows(one, look, 'Send As for the application.'))
}
