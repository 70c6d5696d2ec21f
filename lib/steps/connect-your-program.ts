// The summary: everything that a program needs, except the secret.

import { ps, textOf } from '../powershell/quote.ts'
import { createASecret } from './create-a-secret.ts'
import { commandLineToolsAppId } from './directory.ts'
import type { Confirmed } from './register-in-exchange.ts'
import { registerTheApplication } from './register-the-application.ts'
import type { Fact, MailHost, Panel, Setup, Step } from './step.ts'

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
    { kind: 'facts', title: 'What your program needs', facts: connectionFacts(setup) },
    {
      kind: 'notice',
      title: 'Undo all of it',
      says: [
        'First run the undo script on the page Open the mailboxes: it takes the mailbox permissions away and removes the application from Exchange.',
        'Then delete the application under App registrations in the Microsoft Entra admin center. Its enterprise application, its consent and its secrets go with it.'
      ]
    },
    ...takeBack(setup.wizardClientId)
  ]
}

const outlives =
  'The permissions that you allowed the wizard outlive this setup. Your new application does not need them.'

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
          'If you entered the tenant with Microsoft Graph Command Line Tools, open Enterprise applications, Microsoft Graph Command Line Tools, Permissions, and remove Application.ReadWrite.All there. Do not delete the application: other tools sign in with it.'
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

const notConfirmed = 'Not confirmed by a Microsoft source.'

function connectionFacts(setup: Setup): readonly Fact[] {
  const app = setup.found(registerTheApplication)
  const { signIn, outlookScope, imap, pop, smtp, unconfirmed } = setup.cloud
  const host = (name: 'imap' | 'pop' | 'smtp', at: MailHost): Fact => ({
    label: name.toUpperCase(),
    value: `${at.host}, port ${at.port}, ${at.security}`,
    note: unconfirmed.includes(name) ? notConfirmed : undefined
  })
  return [
    { label: 'Application (client) ID', value: app?.appId ?? '', copy: true },
    { label: 'Directory (tenant) ID', value: setup.tenantId ?? '', copy: true },
    { label: 'Token endpoint', value: `${signIn}/${setup.tenantId}/oauth2/v2.0/token`, copy: true },
    {
      label: 'Scope',
      value: outlookScope,
      copy: true,
      note: unconfirmed.includes('outlookScope') ? notConfirmed : 'The same for all three protocols.'
    },
    { label: 'Grant type', value: 'client_credentials', copy: true },
    ...(setup.protocols.includes('IMAP') ? [host('imap', imap)] : []),
    ...(setup.protocols.includes('POP') ? [host('pop', pop)] : []),
    ...(setup.protocols.includes('SMTP') ? [host('smtp', smtp)] : []),
    {
      label: 'Login',
      value: 'SASL XOAUTH2: user=<mailbox address>^Aauth=Bearer <token>^A^A, in Base64 (^A is the byte 1)',
      note: 'The user is the mailbox that is opened, a shared mailbox included.'
    }
  ]
}
