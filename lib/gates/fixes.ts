// What opens each gate, in words, with the step of the wizard and the script for just that.
// The rule it keeps: security defaults are decided with the admin; no script touches them.

import { removeDenial, removeEntry, showGrants } from '../powershell/by-hand.ts'
import type { Protocol } from '../steps/step.ts'
import type { Fix } from './gate.ts'

const runIt = 'Run the script in Exchange Online PowerShell, paste its receipt, and test again.'

export const register: Fix = {
  says: [
    'Register the application in Exchange Online with the Object ID of its enterprise application. The script opens its mailboxes too, as a new entry has been granted none.',
    runIt
  ],
  script: 'register',
  stepId: 'register-in-exchange'
}

export const repair: Fix = {
  says: [
    'Give Exchange Online the right Object ID: the script removes the wrong entry, registers the application again and opens the mailboxes again. Set-ServicePrincipal cannot change it.',
    runIt
  ],
  script: 'repair',
  stepId: 'register-in-exchange'
}

/** No script is offered: it would carry the wrong Object ID of the setup. */
export const correctTheSetup = (right: string): Fix => ({
  says: [
    `Correct the Object ID in this setup first: the token names ${right}, and the token is right.`,
    'Repair the entry in Exchange Online after that.'
  ],
  stepId: 'register-the-application'
})

/** No script is offered: it would stop, as it does not choose between several entries. */
export const removeTheWrongEntries = (wrong: readonly string[]): Fix => ({
  says: [
    `Remove the wrong entries one by one: ${wrong.map(removeEntry).join('; ')}`,
    'Register the application in Exchange Online after that, and open its mailboxes.'
  ],
  stepId: 'register-in-exchange'
})

/** No script is offered: what opens a mailbox adds an entry that allows, and the one that denies wins.
 *  https://learn.microsoft.com/powershell/module/exchangepowershell/add-mailboxpermission */
export const removeTheDenial = (user: string): Fix => ({
  says: [
    `Remove the entry that denies, then open the mailbox: ${removeDenial(user)}`,
    `Run ${showGrants()} and paste all that it prints: it shows whether the entry is gone. Then test again.`
  ],
  stepId: 'open-the-mailboxes'
})

export const openTheMailbox: Fix = {
  says: ['Open the mailbox to the application with FullAccess (Add-MailboxPermission).', runIt],
  script: 'mailboxes',
  stepId: 'open-the-mailboxes'
}

export const chooseAnother = (what: string): Fix => ({
  says: [
    what,
    'Choose the address of a mailbox in Exchange Online. An on-premises mailbox has to be moved there first.'
  ],
  stepId: 'open-the-mailboxes'
})

export const turnOn = (protocol: Protocol): Fix => ({
  says: [`Turn ${protocol} on for this mailbox (Set-CASMailbox).`, runIt],
  script: 'switches',
  stepId: 'open-the-mailboxes'
})

export const turnSmtpAuthOn: Fix = {
  says: ['Turn SMTP AUTH on for this mailbox only (Set-CASMailbox). Leave it as it is for the organization.', runIt],
  script: 'switches',
  stepId: 'open-the-mailboxes'
}

export const decideOnSecurityDefaults: Fix = {
  says: [
    'Decide with the tenant’s administrator whether Conditional Access can take the place of security defaults.',
    'Leave security defaults on until that is decided.'
  ]
}

/** Microsoft asks for Send As on the sender and leaves open whose; the report is https://github.com/Notifuse/notifuse/issues/250
 *  https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth */
export const allowSendAs: Fix = {
  says: [
    'Send as the mailbox itself: give its primary address as the user name of the login and as the sender. By public reports that needs no Send As.',
    'Grant Send As where the sender has to be another address. Microsoft does not say to whom; in a public report Send As for the application did not suffice, and Send As for the mailbox that logs in did: Add-RecipientPermission <sender> -Trustee <mailbox that logs in> -AccessRights SendAs',
    `The script grants it to the application alone. ${runIt}`
  ],
  script: 'send-as',
  stepId: 'open-the-mailboxes'
}

export const waitForIt: Fix = {
  says: [
    'Wait: it usually takes minutes, and up to two hours.',
    'Test again every few minutes, and change nothing meanwhile.'
  ]
}

export const grantTheRole = (role: string, others: boolean): Fix =>
  others
    ? {
        says: [`Add ${role} of Office 365 Exchange Online to the application, then grant admin consent for it.`],
        stepId: 'add-permissions'
      }
    : {
        says: [`Grant admin consent for ${role} of Office 365 Exchange Online, then test again with a new token.`],
        stepId: 'grant-consent'
      }

export const askForTheRightToken: Fix = {
  says: ['Request the token for Exchange Online of the cloud that the tenant is in, and for nothing else.']
}

export const compareTheIds: Fix = {
  says: ['Compare the application (client) ID and the directory (tenant) ID with the application’s Overview page.'],
  stepId: 'register-the-application'
}

/** The step that a problem of the token endpoint leads to, by the problem's id. */
export const stepOfTokenProblem: Readonly<Record<string, string>> = {
  'secret-invalid': 'create-a-secret',
  'secret-expired': 'create-a-secret',
  'app-not-in-directory': 'register-the-application',
  'app-without-sp': 'register-the-application',
  'tenant-mistyped': 'find-the-tenant',
  'exchange-resource-missing': 'grant-consent'
}
