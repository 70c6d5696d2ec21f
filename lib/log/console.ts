// What others print (Next, libraries, an uncaught error) becomes events of the log, so that it is redacted too.
// The rule it keeps: an error that the log has already is not told again.
import { format } from 'node:util'
import { log, type Write } from '../log.ts'

const levels = { log: 'debug', info: 'debug', debug: 'debug', warn: 'warn', error: 'error' } as const

export type Printer = { -readonly [Method in keyof typeof levels]: (...given: unknown[]) => void }

const told = new WeakSet<object>()

/** For an error that stands in the log with all that is known of it. */
export function noteTold(error: unknown): void {
  if (error instanceof Error) told.add(error)
}

const toTheLog: Write = (level, event, facts) => log[level](event, facts)

/** Replaces the methods of `console`; nothing of ours prints by it. */
export function takeConsole(taken: Printer = console, write = toTheLog): void {
  for (const [method, level] of Object.entries(levels) as [keyof typeof levels, 'debug' | 'warn' | 'error'][])
    taken[method] = (...given: unknown[]) => {
      if (given.some(each => typeof each === 'object' && each !== null && told.has(each))) return
      write(level, 'printed', { text: format(...given) })
    }
}
