// The form of /tools/powershell: its fields with what was answered, and what is wrong with each.
// The rule it keeps: what looks like a secret, and an ID that is none, does not come back.
import { guidIn, holdsSecret, one } from '../steps/fields.ts'
import { type Field, type FieldProblem, type Input, protocols } from '../steps/step.ts'
import { withoutSecrets } from './mailbox-parameters.ts'
import { type ParameterProblem, type ToolCloud, usualName } from './powershell-query.ts'

/** The form as it stands: untouched when `input` is empty. */
export function toolFields(input: Input, clouds: readonly ToolCloud[]): readonly Field[] {
  const untouched = Object.keys(input).length === 0
  const id = (name: string) => [guidIn(one(input, name)) ?? '']
  const text = (name: string) => [shownAgain(input, name)]
  return [
    {
      name: 'appId',
      label: 'Application (client) ID',
      hint: 'App registrations, your application, Overview.',
      kind: 'text',
      value: id('appId'),
      autoComplete: 'off'
    },
    {
      name: 'objectId',
      label: 'Object ID of the enterprise application',
      hint: 'Enterprise applications, your application, Overview. Not the Object ID that App registrations shows: nothing checks it here, and with the wrong one every login fails.',
      kind: 'text',
      value: id('objectId'),
      autoComplete: 'off'
    },
    {
      name: 'tenantId',
      label: 'Directory (tenant) ID',
      hint: 'On the same Overview page of App registrations. The script stops before it writes when it is connected to another tenant.',
      kind: 'text',
      value: id('tenantId'),
      autoComplete: 'off'
    },
    {
      name: 'displayName',
      label: 'Name of the application',
      hint: 'Exchange Online shows it in its list of applications.',
      kind: 'text',
      value: input.displayName ? text('displayName') : [usualName],
      autoComplete: 'off'
    },
    {
      name: 'mailboxes',
      label: 'Mailboxes',
      hint: 'One address a line, or separated by commas, semicolons or spaces. User and shared mailboxes; not groups. Leave it empty to register the application only.',
      kind: 'lines',
      value: [withoutSecrets([...(input.mailbox ?? []), ...(input.mailboxes ?? [])].join('\n'))]
    },
    {
      name: 'protocol',
      label: 'Protocols to turn on where they are off',
      hint: 'For these mailboxes only. Leave all out to touch no switch.',
      kind: 'some-of',
      value: untouched ? [...protocols] : (input.protocol ?? []).map(value => value.toUpperCase()),
      choices: protocols.map(protocol => ({ value: protocol, label: protocol }))
    },
    {
      name: 'admin',
      label: 'Who runs the script (optional)',
      hint: 'The user name of an Exchange Administrator or Global Administrator.',
      kind: 'text',
      value: text('admin'),
      autoComplete: 'off'
    },
    organizationField(input),
    cloudField(input, clouds)
  ]
}

const shownAgain = (input: Input, name: string) => (holdsSecret(one(input, name)) ? '' : one(input, name))

/** For whoever runs a script as a guest or a partner. */
export const organizationField = (input: Input): Field => ({
  name: 'delegatedOrganization',
  label: 'Client organization, for guests and partners only',
  hint: 'The client’s .onmicrosoft.com domain or tenant ID. Leave it empty when the account belongs to the tenant itself.',
  kind: 'text',
  value: [shownAgain(input, 'delegatedOrganization')],
  autoComplete: 'off'
})

/** The cloud decides how a script connects. */
export const cloudField = (input: Input, clouds: readonly ToolCloud[]): Field => ({
  name: 'cloud',
  label: 'Microsoft cloud',
  kind: 'one-of',
  value: [one(input, 'cloud') || (clouds[0]?.name ?? '')],
  choices: clouds.map(cloud => ({
    value: cloud.name,
    label: cloud.title,
    hint:
      [
        cloud.exchangeEnvironmentName ? `Connects with -ExchangeEnvironmentName ${cloud.exchangeEnvironmentName}.` : '',
        cloud.unconfirmed.length > 0 ? 'Some hosts of this cloud are not confirmed by a Microsoft source.' : ''
      ]
        .filter(Boolean)
        .join(' ') || undefined
  }))
})

/** Problems of parameters as problems of the form's fields, without those that belong to no field. */
export function fieldProblems(problems: readonly ParameterProblem[]): readonly FieldProblem[] {
  return problems
    .map(({ parameter, problem }) => ({ field: parameter === 'mailbox' ? 'mailboxes' : parameter, says: problem }))
    .filter(({ field }) => formNames.has(field))
}

/** Names in an address that no field has. */
export function strangers(problems: readonly ParameterProblem[]): readonly string[] {
  return problems.map(({ parameter }) => parameter).filter(name => name !== 'mailbox' && !formNames.has(name))
}

const formNames = new Set(toolFields({}, []).map(field => field.name))
