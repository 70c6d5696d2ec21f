// What to enter in programs that sign in with client credentials: only what a public source tells of them.

import * as byName from './programs-by-name.ts'
import { camel, emailOauth2Proxy, saslXoauth2 } from './programs-with-files.ts'
import type { Program, SampleInput } from './sample.ts'

/** Those that use one of the protocols chosen, by name. Throws UnsafeText where a value cannot stand in their files. */
export function programsFor(input: SampleInput): readonly Program[] {
  return [camel, emailOauth2Proxy, saslXoauth2, ...Object.values(byName)]
    .map(program => program(input))
    .filter(({ uses }) => uses.some(protocol => input.protocols.includes(protocol)))
    .sort((one, other) => one.name.localeCompare(other.name, 'en'))
}
