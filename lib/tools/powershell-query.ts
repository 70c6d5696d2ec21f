// What /tools/powershell is asked for, read from an address or a form, and written as an address again.
// The rule it keeps: everything that is wrong is named at once, by its parameter, and nothing that could be a secret is
// repeated.
import { type ScriptInput, scriptProblems } from '../powershell/script.ts'
import { holdsSecret, one, readName } from '../steps/fields.ts'
import { type Cloud, type Input, type Protocol, protocols } from '../steps/step.ts'
import { mailboxesMax, readMailboxParameters } from './mailbox-parameters.ts'
import { readIds } from './pasted-ids.ts'
import { secretRefused } from './secret-shape.ts'

/** The parameters in the order in which an address has them. A form may give `mailboxes`, a list as people paste it. */
export const parameters = [
  'appId',
  'objectId',
  'tenantId',
  'displayName',
  'cloud',
  'protocol',
  'admin',
  'delegatedOrganization',
  'mailbox'
] as const
const repeated: readonly string[] = ['protocol', 'mailbox']

/** Up to so many mailboxes fit into an address; more are posted. */
export const mailboxesByAddressMax = 100
/** Characters of a query: Node reads 16 KiB of headers, and many proxies 8 KiB of the first line. */
export const queryLengthMax = 6_000
export const problemsMax = 100

export type ToolCloud = Pick<Cloud, 'name' | 'title' | 'exchangeEnvironmentName' | 'unconfirmed'>

export type Asked = {
  appId: string
  /** Object ID of the enterprise application. Nothing checks it here. */
  objectId: string
  tenantId: string
  displayName: string
  cloud: ToolCloud
  protocols: readonly Protocol[]
  mailboxes: readonly string[]
  admin?: string
  delegatedOrganization?: string
}

export type ParameterProblem = { parameter: string; problem: string }
export type ReadAsked = { ok: true; asked: Asked } | { ok: false; problems: readonly ParameterProblem[] }

/** What stands for a name where none is given: the same that a setup suggests. */
export const usualName = 'Mail connector'

/** Every parameter with all its values. */
export function inputOfQuery(query: URLSearchParams): Input {
  const input = new Map<string, string[]>()
  for (const [name, value] of query) {
    const values = input.get(name)
    if (values) values.push(value)
    else input.set(name, [value])
  }
  return Object.fromEntries(input)
}

/** Reads what is asked for. Empty values count as left out; without a protocol no protocol switch is touched. */
export function readAsked(input: Input, clouds: readonly ToolCloud[], by: 'address' | 'form'): ReadAsked {
  const problems = parameterProblems(input, by)
  const say = (parameter: string, problem: string) => problems.push({ parameter, problem })
  const ids = readIds(input)
  problems.push(...ids.problems)

  const name = readName(one(input, 'displayName') || usualName)
  if (holdsSecret(one(input, 'displayName'))) say('displayName', secretRefused('name of the application'))
  else if (typeof name !== 'string') say('displayName', name.says)

  const cloud = readCloud(input, clouds)
  problems.push(...cloud.problems)

  const wanted = (input.protocol ?? []).map(value => value.trim().toUpperCase()).filter(Boolean)
  if (wanted.some(value => !protocols.some(protocol => protocol === value)))
    say('protocol', 'A protocol is IMAP, POP or SMTP.')

  const list = readMailboxParameters(input)
  problems.push(...list.problems)
  if (by === 'address' && list.mailboxes.length > mailboxesByAddressMax)
    say(
      'mailbox',
      `An address takes up to ${mailboxesByAddressMax} mailboxes, and this one has ${list.mailboxes.length}. Send the same by POST, as a form; it takes up to ${mailboxesMax}.`
    )

  const asked: Asked = {
    ...ids.found,
    displayName: typeof name === 'string' ? name : usualName,
    cloud: cloud.found,
    protocols: protocols.filter(protocol => wanted.includes(protocol)),
    mailboxes: list.mailboxes,
    admin: one(input, 'admin') || undefined,
    delegatedOrganization: one(input, 'delegatedOrganization') || undefined
  }
  problems.push(...runnerProblems(asked))
  return problems.length > 0 ? { ok: false, problems: problems.slice(0, problemsMax) } : { ok: true, asked }
}

/** The cloud that is named, the first where none is. */
export function readCloud(
  input: Input,
  clouds: readonly ToolCloud[]
): { found: ToolCloud; problems: readonly ParameterProblem[] } {
  const name = one(input, 'cloud') || clouds[0]?.name
  const found = clouds.find(candidate => candidate.name === name)
  if (found) return { found, problems: [] }
  const problem = `Choose one of these clouds: ${clouds.map(candidate => candidate.name).join(', ')}.`
  return { found: { name: '', title: '', unconfirmed: [] }, problems: [{ parameter: 'cloud', problem }] }
}

/** Names that no parameter has, and parameters that came twice. A name that is no plain word is not repeated. */
function parameterProblems(input: Input, by: 'address' | 'form'): ParameterProblem[] {
  const known: readonly string[] = by === 'form' ? [...parameters, 'mailboxes'] : parameters
  const problems: ParameterProblem[] = []
  for (const [name, values] of Object.entries(input)) {
    if (problems.length >= problemsMax) break
    if (!known.includes(name))
      problems.push({
        parameter: /^[A-Za-z]{1,24}$/.test(name) ? name : 'unknown',
        problem: `There is no such parameter. The parameters are ${known.join(', ')}.`
      })
    else if (values.length > 1 && !repeated.includes(name) && name !== 'mailboxes')
      problems.push({ parameter: name, problem: 'Give this once.' })
  }
  return problems
}

/** Who runs the script, by the script's own rules. */
export function runnerProblems(asked: Asked): readonly ParameterProblem[] {
  const labels = { admin: 'user name of the admin', delegatedOrganization: 'client organization' } as const
  const wrong = scriptProblems(scriptInputOf(asked))
  return (['admin', 'delegatedOrganization'] as const).flatMap(parameter => {
    const text = asked[parameter]
    if (text && holdsSecret(text)) return [{ parameter, problem: secretRefused(labels[parameter]) }]
    const problem = wrong.find(candidate => candidate.field === parameter)?.says
    return problem ? [{ parameter, problem }] : []
  })
}

/** A receipt of such a script belongs to no setup. */
export const noSetup = 'no-setup'

/** What the script writer is given. */
export const scriptInputOf = ({ displayName, cloud, ...asked }: Asked): ScriptInput => ({
  ...asked,
  setupId: noSetup,
  name: displayName,
  exchangeEnvironmentName: cloud.exchangeEnvironmentName
})

/** The query of an address that asks for the same, without its question mark. */
export function queryOf(asked: Asked): string {
  const query = new URLSearchParams()
  for (const [name, value] of pairsOf(asked)) query.append(name, value)
  return query.toString()
}

/** Every parameter and value, mailboxes last. */
export function pairsOf(asked: Asked): readonly (readonly [name: string, value: string])[] {
  const { appId, objectId, tenantId, displayName, cloud, admin, delegatedOrganization } = asked
  return [
    ['appId', appId],
    ['objectId', objectId],
    ['tenantId', tenantId],
    ['displayName', displayName],
    ['cloud', cloud.name],
    ...asked.protocols.map(protocol => ['protocol', protocol] as const),
    ...(admin ? [['admin', admin] as const] : []),
    ...(delegatedOrganization ? [['delegatedOrganization', delegatedOrganization] as const] : []),
    ...asked.mailboxes.map(mailbox => ['mailbox', mailbox] as const)
  ]
}

/** Whether an address can hold all of it. */
export function fitsAddress(asked: Asked): boolean {
  return asked.mailboxes.length <= mailboxesByAddressMax && queryOf(asked).length <= queryLengthMax
}
