// The table's rows: how each door is knocked at, and to whom it belongs. Columns are visitors (access-table.spec.ts).
// The rule it keeps: a new page, handler or action has a row here, or the table fails and names it.
import type { Sending } from './visitor.ts'

export type Row = {
  /** As the route tree names it (routes.ts). */
  door: string
  /** `all`: anybody. `people`: who is signed in. `owner`: who began this setup, and nobody may learn that there is one. */
  for: 'all' | 'people' | 'owner'
  path: (setupId: string) => string
  sending?: (setupId: string) => Sending
  /** What the right visitor gets. */
  opens: number
  /** It ends what the others need, so it is opened last, or not at all. */
  ends?: true
}

const page = (path: string, whose: Row['for'], opens = 200, on = path): Row => ({
  door: `PAGE ${path}`,
  for: whose,
  path: setupId => on.replace('[setupId]', setupId),
  opens
})

const handler = (door: string, whose: Row['for'], on: string, sending: Sending, opens: number): Row => ({
  door,
  for: whose,
  path: setupId => on.replace('[setupId]', setupId),
  sending: () => sending,
  opens
})

/** @param args what is bound to the action; `[setupId]` stands for the setup's ID */
const action = (name: string, whose: Row['for'], on: string, args: readonly string[], form = {}, opens = 200): Row => ({
  door: `ACTION ${name}`,
  for: whose,
  path: setupId => on.replace('[setupId]', setupId),
  sending: setupId => ({
    action: {
      name: name as `${string}#${string}`,
      bound: args.map(arg => (arg.startsWith('{') ? JSON.parse(arg) : arg.replace('[setupId]', setupId))),
      form
    }
  }),
  opens
})

const ids = 'appId=11111111-1111-4111-8111-111111111111&objectId=22222222-2222-4222-8222-222222222222'
const scripts = `/tools/powershell/script.ps1?${ids}&tenantId=33333333-3333-4333-8333-333333333333`
const setup = '/setups/[setupId]'
const step = `${setup}/find-the-tenant`
const pick = `${setup}/open-the-mailboxes/pick`
const stepActions = 'app/setups/[setupId]/[step]/actions.ts'
const atStep = ['[setupId]', 'find-the-tenant']

export const rows: readonly Row[] = [
  page('/', 'all'),
  page('/tools', 'all'),
  page('/tools/explain', 'all'),
  page('/tools/check-output', 'all'),
  page('/tools/own-application', 'all'),
  page('/tools/powershell', 'all'),
  handler('GET /health', 'all', '/health', {}, 200),
  handler('GET /health/ready', 'all', '/health/ready', {}, 200),
  handler('GET /tools/powershell/[file]', 'all', scripts, {}, 200),
  // Programs may post here: it knows nobody, and answers with nothing but what was posted.
  handler('POST /tools/powershell/[file]', 'all', '/tools/powershell/script.ps1', { form: { x: '' } }, 400),
  action('app/tools/explain/actions.ts#explainPasted', 'all', '/tools/explain', [], { error: 'AADSTS7000222' }),
  action('app/tools/check-output/actions.ts#check', 'all', '/tools/check-output', [], { output: 'x' }),
  action('app/tools/powershell/actions.ts#make', 'all', '/tools/powershell', [], { appId: 'x' }),
  handler('POST /sign-in', 'all', '/sign-in', { form: { cloud: 'nowhere', way: 'own' } }, 303),
  handler('GET /auth/callback', 'all', '/auth/callback?state=x&code=y', {}, 303),

  page('/setups', 'people'),
  page('/setups/new', 'people'),
  action('app/setups/new/actions.ts#begin', 'people', '/setups/new', [], { name: '' }),

  page(setup, 'owner', 307),
  page(`${setup}/[step]`, 'owner', 200, step),
  page(`${setup}/[step]/pick`, 'owner', 200, pick),
  page(`${setup}/diary`, 'owner'),
  handler(`GET ${setup}/diary/export.csv`, 'owner', `${setup}/diary/export.csv`, {}, 200),
  handler(`GET ${setup}/diary/export.json`, 'owner', `${setup}/diary/export.json`, {}, 200),
  handler(
    `GET ${setup}/[step]/scripts/[script]`,
    'owner',
    `${setup}/register-in-exchange/scripts/register-in-exchange`,
    {},
    200
  ),
  handler(`POST ${setup}/enter`, 'owner', `${setup}/enter`, { form: { way: 'nowhere' } }, 303),
  handler(`POST ${setup}/[step]/run`, 'owner', `${step}/run`, { form: { all: 'no' } }, 303),
  handler(`POST ${setup}/[step]/prove`, 'owner', `${setup}/test-the-connection/prove`, { form: { which: 'all' } }, 303),
  handler(`GET ${setup}/[step]/results.csv`, 'owner', `${setup}/test-the-connection/results.csv`, {}, 200),
  handler(`POST ${setup}/[step]/secret`, 'owner', `${setup}/create-a-secret/secret`, { form: { word: 'forget' } }, 303),
  action(`${stepActions}#answer`, 'owner', step, atStep, { x: '' }),
  action(`${stepActions}#tell`, 'owner', step, atStep, { tenant: '' }),
  action(`${stepActions}#confirm`, 'owner', step, atStep),
  action(`${stepActions}#receive`, 'owner', step, atStep, { output: 'x' }),
  action(`${stepActions}#hold`, 'owner', step, atStep, { clientSecret: '' }),
  action(
    'app/setups/[setupId]/[step]/pick/actions.ts#add',
    'owner',
    pick,
    ['[setupId]', 'open-the-mailboxes', '{"search":""}'],
    { mailbox: '' }
  ),
  {
    ...action('app/setups/[setupId]/diary/actions.ts#forget', 'owner', `${setup}/diary`, ['[setupId]'], {}, 200),
    ends: true
  },
  // It ends the session of whoever asks; of a stranger, nothing.
  { ...handler('POST /sign-out', 'all', '/sign-out', { form: {} }, 303), ends: true }
]
