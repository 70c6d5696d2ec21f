// Walks the gates of a mailbox and protocol, and says which is shut, on what evidence, and what opens it.
// The rule it keeps: the evidence is indexed once, so that ten thousand mailboxes take a moment.

import { entryOf, type RowId } from '../diagnosis/dictionary.ts'
import type { Entry } from '../diagnosis/row.ts'
import { knownOf, timeOf } from '../powershell/known.ts'
import { type Protocol, permissionFor, type Reference } from '../steps/step.ts'
import type { Case, Judgement, Refusal } from './case.ts'
import type { Evidence, Expected } from './evidence.ts'
import { mailboxGrantsAccess, mailboxInExchangeOnline, objectIdRight, principalKnown } from './exchange-gates.ts'
import {
  type Candidate,
  type Diagnosis,
  type Gate,
  type GateId,
  gatesOf,
  type Outcome,
  type Shut,
  shutTitleOf,
  titleOf
} from './gate.ts'
import { loginsOf, sentAt, type Tried } from './logins.ts'
import { maySendAs, noSecurityDefaults, protocolOn, smtpAuthOn } from './protocol-gates.ts'
import { referenceOf } from './server-reference.ts'
import { type Meaning, meaningOf, type Stage } from './server-words.ts'
import { timePassed, unexplained } from './time-gate.ts'
import { secretAccepted, tokenJudgements, tokenRight } from './token-gates.ts'
import { afterTurn, turnedAt } from './turned.ts'

export type DiagnosisOf = (address: string, protocol: Protocol) => Diagnosis

export function diagnose(
  expected: Expected,
  evidence: Evidence,
  address: string,
  protocol: Protocol,
  now: Date
): Diagnosis {
  return gatesFor(expected, evidence, now)(address, protocol)
}

/** Reads the evidence once; each call is then one mailbox and protocol. */
export function gatesFor(expected: Expected, evidence: Evidence, now: Date): DiagnosisOf {
  const known = knownOf(evidence.exchange, expected, evidence.changedAt)
  const logins = loginsOf(evidence.logins)
  const says = tokenJudgements(expected, evidence.token, now.getTime())
  const meanings = new Map<string, Meaning>()
  const meaning = (said: string, stage: Stage, protocol: Protocol): Meaning => {
    // Texts differ by the server's name and time alone, which stand in brackets at their end.
    const key = `${protocol} ${stage} ${said.replace(/ ?\[[^\]]{0,200}\]\s*$/, '')}`
    const found = meanings.get(key) ?? meaningOf(said, stage, protocol)
    meanings.set(key, found)
    return found
  }
  return (address, protocol) => {
    const { token } = evidence
    const { newest, accepted } = logins.of(address)
    const login = newest[protocol]
    const stopped = noTokenSince(token, login)
    const refusal = stopped ? undefined : refusalOf(login, protocol, meaning)
    const mailbox = known.mailbox(address)
    const at = now.getTime()
    const tokenSays = says[protocol]
    const one = {
      expected,
      token,
      tokenSays,
      known,
      mailbox,
      logins,
      newest,
      accepted,
      now: at,
      address,
      protocol,
      login,
      refusal
    }
    return decide(one, outcomeOf(one, stopped))
  }
}

/** The token endpoint said no, or nothing, after the newest login. */
function noTokenSince(token: Evidence['token'], login: Tried | undefined): Outcome | undefined {
  if (!token || token.kind === 'given' || (login && login.at >= timeOf(token.at))) return undefined
  return token.kind === 'refused' ? 'refused' : 'unreachable'
}

function refusalOf(
  login: Tried | undefined,
  protocol: Protocol,
  meaning: (said: string, stage: Stage, protocol: Protocol) => Meaning
): Refusal | undefined {
  if (!login) return undefined
  const { result, at } = login
  if (result.kind === 'refused')
    return { at, said: result.said, stage: result.during, meaning: meaning(result.said, result.during, protocol) }
  if (result.kind !== 'accepted' || result.sent?.kind !== 'refused') return undefined
  const { sent } = result
  return { at: timeOf(sent.at), said: sent.said, stage: 'sending', meaning: meaning(sent.said, 'sending', protocol) }
}

function outcomeOf({ login, protocol, refusal }: Case, stopped: Outcome | undefined): Outcome {
  if (stopped) return stopped
  if (!login) return 'not-tried'
  if (login.result.kind === 'unreachable') return 'unreachable'
  if (refusal) return 'refused'
  return protocol !== 'SMTP' || sentAt(login) !== undefined ? 'proved' : 'login-only'
}

const judges: Readonly<Record<Exclude<GateId, 'time-passed'>, (one: Case) => Judgement>> = {
  'secret-accepted': secretAccepted,
  'token-right': tokenRight,
  'principal-known': principalKnown,
  'object-id-right': objectIdRight,
  'mailbox-in-exchange-online': mailboxInExchangeOnline,
  'mailbox-grants-access': mailboxGrantsAccess,
  'protocol-on': protocolOn,
  'smtp-auth-on': smtpAuthOn,
  'no-security-defaults': noSecurityDefaults,
  'may-send-as': maySendAs
}

/** What the diagnosis script shows. No script sees security defaults; the token says what it is itself. */
const scriptReads: ReadonlySet<GateId> = new Set([
  'principal-known',
  'object-id-right',
  'mailbox-in-exchange-online',
  'mailbox-grants-access',
  'protocol-on',
  'smtp-auth-on'
])

function decide(one: Case, outcome: Outcome): Diagnosis {
  const { protocol, refusal } = one
  const judged: Partial<Record<GateId, Judgement>> = {}
  let shutBefore = 0
  const turned = turnedAt(one)
  for (const id of gatesOf(protocol)) {
    if (id === 'time-passed') continue
    const judgement = afterTurn(judges[id](one), turned, one)
    judged[id] = judgement
    if (judgement.state === 'shut') shutBefore += 1
  }
  const suspects = (refusal?.meaning.suspects ?? []).filter(({ gate }) => gate === 'time-passed' || judged[gate])
  const open = suspects.filter(({ gate, lingers }) => !lingers && judged[gate]?.state === 'unknown')
  const time = timePassed(one, open.length, shutBefore)
  judged['time-passed'] = time

  const candidates: Candidate[] = []
  if (shutBefore === 0)
    for (const { gate, row, lingers } of suspects)
      if (lingers ? mayLinger(one, row) : judged[gate]?.state === 'unknown') candidates.push(candidate(gate, row))
  const reference = refusal && referenceOf(refusal.said)
  const gates: Gate[] = []
  const shut: Shut[] = []
  for (const id of gatesOf(protocol)) {
    const judgement = judged[id]
    if (!judgement) continue
    gates.push({ id, title: titleOf(id, protocol), state: judgement.state, because: judgement.because })
    if (judgement.state === 'shut') shut.push(shutGate(one, id, judgement, reference))
  }
  const allSeen = suspects.length > 0 && shut.length === 0 && open.length === 0 && time.state !== 'unknown'
  const explained = refusal?.meaning.explained ?? []
  const changedSince = changedAfterIt(
    one,
    outcome,
    shut.map(({ gate }) => judged[gate])
  )
  const scriptDecides = open.some(({ gate }) => scriptReads.has(gate))
  return {
    outcome,
    gates,
    shut,
    candidates,
    next: changedSince ? againBy(refusal) : nextOf(outcome, shut, scriptDecides),
    changedSince: changedSince || undefined,
    unreachable: outcome === 'unreachable' ? unreachableOf(one) : undefined,
    said: refusal?.said,
    reference,
    explained: explained.length > 0 ? explained.map(entry) : undefined,
    unexplained: allSeen && !changedSince ? unexplained(one) : undefined
  }
}

/** A role beside the permission does harm only where the token holds the permission. */
const mayLinger = ({ token }: Case, row: RowId) =>
  row !== 'rbac-with-claim' || token?.kind !== 'given' || token.roles.includes(permissionFor.SMTP)

function shutGate(
  { token, protocol }: Case,
  gate: GateId,
  { row, fix, title = shutTitleOf(gate, protocol) }: Judgement,
  ofServer: Reference | undefined
): Shut {
  const ofToken = gate === 'secret-accepted' && token?.kind === 'refused'
  const reference = ofToken ? token.problem.reference : ofServer
  return { gate, title, entry: row && entry(row), fix: fix ?? { says: [] }, reference }
}

const unreachableOf = ({ login, token }: Case): string =>
  login?.result.kind === 'unreachable' && !noTokenSince(token, login)
    ? login.result.says
    : 'The token endpoint did not answer.'

/** Whether only another test tells, as something was changed after the refusal; not where a gate was seen shut since. */
function changedAfterIt({ known, refusal }: Case, outcome: Outcome, shut: readonly (Judgement | undefined)[]): boolean {
  const change = known.changes.at(-1)
  if (outcome !== 'refused' || !refusal || change === undefined || change <= refusal.at) return false
  return shut.every(one => one !== undefined && one.at < change)
}

/** A login that is accepted says nothing of a message that was refused. */
const againBy = (refusal: Refusal | undefined) => (refusal?.stage === 'sending' ? 'test-message' : 'test-again')

function nextOf(outcome: Outcome, shut: readonly Shut[], scriptDecides: boolean): Diagnosis['next'] {
  if (outcome === 'proved') return shut.length > 0 ? 'test-again' : 'nothing'
  if (outcome === 'login-only') return 'test-message'
  if (outcome === 'unreachable') return 'test-again'
  if (outcome === 'not-tried') return shut.length > 0 ? 'nothing' : 'test-again'
  if (shut.some(({ gate }) => gate === 'time-passed')) return 'wait'
  if (shut.length > 0) return 'nothing'
  return scriptDecides ? 'diagnosis-script' : 'test-again'
}

const entries = new Map<RowId, Entry>()

function entry(row: RowId): Entry {
  const found = entries.get(row) ?? entryOf(row)
  entries.set(row, found)
  return found
}

function candidate(gate: GateId, row: RowId): Candidate {
  const found = entry(row)
  return { gate, entry: found, apart: found.apart ?? found.symptom }
}
