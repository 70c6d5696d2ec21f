// What a mail server's refusal says about the gates. The texts are known by the dictionary's own signs.
// The rule it keeps: words that several gates share name none of them; they only list the suspects, likeliest first.

import { dictionary, type RowId } from '../diagnosis/dictionary.ts'
import { explain } from '../diagnosis/explain.ts'
import { readable } from '../diagnosis/readable.ts'
import { type KnownBy, shows } from '../diagnosis/row.ts'
import { sharedTexts } from '../diagnosis/shared-texts.ts'
import type { Protocol } from '../steps/step.ts'
import type { GateId } from './gate.ts'

/** `lingers`: no receipt can rule it out, so it stays when everything else was seen to be right. */
export type Suspect = { gate: GateId; row: RowId; lingers?: true }
export type Stage = 'login' | 'inbox' | 'sending'

export type Meaning = {
  /** The gate that the words name, and the row that says so. */
  named: Suspect | undefined
  /** What the words may mean; the named gate alone where there is one. */
  suspects: readonly Suspect[]
  /** The words come only after the token was accepted. */
  tokenAccepted: boolean
  /** Rows about something else than a gate. */
  explained: readonly RowId[]
}

/** Words that name one gate. https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission */
const naming: readonly Suspect[] = [
  { gate: 'smtp-auth-on', row: 'smtp-auth-off-tenant' },
  { gate: 'smtp-auth-on', row: 'smtp-auth-off-mailbox' },
  { gate: 'no-security-defaults', row: 'security-defaults' },
  { gate: 'mailbox-grants-access', row: 'storedrv-logon-failure' },
  { gate: 'may-send-as', row: 'send-as-denied' }
]

const wrongToken: readonly Suspect[] = [
  { gate: 'token-right', row: 'roles-missing' },
  { gate: 'token-right', row: 'token-scope-ps-outlook' }
]
const inExchange: readonly Suspect[] = [
  { gate: 'object-id-right', row: 'sp-wrong-object-id' },
  { gate: 'principal-known', row: 'principal-missing' },
  { gate: 'mailbox-grants-access', row: 'grant-never-landed' }
]
const noMailbox: Suspect = { gate: 'mailbox-in-exchange-online', row: 'mailbox-not-in-exchange-online' }
const protocolOff: Suspect = { gate: 'protocol-on', row: 'protocol-off' }
const waiting: Suspect = { gate: 'time-passed', row: 'propagation-delay' }

const ofPlainSmtp: readonly Suspect[] = [
  { gate: 'token-right', row: 'token-audience-graph' },
  { gate: 'token-right', row: 'graph-mail-send-only' },
  ...inExchange,
  { gate: 'smtp-auth-on', row: 'smtp-auth-off-mailbox' },
  noMailbox,
  { gate: 'token-right', row: 'rbac-with-claim', lingers: true },
  { gate: 'mailbox-in-exchange-online', row: 'smtp-wants-upn', lingers: true },
  waiting
]
const ofPlainReading = [...wrongToken, ...inExchange, protocolOff, noMailbox, waiting]

/** What each stage's words may mean where they say nothing more precise. */
const suspectsAt = (stage: Stage, protocol: Protocol): readonly Suspect[] => {
  if (stage === 'sending')
    return [
      // What the application was granted does not tell: sending as the mailbox itself needs no Send As, by all reports.
      { gate: 'may-send-as', row: 'send-as-denied', lingers: true },
      { gate: 'mailbox-grants-access', row: 'storedrv-logon-failure' },
      waiting
    ]
  if (stage === 'inbox') return notConnected
  return protocol === 'SMTP' ? ofPlainSmtp : ofPlainReading
}
const notConnected: readonly Suspect[] = [
  { gate: 'mailbox-grants-access', row: 'grant-never-landed' },
  noMailbox,
  protocolOff,
  waiting
]
const only139: readonly Suspect[] = [
  { gate: 'smtp-auth-on', row: 'smtp-auth-off-tenant' },
  { gate: 'no-security-defaults', row: 'security-defaults' },
  waiting
]

/** "Later" in the words of each protocol: SMTP's 4xx, response codes of IMAP and POP, and Exchange Online's own limits.
 *  https://www.rfc-editor.org/rfc/rfc5321#section-4.2.1 https://www.rfc-editor.org/rfc/rfc5530 https://www.rfc-editor.org/rfc/rfc3206
 *  https://github.com/simonrob/email-oauth2-proxy/issues/191 */
const busy = /\bserver (?:is )?(?:busy|unavailable)\b|\brequest is throttled\b|\btoo many (?:\w{1,20} )?connections\b/i
const temporary: Readonly<Record<Protocol, readonly RegExp[]>> = {
  SMTP: [/^\W{0,3}4\d\d\b|\b4\d\d[ -]4\.\d{1,3}\.\d{1,3}\b/],
  IMAP: [/\[(?:UNAVAILABLE|INUSE|LIMIT|SERVERBUG)\b/i, busy],
  POP: [/\[(?:SYS\/TEMP|IN-USE|LOGIN-DELAY)\]/i, busy]
}

const rowsById = new Map<string, KnownBy>(dictionary.map(row => [row.id, row]))
const showsRow = (text: string, id: RowId) => (rowsById.get(id)?.signs ?? []).some(sign => shows(text, sign))
const showsShared = (text: string, name: (typeof sharedTexts)[number]['text']) =>
  sharedTexts.some(shared => shared.text === name && 'signs' in shared && shared.signs.some(sign => shows(text, sign)))

/** Enough for any answer of a server. */
const saidMax = 4_000

export function meaningOf(said: string, stage: Stage, protocol: Protocol): Meaning {
  const text = readable(said.slice(0, saidMax))
  const smtp = protocol === 'SMTP'
  const tell = (suspects: readonly Suspect[], tokenAccepted = stage !== 'login'): Meaning => ({
    named: undefined,
    suspects,
    tokenAccepted,
    explained: []
  })
  const named = smtp ? naming.find(({ row }) => showsRow(text, row)) : undefined
  if (named) return { ...tell([named, waiting]), named }
  if (!smtp && showsRow(text, 'authenticated-not-connected')) return tell(notConnected, true)
  if (!smtp && showsShared(text, 'IMAP: AUTHENTICATE failed, LogonDenied')) return tell([...inExchange, waiting], true)
  if (smtp && showsShared(text, '535 5.7.139 Authentication unsuccessful')) return tell(only139)
  if (smtp && showsShared(text, '535 5.7.3 Authentication unsuccessful')) return tell(ofPlainSmtp)
  if (protocol === 'IMAP' && showsShared(text, 'IMAP: NO AUTHENTICATE failed')) return tell(suspectsAt(stage, protocol))
  if (protocol === 'POP' && showsShared(text, 'POP: -ERR Authentication failure'))
    return tell(suspectsAt(stage, protocol))
  return unfamiliar(text, stage, protocol, tell)
}

/** A limit or a fault that will pass is no gate's, whatever code it shares with a gate's text (554 5.2.0); any other text may
 *  be every gate's. */
function unfamiliar(
  text: string,
  stage: Stage,
  protocol: Protocol,
  tell: (suspects: readonly Suspect[]) => Meaning
): Meaning {
  const explained = explain(text).findings.flatMap(finding =>
    finding.kind === 'one' ? [finding.entry.id as RowId] : []
  )
  if (explained.length > 0) return { ...tell([]), explained }
  return tell(temporary[protocol].some(sign => sign.test(text)) ? [] : suspectsAt(stage, protocol))
}
