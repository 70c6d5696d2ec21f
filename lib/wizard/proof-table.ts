// The table of the test: a row for each mailbox and protocol, filtered, a page at a time, or whole as CSV.
import type { DiagnosisOf } from '../gates/diagnose.ts'
import type { LoginEvidence, TokenEvidence } from '../gates/evidence.ts'
import type { Diagnosis } from '../gates/gate.ts'
import type { Protocol } from '../steps/step.ts'
import { answerInWords } from './proof-words.ts'

export const shows = ['all', 'failed', 'accepted', 'not-tried'] as const
export type Show = (typeof shows)[number]

/** `find` is part of an address. `from` counts rows. */
export type Filter = { show: Show; protocol: Protocol | undefined; find: string; from: number }

export type ProofRow = {
  /** Where the mailbox stands in the setup's list. */
  place: number
  address: string
  protocol: Protocol
  outcome: Diagnosis['outcome']
  says: string
  at: string | undefined
}

export const rowsOnPage = 50

/** As Next gives it: a name that stands twice has a list. */
export type PageQuery = Readonly<Record<string, string | readonly string[] | undefined>>
export const firstOf = (value: PageQuery[string]): string | undefined =>
  typeof value === 'string' ? value : value?.[0]

/** What stands in a page's query; anything that is not understood counts as not said. */
export function filterOf(query: PageQuery, protocols: readonly Protocol[]): Filter {
  return {
    show: shows.find(show => show === firstOf(query.show)) ?? 'all',
    protocol: protocols.find(protocol => protocol === firstOf(query.protocol)),
    find: (firstOf(query.find) ?? '').trim().toLowerCase().slice(0, 100),
    from: /^\d{1,6}$/.test(firstOf(query.from) ?? '') ? Number(firstOf(query.from)) : 0
  }
}

/** A row for each mailbox and protocol, in the order of the list. */
export function rowsOf(
  mailboxes: readonly string[],
  protocols: readonly Protocol[],
  { logins, of, token }: { logins: readonly LoginEvidence[]; of: DiagnosisOf; token: TokenEvidence | undefined }
): readonly ProofRow[] {
  const known = new Map(logins.map(login => [`${login.protocol} ${login.address}`, login]))
  return mailboxes.flatMap((address, place) =>
    protocols.map((protocol): ProofRow => {
      const login = known.get(`${protocol} ${address}`)
      const says = stopped(token, login) ?? (login ? answerInWords(protocol, login.result) : '')
      return { place, address, protocol, outcome: of(address, protocol).outcome, says, at: login?.at }
    })
  )
}

/** No token was given after this login: then no mail server was asked. */
function stopped(token: TokenEvidence | undefined, login: LoginEvidence | undefined): string | undefined {
  if (!token || token.kind === 'given' || (login && login.at >= token.at)) return undefined
  return token.kind === 'refused' ? `No token: ${token.problem.title}` : 'No token: Microsoft did not answer'
}

const shownAs: Record<Show, readonly Diagnosis['outcome'][]> = {
  all: ['proved', 'login-only', 'refused', 'unreachable', 'not-tried'],
  failed: ['refused', 'unreachable'],
  accepted: ['proved', 'login-only'],
  'not-tried': ['not-tried']
}

export function filtered(rows: readonly ProofRow[], { show, protocol, find }: Filter): readonly ProofRow[] {
  return rows.filter(
    row =>
      shownAs[show].includes(row.outcome) &&
      (protocol === undefined || row.protocol === protocol) &&
      (find === '' || row.address.toLowerCase().includes(find))
  )
}

/** A page of what fits, from `from` on; the first one where fewer fit than that by now. `left` is how many come after it. */
export function pageOf(fitting: readonly ProofRow[], from: number) {
  const begins = from < fitting.length ? from : 0
  const rows = fitting.slice(begins, begins + rowsOnPage)
  return { begins, rows, left: fitting.length - begins - rows.length }
}

/** The heading and the rows of the export. */
export function exported(rows: readonly ProofRow[]): readonly (readonly string[])[] {
  return [
    ['Mailbox', 'Protocol', 'Result', 'What the server answered', 'Tested at'],
    ...rows.map(({ address, protocol, outcome, says, at }) => [
      address,
      protocol,
      outcomeWords[outcome],
      says,
      at ?? ''
    ])
  ]
}

const outcomeWords: Record<Diagnosis['outcome'], string> = {
  proved: 'Proved',
  'login-only': 'Login accepted, sending not proved',
  refused: 'Refused',
  unreachable: 'Not reached',
  'not-tried': 'Not tested'
}
