// Client secrets of an application. The rule it keeps: the secret's text is in one answer and nowhere else.
// https://learn.microsoft.com/graph/api/application-addpassword

import { randomBytes } from 'node:crypto'
import { hashSecret, newId } from '../practice.ts'
import type { PasswordCredential } from '../state.ts'
import { requireApplication } from './applications.ts'
import { demand, readBody, type Shape } from './body.ts'
import type { Answer, Call } from './call.ts'
import { badRequest, credentialTypeRefused, lifetimeRefused } from './refusal.ts'

const addShape: Shape & object = {
  type: 'microsoft.graph.addPassword',
  members: {
    passwordCredential: {
      type: 'microsoft.graph.passwordCredential',
      members: { displayName: 'text?', startDateTime: 'time?', endDateTime: 'time?', customKeyIdentifier: 'text?' }
    }
  }
}
const removeShape: Shape & object = { type: 'microsoft.graph.removePassword', members: { keyId: 'guid' } }

type AddBody = {
  passwordCredential: Partial<{
    displayName: string | null
    startDateTime: string | null
    endDateTime: string | null
    customKeyIdentifier: string | null
  }>
}

const dayMs = 24 * 3600 * 1000

/** Text that looks like one of Entra's: 40 characters, a tilde among them. */
export function newSecretText(): string {
  const text = randomBytes(32).toString('base64url').replaceAll('-', '_')
  return `${text.slice(0, 3)}8Q~${text.slice(3, 37)}`
}

/** What is kept of a new secret. Two years unless said otherwise. */
export function newCredential(
  secretText: string,
  wanted: AddBody['passwordCredential'],
  now: Date = new Date()
): PasswordCredential {
  const start = wanted.startDateTime ? new Date(wanted.startDateTime) : now
  const twoYearsLater = new Date(start)
  twoYearsLater.setUTCFullYear(start.getUTCFullYear() + 2)
  const end = wanted.endDateTime ? new Date(wanted.endDateTime) : twoYearsLater
  return {
    customKeyIdentifier: wanted.customKeyIdentifier ?? null,
    displayName: wanted.displayName ?? null,
    hint: secretText.slice(0, 3),
    keyId: newId(),
    startDateTime: start.toISOString(),
    endDateTime: end.toISOString(),
    secretHash: hashSecret(secretText)
  }
}

export function addPassword(call: Call): Answer {
  const { practice, tenant } = call
  const application = requireApplication(call)
  // The whole body may be left out: then name and dates are Graph's.
  const body = call.body === undefined ? {} : readBody<AddBody>(call.body, addShape)
  const secretText = newSecretText()
  const credential = newCredential(secretText, body.passwordCredential ?? {})
  const [start, end] = [Date.parse(credential.startDateTime), Date.parse(credential.endDateTime)]
  if (end <= start) throw badRequest('Key credential end date is invalid: it must be later than the start date.')

  const policy = tenant.secretPolicy
  if (policy?.blocked) throw credentialTypeRefused(policy.id)
  if (policy?.maxDays !== undefined && end - start > policy.maxDays * dayMs) throw lifetimeRefused(policy.id)

  practice.copies.changing(tenant, 'applications', application.id)
  application.passwordCredentials = [...application.passwordCredentials, credential]
  const { secretDelayTries } = practice.state.settings
  if (secretDelayTries > 0) practice.freshSecrets.set(credential.keyId, secretDelayTries)
  practice.changed()
  const { secretHash: _hash, ...shown } = credential
  return {
    status: 200,
    body: {
      '@odata.context': `${practice.addresses.https}/v1.0/$metadata#microsoft.graph.passwordCredential`,
      ...shown,
      secretText
    }
  }
}

export function removePassword(call: Call): Answer {
  const application = requireApplication(call)
  const body = readBody<{ keyId: string }>(call.body, removeShape)
  demand(body, 'PasswordCredential', 'keyId')
  const keyId = body.keyId?.toLowerCase()
  if (!application.passwordCredentials.some(one => one.keyId === keyId)) {
    throw badRequest(`No password credential found with keyId '${keyId}'.`)
  }
  call.practice.copies.changing(call.tenant, 'applications', application.id)
  application.passwordCredentials = application.passwordCredentials.filter(one => one.keyId !== keyId)
  call.practice.changed()
  return { status: 204 }
}
