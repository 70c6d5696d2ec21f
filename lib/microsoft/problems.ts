// Microsoft's codes, and what to do about them in the wizard. Pure. Ids are those of the failure dictionary, and so are
// the words where both mean the same; what to do is the wizard's own where it knows a nearer way.
// The rule it keeps: `details[].code` counts before the code, and the message comes last.
import { entryOf, type RowId } from '../diagnosis/dictionary.ts'
import type { Problem } from '../steps/step.ts'
import type { Refusal } from './answers.ts'

type Row = {
  id: string
  match: RegExp
  title: string
  happened: string
  todo: readonly string[]
  mayActivateRole?: boolean
}

/** The dictionary's words for a problem. */
function words(id: RowId): Omit<Row, 'match'> {
  const { title, cause, fix } = entryOf(id)
  return { id, title, happened: cause, todo: fix }
}

const throttled: Row = {
  id: 'throttled',
  match: /TooManyRequests|Request_ThrottledTemporarily/,
  title: 'Microsoft asks to slow down',
  happened: 'Too many requests were sent for this tenant or this application in a short time.',
  todo: ['Wait a minute, then carry on. Nothing is lost.']
}

const rows: readonly Row[] = [
  {
    id: 'credential-policy',
    match: /CredentialInvalidLifetimeAsPerAppPolicy|InvalidKeyEndDate|Credential lifetime exceeds/,
    title: 'Your tenant’s policy wants a shorter life for secrets',
    happened: 'An app management policy limits how long a client secret may be valid, and the chosen time is longer.',
    todo: [
      'Choose a shorter time below and create the secret again.',
      'Or ask who manages the policy for an exemption.'
    ]
  },
  {
    id: 'credential-type-policy',
    match: /CredentialTypeNotAllowedAsPerAppPolicy/,
    title: 'Your tenant’s policy does not allow client secrets',
    happened: 'An app management policy blocks new client secrets for this application.',
    todo: [
      'Ask who manages the policy for an exemption for this application.',
      'Or use a certificate in place of a secret, where your program supports it. Add it in the portal, under Certificates & secrets. Then choose “I have done it by hand” below.'
    ]
  },
  {
    id: 'audience-policy',
    match: /SignInAudienceNotAllowedAsPerAppPolicy/,
    title: 'Your tenant’s policy does not allow this kind of application',
    happened: 'A policy decides which account types an application may be made for.',
    todo: ['Ask who manages the policy to allow applications for this tenant only (AzureADMyOrg).']
  },
  {
    id: 'unique-name-reserved',
    match: /uniqueName.*(already|conflict|reserved)|ObjectConflict.*uniqueName|same value for property uniqueName/i,
    title: 'Microsoft keeps this setup’s name for a deleted application',
    happened:
      'An application that this setup made was deleted. Microsoft keeps it for 30 days, and its unique name with it.',
    todo: [
      'Open App registrations, Deleted applications, in the portal. Restore it there, or delete it permanently.',
      'Then look again. Or begin a new setup: it gets a name of its own.'
    ]
  },
  {
    ...words('insufficient-privileges'),
    match: /Authorization_RequestDenied|Insufficient privileges/,
    todo: [
      'Hold one of these roles: Cloud Application Administrator, Application Administrator or Global Administrator. A Privileged Role Administrator or Global Administrator can assign it.',
      'If the role is eligible in Privileged Identity Management, activate it, then try again here with a new token.',
      'Or let somebody who holds the role do this step by hand, as described below.'
    ],
    mayActivateRole: true
  },
  throttled
]

/** What a refusal means for the admin. An unknown one is shown with Microsoft's own words. */
export function explainRefusal(refusal: Refusal): Problem {
  const { reference } = refusal
  const status = reference.status ?? 0
  const row = rowFor(refusal) ?? (status === 429 ? throttled : undefined)
  if (row) {
    const { match: _, ...problem } = row
    return { ...problem, ...(row === throttled && waitInWords(refusal.waitMs)), reference }
  }
  if (status >= 500)
    return {
      id: 'microsoft-fault',
      title: 'Microsoft had a fault',
      happened: 'Microsoft Graph answered that it cannot do this right now.',
      todo: ['Carry on in a minute. The wizard looks at the tenant first, and repeats nothing that is there already.'],
      reference
    }
  return {
    id: 'unknown-refusal',
    title: 'Microsoft refused this',
    happened: reference.message || 'Microsoft gave no reason.',
    todo: ['Read Microsoft’s words above. Look again when the cause is removed, or do this step by hand.'],
    reference,
    mayActivateRole: status === 403
  }
}

/** What to do about throttling, where Microsoft says for how long. */
function waitInWords(waitMs: number | undefined): Pick<Problem, 'todo'> | undefined {
  if (waitMs === undefined) return undefined
  const seconds = Math.ceil(waitMs / 1000)
  const time = seconds < 100 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`
  return { todo: [`Wait ${time}, as Microsoft asks. Then carry on. Nothing is lost.`] }
}

/** The first word that any row knows decides: a detail's code before the code, and the message last. */
function rowFor(refusal: Refusal): Row | undefined {
  for (const word of refusal.words) {
    const row = rows.find(candidate => candidate.match.test(word))
    if (row) return row
  }
  return undefined
}

export const silenceProblem: Problem = {
  id: 'no-answer',
  title: 'Microsoft did not answer',
  happened: 'The connection broke, or the answer took too long. Whether the last change happened is not known yet.',
  todo: ['Carry on: the wizard looks at the tenant first, and repeats nothing that is there already.']
}

const tokenRows: readonly (Row & { match: RegExp })[] = [
  {
    id: 'secret-invalid',
    match: /AADSTS7000215\b/,
    title: 'Microsoft does not accept this client secret',
    happened:
      'The value is not a secret of this application, or the secret is so new that Microsoft is still copying it.',
    todo: [
      'If the secret is only minutes old, wait a minute and check again. Do not create another.',
      'Copy the Value, not the Secret ID. If the value is lost, create a new secret.'
    ]
  },
  {
    ...words('secret-expired'),
    match: /AADSTS7000222\b/,
    todo: ['Create a new client secret and check again.']
  },
  { ...words('app-not-in-directory'), match: /AADSTS700016\b/ },
  {
    ...words('tenant-mistyped'),
    match: /AADSTS(90002|900023)\b/,
    todo: ['Go back to Find the tenant and look it up by a domain name.']
  },
  {
    ...words('wrong-cloud'),
    match: /AADSTS900382\b/,
    todo: [
      'Begin a setup for the Microsoft cloud that the tenant is in: a setup keeps to the cloud that it was begun for. The IDs and the secret may well be right.'
    ]
  },
  { ...words('app-without-sp'), match: /AADSTS7000229\b|missing service principal/i },
  { ...words('exchange-resource-missing'), match: /AADSTS500011\b/ },
  { ...words('ca-blocks-app'), match: /AADSTS53003\b/ }
]

/** Whether the token endpoint only had no time or no directory to ask: that says nothing of what it was asked.
 *  https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
export const willPass = (words: string) => /\btemporarily_unavailable\b|AADSTS(90024|90033)\b/.test(words)

/** What the token endpoint's error means. */
export function tokenProblem(words: string, correlationId?: string): Problem {
  const reference = { code: /AADSTS\d+/.exec(words)?.[0], requestId: correlationId }
  const row = tokenRows.find(candidate => candidate.match.test(words))
  if (!row)
    return {
      id: 'unknown-token-error',
      title: 'Microsoft gave no token',
      happened: `The token endpoint answered ${reference.code ?? 'with an error'}.`,
      todo: ['Compare the three values with the portal, and check again.'],
      reference
    }
  const { match: _, ...problem } = row
  return { ...problem, reference }
}
