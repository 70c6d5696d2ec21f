// @ts-check
// What stands in the way of a start, as one plain sentence for whoever typed the command.
// The rule it keeps: a refusal is expected, so it has no stack trace; anything else is a bug and keeps its own.

export class Refusal extends Error {
  /** @override */
  name = 'Refusal'
}

/**
 * @param {string} sentence what happened and what to do
 * @returns {never}
 */
export function refuse(sentence) {
  throw new Refusal(sentence)
}
