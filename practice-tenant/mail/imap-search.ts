// What SEARCH may ask. The rule it keeps: a key that is not known refuses the whole search, as a wrong list of messages
// would look like a right one.
// https://www.rfc-editor.org/rfc/rfc3501#section-6.4.4

import { readSet } from './imap-syntax.ts'
import type { Message } from './mailboxes.ts'

export type Numbered = { number: number; message: Message }

type Test = (one: Numbered) => boolean

const simple: ReadonlyMap<string, Test> = new Map<string, Test>([
  ['ALL', () => true],
  ['UNSEEN', ({ message }) => !message.seen],
  ['SEEN', ({ message }) => message.seen],
  // Nothing is recent here, and NEW is what is recent and unseen.
  ['RECENT', () => false],
  ['NEW', () => false]
])

/** What each key asks of a message; undefined when one is not known. `uids` are those of the open inbox. */
export function readKeys(keys: readonly string[], uids: readonly number[]): readonly Test[] | undefined {
  const tests: Test[] = []
  const left = [...keys]
  for (let key = left.shift(); key !== undefined; key = left.shift()) {
    const inUids = key === 'UID' ? readSet(left.shift() ?? '', uids.at(-1) ?? 1) : undefined
    const inNumbers = readSet(key, uids.length)
    const named = simple.get(key)
    if (inUids) tests.push(({ message }) => inUids(message.uid))
    else if (inNumbers) tests.push(({ number }) => inNumbers(number))
    else if (named) tests.push(named)
    else return undefined
  }
  return tests
}
