// How Exchange's two steps stand, by what it was seen to hold and by logins that succeeded.
// The rule it keeps: what was not shown stands as not known; of a login and a look at Exchange the newer counts.

import { removeEntry } from '../powershell/by-hand.ts'
import type { PrincipalEvidence } from '../powershell/evidence.ts'
import { type Known, knownOf, type Look, type Seen, timeOf } from '../powershell/known.ts'
import { whereTheRightIdIs } from '../powershell/output/verdict.ts'
import { grantedHash } from '../powershell/receipt.ts'
import { isUnsettled, knownBy, type Lack, lackingProblem, lacksOf, type OneMailbox } from './mailbox-lacks.ts'
import type { Registered } from './register-the-application.ts'
import type { Fact, Problem, ProofCount, Setup, Standing } from './step.ts'

export type Confirmed = { confirmed: true }

const done = (facts: readonly Fact[]): Standing<Confirmed> => ({ kind: 'done', found: { confirmed: true }, facts })
const blocked = (problem: Problem): Standing<Confirmed> => ({ kind: 'blocked', problem })
const same = (left: string, right: string) => left.toLowerCase() === right.toLowerCase()

const knownTo = ({ exchange, tenantId }: Setup, { appId }: Registered) =>
  knownOf(exchange, { appId, tenantId: tenantId ?? '' })

/** Whether a login at `at` says more than these looks: it is newer than each of them. */
const isNewer = (at: number | undefined, ...looks: readonly (Look | undefined)[]): boolean =>
  at !== undefined && Number.isFinite(at) && looks.every(look => !look || at > look.at)

/** The SID of the entry with the right Object ID, where Exchange was seen to have it. */
export const sidInExchange = (setup: Setup, app: Registered): string | undefined =>
  knownTo(setup, app).principals?.value.find(({ objectId }) => same(objectId, app.enterpriseObjectId ?? ''))?.sid

/** Whether the repair script mends what Exchange has: it replaces one wrong entry, and stops where there are several. */
export const repairFits = (principals: readonly PrincipalEvidence[], right: string): boolean =>
  principals.length === 1 && principals.every(({ objectId }) => !same(objectId, right))

/** Whether Exchange knows the application with the right Object ID; undefined where nothing shows it. */
export function principalStands(setup: Setup, app: Registered): Standing<Confirmed> | undefined {
  const label = 'Object ID in Exchange'
  const { enterpriseObjectId: right } = app
  if (!right) return undefined
  const { principals, grantsVoid } = knownTo(setup, app)
  const login = Math.max(Number.NEGATIVE_INFINITY, ...openedAt(setup.proof).values())
  if (isNewer(login, principals?.look, grantsVoid))
    return done([{ label, value: right, note: 'Proved by a login: a mailbox let the application in.' }])
  if (!principals) return undefined
  const [first, ...others] = principals.value
  if (!first)
    return blocked({
      id: 'principal-absent',
      title: 'Exchange does not know the application',
      happened: shownBy(principals),
      todo: ['Run the script below and paste its receipt.']
    })
  if (others.length > 0) return blocked(severalProblem(principals, right, app))
  if (same(first.objectId, right)) return done([{ label, value: right, note: shownBy(principals) }])
  if (app.unchecked) return blocked(eitherProblem(principals, first.objectId, right, app))
  return blocked({
    id: 'sp-wrong-object-id',
    title: 'Exchange knows the application by another Object ID',
    happened: `${shownBy(principals)} It has ${first.objectId}, and the right one is ${right}.${whose(first.objectId, app)}`,
    todo: ['Run the repair script below and paste its receipt.']
  })
}

const pasteIt = 'paste that one on the page Register the application'
const haveItChecked =
  'paste the client secret on the page Create a client secret, or let the wizard enter the tenant: either checks it'

/** Exchange's Object ID against one that a person pasted and nobody checked. To repair with the wrong one of the two would
 *  break every login, so no repair is offered before it is checked. */
function eitherProblem(principals: Seen<unknown>, exchange: string, pasted: string, app: Registered): Problem {
  return {
    id: 'object-id-unchecked',
    title: 'Exchange has another Object ID than this setup',
    happened: `${shownBy(principals)} It has ${exchange}. This setup has ${pasted}, which was pasted by hand and is unchecked. One of the two is wrong.${whose(exchange, app)}`,
    todo: [
      whereTheRightIdIs,
      `If it is ${exchange}, Exchange is right: ${pasteIt}. Remove nothing from Exchange.`,
      `If it is ${pasted}, ${haveItChecked}. The repair script then stands below.`,
      'Where neither may be done, the page Make the Exchange PowerShell, under Tools, has the repair script.'
    ]
  }
}

/** No script removes one of several entries, as the scripts stop before they choose between them. */
function severalProblem(
  principals: Seen<readonly PrincipalEvidence[]>,
  right: string,
  { unchecked }: Registered
): Problem {
  const { value } = principals
  const wrong = value.filter(({ objectId }) => !same(objectId, right))
  const shown = `${shownBy(principals)} It has ${value.map(({ objectId }) => objectId).join(', ')}`
  return {
    id: 'principal-several',
    title: `Exchange has ${value.length === 2 ? 'two' : value.length} entries for the application`,
    happened: unchecked
      ? `${shown}. This setup has ${right}, which was pasted by hand and is unchecked.`
      : `${shown}, and the right one is ${right}.`,
    todo: [
      ...(unchecked
        ? [
            whereTheRightIdIs,
            `If it is not ${right}, ${pasteIt}.`,
            `Then run ${removeEntry('<Object ID>')} for every entry with another one.`
          ]
        : wrong.map(({ objectId }) => `Run ${removeEntry(objectId)}`)),
      'Then run the script below and paste its receipt.'
    ]
  }
}

const whose = (objectId: string, { applicationObjectId, unchecked }: Registered) =>
  applicationObjectId !== undefined && same(objectId, applicationObjectId)
    ? unchecked
      ? ' What Exchange has was pasted here as the application’s own Object ID, the one that App registrations shows.'
      : ' What Exchange has is the application’s own Object ID, the one that App registrations shows.'
    : ''

/** Whether every mailbox of the list is open, with its protocols on; undefined where that is not shown of each, and where a
 *  script failed to turn one on. */
export async function mailboxesStand(setup: Setup, app: Registered): Promise<Standing<Confirmed> | undefined> {
  const { mailboxes, protocols } = setup
  if (mailboxes.length === 0) return undefined
  const known = knownTo(setup, app)
  const lacking: Lack[] = []
  let last: Look | undefined
  const shown = { byLogin: 0, byLook: 0 }
  let unsettled = false
  for (const { address, one } of await standEach(setup, known)) {
    const lacks = lacksOf(one, protocols, known.smtpAuthOfOrganization?.value)
    if (lacks.length > 0) lacking.push({ address, lacks, denied: one.denied })
    if (isUnsettled(one, protocols)) unsettled = true
    if (one.byLogin) shown.byLogin += 1
    else if (one.grant?.value) {
      shown.byLook += 1
      if (!last || one.grant.look.order > last.order) last = one.grant.look
    }
  }
  if (lacking.length > 0)
    return blocked(lackingProblem(lacking, mailboxes.length, knownBy(known.principals?.value, app.enterpriseObjectId)))
  if (unsettled || shown.byLogin + shown.byLook < mailboxes.length) return undefined
  const notes = [
    ...(last ? [shownBy({ look: last })] : []),
    ...(shown.byLogin > 0 ? [last ? `${shown.byLogin} of them by logins.` : 'Proved by logins.'] : [])
  ]
  return done([{ label: 'Mailboxes that are open', value: String(mailboxes.length), note: notes.join(' ') }])
}

/** The mailboxes of the list that were seen to be open, in small letters. */
export async function openMailboxes(setup: Setup, app: Registered): Promise<ReadonlySet<string>> {
  return new Set((await opensSince(setup, app)).keys())
}

/** The same, with the time of the look or the login that showed each. */
export async function opensSince(setup: Setup, app: Registered): Promise<ReadonlyMap<string, number>> {
  const all = await standEach(setup, knownTo(setup, app))
  return new Map(
    all.flatMap(({ address, one: { byLogin, openedAt, grant, denied } }) => {
      const isSeen = grant?.value === true && !denied
      const at = byLogin ? openedAt : isSeen ? grant.look.at : undefined
      return at === undefined ? [] : [[address.toLowerCase(), at] as const]
    })
  )
}

async function standEach(
  { mailboxes, proof }: Setup,
  known: Known
): Promise<readonly { address: string; one: OneMailbox }[]> {
  const hash = known.grantedLooks.length > 0 ? await grantedHash(mailboxes) : ''
  const all = known.grantedLooks.filter(({ value }) => value.sha256 === hash)
  const [counted] = all
  const written = all.find(({ look }) => look.script !== 'diagnosis')
  const failedAtSome = written?.value.failed ? written.look : undefined
  const logins = openedAt(proof)
  return mailboxes.map(address => ({
    address,
    one: {
      ...standingOf(known, address, logins.get(address.toLowerCase()), counted),
      failed: later(known.failure(address), failedAtSome)
    }
  }))
}

/** The grant as the newest of the looks has it that still counts: one to an entry that was replaced since does not. Who is
 *  counted by a diagnosis is denied nothing. */
function standingOf(
  known: Known,
  address: string,
  openedAt: number | undefined,
  counted: Seen<unknown> | undefined
): Omit<OneMailbox, 'failed'> {
  const mailbox = known.mailbox(address)
  const { grantsVoid } = known
  const counts = <T>(seen: Seen<T> | undefined) =>
    seen && grantsVoid && seen.look.order < grantsVoid.order ? undefined : seen
  const [own, denial] = [counts(mailbox.grant), counts(mailbox.denied)]
  const isNewest = (than: Seen<unknown> | undefined) => counted && !(than && than.look.order >= counted.look.order)
  const grant = counted && isNewest(own) ? { value: true, look: counted.look } : own
  const denied = counted?.look.script === 'diagnosis' && isNewest(denial) ? undefined : denial
  const byLogin = isNewer(openedAt, grant?.look, denied?.look, grantsVoid)
  return { mailbox, grant, denied: denied !== undefined && !byLogin, openedAt, byLogin }
}

const later = (one: Look | undefined, other: Look | undefined) =>
  one && other ? (one.order > other.order ? one : other) : (one ?? other)

/** When each mailbox last let the application in, by its address in small letters. */
const openedAt = ({ opened }: ProofCount): ReadonlyMap<string, number> =>
  new Map(opened.map(({ address, at }) => [address.toLowerCase(), timeOf(at)]))

function shownBy({ look }: { look: Look }): string {
  const iso = new Date(look.at).toISOString()
  const time = `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`
  return look.source === 'receipt' ? `By the receipt of ${time}.` : `By the output pasted on ${time}.`
}
