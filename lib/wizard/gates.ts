// The gates of a setup: its evidence, gathered once for a page.
import 'server-only'
import { type DiagnosisOf, gatesFor } from '../gates/diagnose.ts'
import type { Evidence, Expected, LoginEvidence, TokenEvidence } from '../gates/evidence.ts'
import { type Summary, summarise } from '../gates/summarise.ts'
import { tokenInWords } from '../gates/token-in-words.ts'
import type { ExchangeEvidence } from '../powershell/evidence.ts'
import { grantedHash } from '../powershell/receipt.ts'
import { grantConsent } from '../steps/grant-consent.ts'
import { registerTheApplication } from '../steps/register-the-application.ts'
import type { Fact, Setup } from '../steps/step.ts'
import type { AtSetup } from './door.ts'
import { lastChangeAt, readLogins, tokenOf } from './evidence-store.ts'

export type Gates = {
  logins: readonly LoginEvidence[]
  token: TokenEvidence | undefined
  tokenFacts: readonly Fact[]
  of: DiagnosisOf
  summary: Summary
  /** When something was last changed that Exchange copies around, as far as is known. */
  changedAt: string | undefined
}

/** Undefined while the setup does not know its application or the right Object ID. */
export async function findGates(at: AtSetup): Promise<Gates | undefined> {
  const expected = expectedOf(at)
  if (!expected) return undefined
  const { setup, row } = at
  const [logins, consentedAt] = await Promise.all([readLogins(row.id), lastChangeAt(row.id, grantConsent.id)])
  const token = tokenOf(row)
  const scripts = setup.exchange.filter(look => look.changed).map(look => look.at)
  const changedAt = [...scripts, ...(consentedAt ? [consentedAt.toISOString()] : [])].sort().at(-1)
  const evidence: Evidence = { token, exchange: await withNames(setup), logins, changedAt }
  const of = gatesFor(expected, evidence, setup.now)
  return {
    logins,
    token,
    tokenFacts: token ? tokenInWords(expected, token, setup.now, setup.exchange, logins) : [],
    of,
    summary: summarise(setup.mailboxes, setup.protocols, of),
    changedAt
  }
}

/** A receipt that names no mailbox counts exactly this list, by its hash: then they are its mailboxes. */
async function withNames({ exchange, mailboxes }: Setup): Promise<readonly ExchangeEvidence[]> {
  if (!exchange.some(isUnnamed)) return exchange
  const hash = await grantedHash(mailboxes)
  const named = mailboxes.map(address => ({ address, grant: true }))
  return exchange.map(look => (isUnnamed(look) && look.granted?.sha256 === hash ? { ...look, mailboxes: named } : look))
}

const isUnnamed = ({ granted, mailboxes }: ExchangeEvidence) => granted !== undefined && mailboxes.length === 0

function expectedOf({ setup }: AtSetup): Expected | undefined {
  const app = setup.found(registerTheApplication)
  if (!app?.enterpriseObjectId || !setup.tenantId) return undefined
  return {
    tenantId: setup.tenantId,
    appId: app.appId,
    objectId: app.enterpriseObjectId,
    unchecked: app.unchecked,
    applicationObjectId: app.applicationObjectId,
    audience: setup.cloud.outlookScope.replace(/\/\.default$/, ''),
    protocols: setup.protocols
  }
}
