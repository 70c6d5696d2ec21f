// What the Exchange steps give to the script writer, and how its scripts become panels of a page.
import { type PowerShell, textOf } from '../powershell/quote.ts'
import { scriptFile } from '../powershell/script-file.ts'
import { nameForScripts, type ScriptInput } from '../powershell/script-input.ts'
import { findTheTenant } from './find-the-tenant.ts'
import { registerTheApplication } from './register-the-application.ts'
import type { Panel, Setup, Step } from './step.ts'

/** Who runs the script. `organization`: Exchange's own name for it, where somebody said that it is another than the initial
 *  domain. */
export type Runner = { admin?: string; delegatedOrganization?: string; organization?: string }

/** Everything the scripts need, or undefined while the tenant or the right Object ID is not known. */
export function scriptInput(setup: Setup, runs: Step<Runner>): ScriptInput | undefined {
  const tenant = setup.found(findTheTenant)
  const app = setup.found(registerTheApplication)
  if (!setup.tenantId || !app?.enterpriseObjectId) return undefined
  const runner = setup.answered(runs) ?? suggestedRunner(setup)
  return {
    setupId: setup.id,
    // Microsoft Entra takes names with invisible characters, which no script takes.
    name: nameForScripts(app.displayName, setup.name) ?? app.appId,
    tenantId: setup.tenantId,
    initialDomain: runner.organization ?? tenant?.initialDomain,
    appId: app.appId,
    objectId: app.enterpriseObjectId,
    protocols: setup.protocols,
    mailboxes: setup.mailboxes,
    admin: runner.admin,
    // Whoever entered as a guest left the tenant's ID; its domain reads better, where it is known.
    delegatedOrganization:
      runner.delegatedOrganization === setup.tenantId
        ? (tenant?.initialDomain ?? setup.tenantId)
        : runner.delegatedOrganization,
    exchangeEnvironmentName: setup.cloud.exchangeEnvironmentName
  }
}

/** The admin who is signed in runs it; a guest or partner names the client's organization.
 *  https://learn.microsoft.com/powershell/module/exchange/connect-exchangeonline */
export function suggestedRunner(setup: Setup): Runner {
  if (!setup.admin) return {}
  const organization = setup.found(findTheTenant)?.initialDomain ?? setup.tenantId
  return { admin: setup.admin.username, delegatedOrganization: setup.admin.guest ? organization : undefined }
}

export function scriptPanel(
  setup: Setup,
  id: string,
  title: string,
  why: string,
  script: PowerShell,
  folded = false
): Extract<Panel, { kind: 'script' }> {
  const { bytes, fileName } = scriptFile(script, `${setup.name} ${id}`)
  return { kind: 'script', id, title, why, fileName, code: textOf(script), bytes, folded }
}

export const objectIdUnknown: Extract<Panel, { kind: 'notice' }> = {
  kind: 'notice',
  title: 'The Object ID of the enterprise application is not known yet',
  says: [
    'Paste it on the page Register the application.',
    'Or paste the client secret on the page Create a client secret: the wizard then reads the right Object ID from a token.'
  ]
}

export const whereToRun: Panel = {
  kind: 'notice',
  title: 'Where to run it',
  says: [
    'Open a fresh window of Windows PowerShell 5.1 or PowerShell 7.6 or newer, as yourself; you need not be an administrator of the computer. A window that already loaded other Microsoft modules may fail to connect.',
    'If scripts are not allowed, run Set-ExecutionPolicy -Scope Process RemoteSigned in that window first.',
    'If you downloaded the script, run Unblock-File on it, then start it with its path.',
    'If the sign-in hangs or never shows, add -DisableWAM to Connect-ExchangeOnline.'
  ]
}
