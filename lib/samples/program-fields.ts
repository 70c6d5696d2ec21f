// The setup's values as the fields of a program: what a program calls them is its own, what they hold is the same.

import type { Fact, Protocol } from '../steps/step.ts'
import { hostOf, type SampleInput, tokenEndpoint } from './sample.ts'

export const theSecret = 'the client secret that you stored'

/** A field with the program's own name for it, and a value to copy into it. */
export const field = (label: string, value: string, note?: string): Fact => ({ label, value, copy: true, note })
/** A field whose value nobody copies from here: an explanation stands in its place. */
export const told = (label: string, value: string, note?: string): Fact => ({ label, value, note })

/** The values under the names given; a name left out leaves the field out. */
export type Names = {
  clientId?: string
  tenantId?: string
  secret?: string
  tokenEndpoint?: string
  scope?: string
  user?: string
}

export function fieldsNamed(input: SampleInput, names: Names): readonly Fact[] {
  return [
    ...(names.clientId ? [field(names.clientId, input.clientId)] : []),
    ...(names.tenantId ? [field(names.tenantId, input.tenantId)] : []),
    ...(names.secret ? [told(names.secret, theSecret)] : []),
    ...(names.tokenEndpoint ? [field(names.tokenEndpoint, tokenEndpoint(input))] : []),
    ...(names.scope ? [field(names.scope, input.cloud.outlookScope)] : []),
    ...(names.user ? [field(names.user, input.mailbox, 'The mailbox that is opened or sends.')] : [])
  ]
}

/** Server and port of each protocol that the program uses and the setup chose. How the connection is secured stands beside
 *  the port: what a program calls that is its own. */
export function servers(
  input: SampleInput,
  uses: readonly Protocol[],
  server = 'server',
  port = 'port'
): readonly Fact[] {
  return uses
    .filter(protocol => input.protocols.includes(protocol))
    .flatMap(protocol => {
      const at = hostOf(input.cloud, protocol)
      return [
        field(`${protocol} ${server}`, at.host),
        field(`${protocol} ${port}`, String(at.port), `With ${at.security}.`)
      ]
    })
}
