// Every gate shut alone in the practice tenant: a real token, real logins, and where the server's words do not suffice the
// diagnosis script in the Exchange console. Each gets that gate's name and no other.
import tls from 'node:tls'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { findSignIn, runScript } from '../../practice-tenant/exchange/run.ts'
import { addRecipient } from '../../practice-tenant/exchange/state.ts'
import type { Tenant } from '../../practice-tenant/state.ts'
import type { SeededIds } from '../../practice-tenant/worlds/applications.ts'
import { type Ground, openGround } from '../../test-data/contract/tenant.ts'
import { appToken } from '../microsoft/app-token.ts'
import { logIn, sendTestMessage } from '../microsoft/mail/log-in.ts'
import { diagnosisScript } from '../powershell/diagnosis.ts'
import { evidenceOf } from '../powershell/output/evidence.ts'
import { readOutput } from '../powershell/output/read.ts'
import { type PowerShell, textOf } from '../powershell/quote.ts'
import { repairScript } from '../powershell/repair.ts'
import { mailboxesScript, wholeScript } from '../powershell/script.ts'
import type { ScriptInput } from '../powershell/script-input.ts'
import { sendAsScript } from '../powershell/send-as.ts'
import { switchesScript } from '../powershell/switches.ts'
import { mailHostOf, type Protocol, protocols } from '../steps/step.ts'
import { diagnose } from './diagnose.ts'
import type { Evidence, Expected, LoginEvidence } from './evidence.ts'
import { type Diagnosis, type Fix, type GateId, gateIds } from './gate.ts'

vi.mock('../microsoft/http.ts', () => import('../../test-data/contract/http.ts'))

const usual = 'invoices@contoso.example'
let ground: Ground
let ids: SeededIds
let secret: string

beforeAll(async () => {
  ground = await openGround()
  const connect = tls.connect
  // Trust is all that is arranged: Node takes NODE_EXTRA_CA_CERTS only when it starts.
  vi.spyOn(tls, 'connect').mockImplementation(((options: tls.ConnectionOptions, done?: () => void) =>
    connect({ ...options, ca: [ground.practice.certificatePem] }, done)) as typeof tls.connect)
})
afterAll(async () => {
  vi.restoreAllMocks()
  await ground.stop()
})
beforeEach(() => {
  ground.practice.control.settings({ mailDelayTries: 0 })
  const seeded = ground.practice.control.reset({ world: 'finished' })
  if (!seeded?.servicePrincipalId) throw new Error('The finished world has an enterprise application')
  ids = seeded
  secret = seeded.secrets[0]?.secretText ?? ''
})

const tenantId = () => ground.practice.control.tenant().id
/** The tenant itself, to change what no control does. */
function tenantOf(): Tenant {
  const tenant = ground.practice.practice.state.tenants.find(({ id }) => id === tenantId())
  if (!tenant) throw new Error('There is no tenant')
  return tenant
}
const expected = (): Expected => ({
  tenantId: tenantId(),
  appId: ids.appId,
  objectId: ids.servicePrincipalId ?? '',
  applicationObjectId: ids.applicationId,
  audience: ground.cloud.outlookScope.replace(/\/\.default$/, ''),
  protocols
})

/** One try, as the wizard makes it; the message only where one is asked for. */
async function tryIt(address: string, protocol: Protocol, send: boolean): Promise<Pick<Evidence, 'token' | 'logins'>> {
  const at = new Date().toISOString()
  const answer = await appToken(ground.cloud, tenantId(), ids.appId, secret)
  if (!answer.ok) return { token: { kind: 'refused', at, problem: answer.problem }, logins: [] }
  const { aud, tid, appid, oid, roles, exp } = answer.claims
  const expiresAt = new Date(exp * 1000).toISOString()
  const token = {
    kind: 'given',
    at,
    audience: aud,
    tenantId: tid,
    appId: appid,
    objectId: oid,
    roles,
    expiresAt
  } as const
  const host = mailHostOf(ground.cloud, protocol)
  const result = await logIn(protocol, host, address, answer.token)
  const login = (given: LoginEvidence['result']): LoginEvidence => ({ address, protocol, at, result: given })
  if (!send || result.kind !== 'accepted') return { token, logins: [login(result)] }
  const sent = await sendTestMessage(host, address, answer.token, { subject: 'Test', body: 'Test' })
  return { token, logins: [login('at' in sent ? { ...result, sent } : sent)] }
}

const input = (address: string, of: readonly Protocol[]): ScriptInput => ({
  setupId: 'alone',
  name: 'Invoices',
  tenantId: tenantId(),
  appId: ids.appId,
  objectId: ids.servicePrincipalId ?? '',
  protocols: of,
  mailboxes: [address],
  admin: 'ada@contoso.example'
})

/** Runs a script as Ada and reads what it printed. */
async function look(script: PowerShell) {
  const who = findSignIn(ground.practice.practice, 'ada@contoso.example')
  if (!who) throw new Error('Ada has gone')
  const request = { script: textOf(script), as: 'ada@contoso.example' }
  const { output } = runScript(ground.practice.practice, request, who, () => new Date())
  const looks = await evidenceOf(readOutput(output), expected(), new Date().toISOString())
  return [...looks].reverse()
}

type Case = {
  gate: GateId
  protocol: Protocol
  shut(): void | Promise<void>
  address?: string
  send?: boolean
  /** Whether the server's own words, or the token, name the gate. */
  byWords?: boolean
  fix?: Fix['script']
}

const exchange = (change: Parameters<Ground['practice']['control']['exchange']>[0]) =>
  ground.practice.control.exchange(change)

const reading = ['IMAP', 'POP'] as const
const cases: readonly Case[] = [
  ...protocols.map(
    (protocol): Case => ({
      gate: 'secret-accepted',
      protocol,
      byWords: true,
      shut: () => {
        secret = 'wrong~secret-0123456789'
      }
    })
  ),
  ...protocols.map(
    (protocol): Case => ({ gate: 'token-right', protocol, byWords: true, shut: () => dropRole(protocol) })
  ),
  ...protocols.map(
    (protocol): Case => ({
      gate: 'principal-known',
      protocol,
      fix: 'register',
      shut: () => exchange({ servicePrincipal: { appId: ids.appId, objectId: null } })
    })
  ),
  ...protocols.map(
    (protocol): Case => ({
      gate: 'object-id-right',
      protocol,
      fix: 'repair',
      shut: () => exchange({ servicePrincipal: { appId: ids.appId, objectId: ids.applicationId } })
    })
  ),
  ...(['legacy@contoso.example', 'sales@contoso.example', 'nobody@contoso.example'] as const).flatMap(address =>
    protocols.map(
      (protocol): Case => ({ gate: 'mailbox-in-exchange-online', protocol, address, shut: () => undefined })
    )
  ),
  ...reading.map(
    (protocol): Case => ({
      gate: 'mailbox-grants-access',
      protocol,
      fix: 'mailboxes',
      shut: () => exchange({ grant: { mailbox: usual, appId: ids.appId, fullAccess: false } })
    })
  ),
  {
    gate: 'mailbox-grants-access',
    protocol: 'SMTP',
    send: true,
    byWords: true,
    fix: 'mailboxes',
    shut: () => exchange({ grant: { mailbox: usual, appId: ids.appId, fullAccess: false } })
  },
  {
    gate: 'protocol-on',
    protocol: 'IMAP',
    fix: 'switches',
    shut: () => exchange({ mailbox: { address: usual, imapEnabled: false } })
  },
  {
    gate: 'protocol-on',
    protocol: 'POP',
    fix: 'switches',
    shut: () => exchange({ mailbox: { address: usual, popEnabled: false } })
  },
  {
    gate: 'smtp-auth-on',
    protocol: 'SMTP',
    fix: 'switches',
    shut: () => exchange({ mailbox: { address: usual, smtpClientAuthenticationDisabled: true } })
  },
  {
    gate: 'smtp-auth-on',
    protocol: 'SMTP',
    byWords: true,
    fix: 'switches',
    shut: () =>
      exchange({
        mailbox: { address: usual, smtpClientAuthenticationDisabled: null },
        transport: { smtpClientAuthenticationDisabled: true }
      })
  },
  {
    gate: 'no-security-defaults',
    protocol: 'SMTP',
    byWords: true,
    shut: () => ground.practice.control.tenantSettings({ securityDefaults: true })
  },
  {
    gate: 'may-send-as',
    protocol: 'SMTP',
    address: 'upn@contoso.example',
    send: true,
    byWords: true,
    fix: 'send-as',
    // A user principal name that is none of the mailbox's addresses logs in, and may not be the sender.
    shut: () => {
      const { exchange } = tenantOf()
      if (!exchange) throw new Error('The tenant has no Exchange')
      const { [usual]: mailbox } = exchange.recipients
      if (mailbox) addRecipient(exchange, { ...mailbox, userPrincipalName: 'upn@contoso.example' })
    }
  },
  ...protocols.map(
    (protocol): Case => ({
      gate: 'time-passed',
      protocol,
      shut: () => void ground.practice.control.settings({ mailDelayTries: 1 })
    })
  )
]

/** Takes consent for one protocol back, as an admin would in the portal. */
function dropRole(protocol: Protocol): void {
  const tenant = tenantOf()
  const role = { IMAP: 'IMAP.AccessAsApp', POP: 'POP.AccessAsApp', SMTP: 'SMTP.SendAsApp' }[protocol]
  const roleId = tenant.servicePrincipals.flatMap(({ appRoles }) => appRoles).find(({ value }) => value === role)?.id
  tenant.appRoleAssignments = tenant.appRoleAssignments.filter(({ appRoleId }) => appRoleId !== roleId)
}

const makers = {
  register: wholeScript,
  repair: repairScript,
  mailboxes: mailboxesScript,
  switches: switchesScript,
  'send-as': sendAsScript
}
const names = ({ shut }: Diagnosis) => shut.map(({ gate }) => gate)

describe('a gate that is shut alone', () => {
  test('with every gate open nothing is shut, and every login is proved', async () => {
    for (const protocol of protocols) {
      const tried = await tryIt(usual, protocol, protocol === 'SMTP')
      const found = diagnose(expected(), { ...tried, exchange: [], changedAt: undefined }, usual, protocol, new Date())
      expect([protocol, found.outcome, names(found), found.said]).toEqual([protocol, 'proved', [], undefined])
    }
  })

  test.each(cases)('$gate by $protocol $address is named, and no other; its script opens it', async one => {
    const { gate, protocol, address = usual, send = false, byWords = false, fix } = one
    await one.shut()
    const changedAt = gate === 'time-passed' ? new Date(Date.now() - 60_000).toISOString() : undefined
    const tried = await tryIt(address, protocol, send)
    const of = (exchangeSeen: Evidence['exchange'], now = tried) =>
      diagnose(expected(), { ...now, exchange: exchangeSeen, changedAt }, address, protocol, new Date())
    const first = of([])
    expect(first.outcome).toBe('refused')
    expect(names(first)).toEqual(byWords ? [gate] : [])
    let found = first
    if (!byWords) {
      expect(first.candidates.length).toBeGreaterThan(0)
      expect(first.next).toBe('diagnosis-script')
      found = of(await look(diagnosisScript(input(address, protocols))))
      expect(names(found)).toEqual([gate])
    }
    expect(found.shut[0]?.fix.script).toBe(fix)
    if (!fix) return
    await look(makers[fix](input(address, fix === 'switches' ? [protocol] : [])))
    const after = await tryIt(address, protocol, send)
    expect(after.logins[0]?.result.kind).toBe('accepted')
    expect(names(of([], after))).toEqual([])
  })

  test('each gate is among them', () => {
    expect(new Set(cases.map(({ gate }) => gate))).toEqual(new Set(gateIds))
  })
})
