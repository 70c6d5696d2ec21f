// The summary: everything that a program needs, except the secret.

import { ps, textOf } from '../powershell/quote.ts'
import { connectionFacts } from '../samples/connection.ts'
import { programsFor } from '../samples/programs.ts'
import { type SampleInput, secretVariable } from '../samples/sample.ts'
import { samplesFor, secretSnippets } from '../samples/samples.ts'
import { createASecret } from './create-a-secret.ts'
import { commandLineToolsAppId } from './directory.ts'
import type { Confirmed } from './exchange-stands.ts'
import { registerTheApplication } from './register-the-application.ts'
import type { Panel, Setup, Step } from './step.ts'

export const connectYourProgram: Step<never, Confirmed> = {
  id: 'connect-your-program',
  title: 'Connect your program',
  why: 'Enter these values where your program asks for them. The client secret is the one that you stored.',
  needs: [registerTheApplication, createASecret],
  permissions: [],

  async check() {
    return { kind: 'unseen', question: 'Are the values entered in your program?' }
  },

  manual: () => ({
    where: 'your program',
    clicks: [],
    confirms: { says: 'The values are entered in my program.', found: { confirmed: true } }
  }),

  panels: setup => [
    ...connection(setup),
    {
      kind: 'notice',
      title: 'Undo all of it',
      says: [
        'First run the undo script on the page Open the mailboxes: it takes the mailbox permissions, Send As included, away and removes the application from Exchange. Where the account may not look at Send As, the entry stays and the script says so.',
        'Then delete the application under App registrations in the Microsoft Entra admin center. Its enterprise application, its consent and its secrets go with it.'
      ]
    },
    ...takeBack(setup.wizardClientId)
  ]
}

/** What there is to enter, to run and to set, with the setup's own values. */
function connection(setup: Setup): readonly Panel[] {
  const app = setup.found(registerTheApplication)
  if (!app || !setup.tenantId) return []
  const { tenantId, cloud, protocols, mailboxes } = setup
  const [mailbox = 'mailbox@example.com'] = mailboxes
  const input: SampleInput = { clientId: app.appId, tenantId, cloud, mailbox, protocols }
  return [
    { kind: 'facts', title: 'What your program needs', facts: connectionFacts(input) },
    {
      kind: 'samples',
      title: 'Code to read and to send',
      why: `Complete files with the values of this setup, for the mailbox ${mailbox}. The client secret stands in none of them: each reads it from the environment variable ${secretVariable}.`,
      first: secretSnippets,
      samples: samplesFor(input)
    },
    {
      kind: 'programs',
      title: 'Programs that connect in this way',
      why: 'What to enter in each, as its own public documentation tells. None of them was tried by us.',
      programs: programsFor(input)
    }
  ]
}

const outlives =
  'If you entered the tenant here, the permissions that you allowed the wizard outlive this setup. Your new application does not need them.'

/** All that entering a tenant may have asked for besides User.Read: to look only, to do the steps, where Microsoft refused
 *  consent without more, and to pick from the directory. */
const mayBeAllowed =
  'Application.ReadWrite.All, Application.Read.All, AppRoleAssignment.ReadWrite.All and User.ReadBasic.All'

/** What was allowed to the wizard, and how to remove it. Microsoft's command line client serves others too: it stays.
 *  https://learn.microsoft.com/powershell/module/microsoft.graph.applications/remove-mgserviceprincipalbyappid */
function takeBack(clientId: string | undefined): readonly Panel[] {
  const title = 'Take back what the wizard was allowed'
  if (!clientId || clientId === commandLineToolsAppId)
    return [
      {
        kind: 'notice',
        title,
        says: [
          outlives,
          `If that was with Microsoft Graph Command Line Tools, open Enterprise applications, Microsoft Graph Command Line Tools, Permissions, and remove those of these that are there and that no other tool needs: ${mayBeAllowed}. Do not delete the application: other tools sign in with it.`
        ]
      }
    ]
  return [
    {
      kind: 'notice',
      title,
      says: [
        outlives,
        `In the Microsoft Entra admin center open Enterprise applications, search for ${clientId}, choose Properties, and choose Delete. Or run the command below in Microsoft Graph PowerShell.`
      ]
    },
    {
      kind: 'snippets',
      title: 'The same in one command',
      snippets: [
        {
          id: 'take-back',
          title: 'Remove the wizard’s application from this tenant',
          why: 'Everybody who uses the wizard in this tenant has to allow it again afterwards.',
          code: textOf(ps`Remove-MgServicePrincipalByAppId -AppId ${clientId}`)
        }
      ]
    }
  ]
}
