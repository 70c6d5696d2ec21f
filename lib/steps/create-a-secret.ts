// A client secret: pressed once, shown once, stored nowhere. Done means that the tenant holds its key ID and that the
// person said it is stored. A secret whose value was lost with the answer is found by its name and offered for removal.
// Where somebody else made it, or added a certificate in its place, the person's word is enough while one is alive.

import { manualSecret } from './create-a-secret.manual.ts'
import { type Application, applicationGone } from './directory.ts'
import { one } from './fields.ts'
import { grantConsent } from './grant-consent.ts'
import { readRegistered, registerTheApplication } from './register-the-application.ts'
import type { Change, Fact, Form, KnownSecret, Setup, Standing, Step } from './step.ts'

export type Lifetime = { days: number }
export type SecretFound = {
  keyId?: string
  hint?: string
  expiresAt?: string
  name?: string
  /** The key ID of the certificate that the person uses in place of a secret. */
  certificateId?: string
}

const dayMs = 24 * 60 * 60 * 1000
export const lifetimes = [30, 90, 180, 365, 730] as const
export const suggestedDays = 180

const chooses: Form<Lifetime> = {
  submit: 'Save the choice',
  folded: 'Choose another lifetime',
  fields: setup => [
    {
      name: 'days',
      label: 'The secret is valid for',
      hint: 'Put its last day into your calendar. Microsoft advises less than 12 months; your tenant’s policy may ask for less.',
      kind: 'one-of',
      value: [String(setup.answered(createASecret)?.days ?? suggestedDays)],
      choices: [
        { value: '30', label: '1 month' },
        { value: '90', label: '3 months' },
        { value: '180', label: '6 months' },
        { value: '365', label: '12 months' },
        { value: '730', label: '24 months' }
      ]
    }
  ],
  parse(input) {
    const days = lifetimes.find(choice => String(choice) === one(input, 'days'))
    if (days) return { ok: true, value: { days } }
    return { ok: false, problems: [{ field: 'days', says: 'Choose how long the secret is valid.' }] }
  }
}

export const createASecret: Step<Lifetime, SecretFound> = {
  id: 'create-a-secret',
  title: 'Create a client secret',
  why: 'The secret is the password that your program shows to Microsoft. Microsoft shows it once. The wizard keeps it sealed for this browser, eight hours at most.',
  needs: [registerTheApplication, grantConsent],
  permissions: ['Application.ReadWrite.All'],
  asks: chooses,

  async check(tenant, setup) {
    const byHand = setup.secrets.some(secret => secret.stored && secret.keyId === undefined)
    const application = await readRegistered(tenant, setup, { certificates: byHand })
    if (!application) return { kind: 'blocked', problem: applicationGone }
    const alive = application.passwordCredentials.filter(key => new Date(key.endDateTime) > setup.now)
    const ours = setup.secrets.flatMap(secret => {
      const key = alive.find(candidate => candidate.keyId === secret.keyId)
      return key ? [{ secret, key }] : []
    })
    const stored = ours.find(pair => pair.secret.stored)
    const removals = lostOnes(application, setup).map(key => remove(application.id, key))
    const [orphan, ...orphans] = removals
    if (stored) return orphan ? { kind: 'todo', changes: [orphan, ...orphans], then: [] } : done(stored.key)
    if (byHand && alive.length > 0) return { kind: 'done', found: {}, facts: secretFacts({}) }
    const certificate = byHand ? longestLiving(application, setup.now) : undefined
    if (certificate) return { kind: 'done', found: certificate, facts: secretFacts(certificate) }
    const [shown] = ours
    if (shown || setup.secrets.some(secret => stillCopied(secret, setup.now)))
      return { kind: 'unseen', question: 'Have you stored the client secret where your program reads it?' }
    const [first, ...rest] = [...removals, create(application.id, setup)]
    return { kind: 'todo', changes: [first as Change, ...rest], then: ['Show you its value, once'] }
  },

  manual: manualSecret,
  facts: secretFacts
}

/** Reads of secrets lag behind their making; one that Microsoft acknowledged is not made twice for that.
 *  Ten to fifteen seconds are reported; a day-old gap means that somebody removed it. */
const copyLimitMs = 15 * 60 * 1000
const stillCopied = (secret: KnownSecret, now: Date) =>
  secret.keyId !== undefined && now.getTime() - secret.createdAt.getTime() < copyLimitMs

type Key = Application['passwordCredentials'][number]

function done(key: Key): Standing<SecretFound> {
  const found = {
    keyId: key.keyId,
    hint: key.hint ?? undefined,
    expiresAt: key.endDateTime,
    name: key.displayName ?? undefined
  }
  return { kind: 'done', found, facts: secretFacts(found) }
}

/** Nobody can tell which certificate a program uses; what is shown is the one that is valid longest. */
function longestLiving({ keyCredentials = [] }: Application, now: Date): SecretFound | undefined {
  const [longest] = keyCredentials
    .flatMap(({ keyId, usage, endDateTime }) => (usage === 'Verify' && endDateTime ? [{ keyId, endDateTime }] : []))
    .filter(({ endDateTime }) => new Date(endDateTime) > now)
    .sort((left, right) => Date.parse(right.endDateTime) - Date.parse(left.endDateTime))
  return longest && { certificateId: longest.keyId, expiresAt: longest.endDateTime }
}

function secretFacts(found: SecretFound): readonly Fact[] {
  return [
    ...(found.certificateId
      ? [
          {
            label: 'In place of a client secret',
            value: 'A certificate, as you said',
            note: 'The wizard tests with a client secret only. Test the certificate with your program.'
          }
        ]
      : []),
    ...(found.hint ? [{ label: 'The secret begins with', value: found.hint }] : []),
    ...(found.expiresAt ? [{ label: 'Valid until', value: found.expiresAt.slice(0, 10) }] : []),
    ...(found.keyId
      ? [
          {
            label: 'Secret ID',
            value: found.keyId,
            copy: true,
            note: 'Only a label: it is not the secret, and no program asks for it.'
          }
        ]
      : []),
    ...(found.certificateId ? [{ label: 'Certificate ID', value: found.certificateId }] : []),
    ...(found.keyId || found.certificateId ? [] : [{ label: 'The client secret', value: 'Stored, as you said' }])
  ]
}

/** An attempt without an answer: whether it made a secret, the tenant tells. */
export const mayBeLost = (secret: KnownSecret) => secret.keyId === undefined && !secret.stored

/** The secrets that an attempt of ours made and whose value never arrived. */
const lostOnes = (application: Application, setup: Setup) =>
  application.passwordCredentials.filter(key =>
    setup.secrets.some(secret => mayBeLost(secret) && secret.name === key.displayName)
  )

/** https://learn.microsoft.com/graph/api/application-removepassword */
const remove = (applicationId: string, key: Key): Change => ({
  says: `Remove the secret ${key.displayName}, whose value is lost`,
  method: 'POST',
  path: `/applications/${applicationId}/removePassword`,
  body: { keyId: key.keyId },
  lookAgainOn: /Directory_ConcurrencyViolation|No password credential found|Request_ResourceNotFound/
})

export const secretName = (attemptId: string) => `Mail OAuth Wizard ${attemptId}`

/** A policy for 90 days counts from Microsoft's clock; ours may be ahead of it. */
const clockMarginMs = 10 * 60 * 1000

/** https://learn.microsoft.com/graph/api/application-addpassword */
function create(applicationId: string, setup: Setup): Change {
  const days = setup.answered(createASecret)?.days ?? suggestedDays
  const endDateTime = new Date(setup.now.getTime() + days * dayMs - clockMarginMs).toISOString()
  return {
    says: `Create a client secret, valid until ${endDateTime.slice(0, 10)}`,
    method: 'POST',
    path: `/applications/${applicationId}/addPassword`,
    body: { passwordCredential: { displayName: secretName(setup.nextAttemptId), endDateTime } },
    revealsOnce: 'secretText'
  }
}
