// The portal's hands: what a person does there goes through Graph's own handlers.
// The rule it keeps: the portal can do no more than the person could, and says Graph's words where it is refused.

import type { Caller } from '../graph/call.ts'
import { GraphRefusal } from '../graph/refusal.ts'
import { answerTo } from '../graph/resources.ts'
import type { Practice } from '../practice.ts'
import type { Person, Tenant } from '../state.ts'

export type Done = { ok: true; body: Readonly<Record<string, unknown>> } | { ok: false; says: string }

/** Runs one Graph request as this person. The portal's own token carries what an admin's needs. */
export function actAs(practice: Practice, tenant: Tenant, person: Person) {
  const scopes = ['Application.ReadWrite.All', 'AppRoleAssignment.ReadWrite.All', 'Directory.Read.All']
  const caller: Caller = { tenant, person, scopes, roles: person.roles }
  return (method: string, path: string, body?: object): Done => {
    try {
      const url = new URL(`${practice.addresses.https}/v1.0${path}`)
      const answer = answerTo(practice, caller, { method, url, headers: {}, body })
      return { ok: true, body: (answer.body ?? {}) as Record<string, unknown> }
    } catch (error) {
      if (error instanceof GraphRefusal) return { ok: false, says: error.message }
      throw error
    }
  }
}
