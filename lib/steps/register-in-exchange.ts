// Exchange Online has to be told of the enterprise application, by its own PowerShell: no API does it.
// The rule it keeps: the page shows both Object IDs, and the script carries the right one.

import { knownOf } from '../powershell/known.ts'
import { textOf } from '../powershell/quote.ts'
import { repairScript } from '../powershell/repair.ts'
import { registerScript, snippets } from '../powershell/script.ts'
import { isDomainName, isOrganization, isUserName, type ScriptInput } from '../powershell/script-input.ts'
import { type Confirmed, principalStands, repairFits } from './exchange-stands.ts'
import { holdsSecret, one } from './fields.ts'
import { registerTheApplication } from './register-the-application.ts'
import { objectIdUnknown, type Runner, scriptInput, scriptPanel, suggestedRunner, whereToRun } from './scripts.ts'
import type { Form, Panel, Setup, Step } from './step.ts'

const runner: Form<Runner> = {
  submit: 'Put it into the scripts',
  folded: 'Somebody else runs it',
  fields: setup => {
    const value = setup.answered(registerInExchange) ?? suggestedRunner(setup)
    return [
      {
        name: 'admin',
        label: 'Who runs the script',
        hint: 'The user name of an Exchange Administrator or Global Administrator. It may be somebody else than you.',
        kind: 'text',
        value: [value.admin ?? ''],
        autoComplete: 'off'
      },
      {
        name: 'delegatedOrganization',
        label: 'Client organization, for guests and partners only',
        hint: 'The client’s .onmicrosoft.com domain or tenant ID. Leave it empty when the account belongs to the tenant itself.',
        kind: 'text',
        value: [value.delegatedOrganization ?? ''],
        autoComplete: 'off'
      },
      {
        name: 'organization',
        label: 'Name of the organization in Exchange',
        hint: 'Leave it empty, unless a script stopped because Exchange calls the organization by another name. If that name is right, enter it.',
        kind: 'text',
        value: [value.organization ?? ''],
        autoComplete: 'off'
      }
    ]
  },
  parse(input) {
    const admin = one(input, 'admin')
    const delegatedOrganization = one(input, 'delegatedOrganization')
    const organization = one(input, 'organization')
    const problems = []
    for (const field of ['admin', 'delegatedOrganization', 'organization'])
      if (holdsSecret(one(input, field)))
        problems.push({ field, says: 'This looks like a client secret. It was not kept. No script needs a secret.' })
    if (admin && !isUserName(admin))
      problems.push({ field: 'admin', says: 'Enter a user name like admin@contoso.com, or leave it empty.' })
    if (delegatedOrganization && !isOrganization(delegatedOrganization))
      problems.push({
        field: 'delegatedOrganization',
        says: 'Enter a domain like contoso.onmicrosoft.com, or leave it empty.'
      })
    if (organization && !isDomainName(organization))
      problems.push({
        field: 'organization',
        says: 'Enter the name that the script showed, like contoso.onmicrosoft.com, or leave it empty.'
      })
    if (problems.length > 0) return { ok: false, problems }
    return {
      ok: true,
      value: {
        admin: admin || undefined,
        delegatedOrganization: delegatedOrganization || undefined,
        organization: organization || undefined
      }
    }
  }
}

export const registerInExchange: Step<Runner, Confirmed> = {
  id: 'register-in-exchange',
  title: 'Register the application in Exchange',
  why: 'Exchange Online keeps its own list of applications. It wants the Object ID of the enterprise application; with any other one the command may well succeed, and every login fails.',
  needs: [registerTheApplication],
  permissions: [],
  asks: runner,

  async check(_tenant, setup) {
    const app = setup.found(registerTheApplication)
    const seen = app && principalStands(setup, app)
    return seen ?? { kind: 'unseen', question: 'Did the script end with a receipt that lists no failures?' }
  },

  manual: () => ({
    where: 'Exchange Online PowerShell',
    clicks: [{ says: 'Run the commands above, one after another, in one PowerShell window' }],
    confirms: {
      says: 'The script ran, and Get-ServicePrincipal shows this application with the Object ID of the enterprise application.',
      found: { confirmed: true }
    }
  }),

  panels(setup): readonly Panel[] {
    const input = scriptInput(setup, registerInExchange)
    if (!input) return [objectIdUnknown]
    return [
      idsPanel(setup, input.objectId),
      ...repairPanel(setup, input),
      scriptPanel(
        setup,
        'register-in-exchange',
        'The script for this step',
        'It checks where it is connected before it writes, can be run again without harm, and ends with a receipt.',
        registerScript(input)
      ),
      whereToRun,
      {
        kind: 'snippets',
        title: 'The same, command by command',
        snippets: snippets(input)
          .filter(snippet => !snippet.id.includes('mailbox') && !snippet.id.includes('protocol'))
          .map(snippet => ({ ...snippet, code: textOf(snippet.code) }))
      }
    ]
  }
}

/** Only where Exchange was seen to have another Object ID: Set-ServicePrincipal cannot change it. And only where the setup's own
 *  is checked: Exchange may have the right one. */
export function repairPanel(setup: Setup, input: ScriptInput): readonly Panel[] {
  if (setup.found(registerTheApplication)?.unchecked) return []
  const { principals } = knownOf(setup.exchange, input)
  if (!principals || !repairFits(principals.value, input.objectId)) return []
  const why =
    'It removes the entry with the wrong Object ID, registers the application again, and opens its mailboxes again.'
  return [scriptPanel(setup, 'repair', 'Repair the Object ID', why, repairScript(input))]
}

export const idsPanel = (setup: Setup, enterprise: string): Panel => ({
  kind: 'ids',
  application: setup.found(registerTheApplication)?.applicationObjectId,
  enterprise,
  unchecked: setup.found(registerTheApplication)?.unchecked === true,
  why: 'One application has two Object IDs. App registrations shows the one of the registration, Enterprise applications the one of the service principal in this tenant. Exchange Online compares the second with the sign-in, and only that one works.'
})
