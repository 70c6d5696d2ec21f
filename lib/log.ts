// The log: one line of JSON an event on standard output, with the request's ID and whom and what it is about.
// The rule it keeps: every text goes through `redact` on its way out, those of errors, causes and stacks too.
import pino, { type DestinationStream, type Logger } from 'pino'
import { type LogLevel, logEnv } from './env.ts'
import { redact } from './log/redact.ts'
import { servedRequest } from './log/request.ts'

export { neverLog, noteOfRequest } from './log/request.ts'

/** What an event tells. `error` is anything that was thrown. */
export type Facts = { [name: string]: string | number | boolean | undefined } | { error: unknown }

export type Level = Exclude<LogLevel, 'silent'>
export type Write = (level: Level, event: string, facts?: Facts) => void

/** A text is cut after this: an error may carry ten thousand addresses. */
const textMax = 8_000
/** And so much of it is read; at its end may stand half of a secret, so that end goes too. */
const readMax = 100_000
const halfMax = 4_000
const causesMax = 4

/** Always secret in this process, such as the wizard's own credentials. */
const always = new Set<string>()

/** For what the environment does not name: secrets in files that it names. */
export function neverLogAny(secret: string): void {
  always.add(secret)
}

/** A log of one's own. `hide` is replaced only to see what would stand in a log without it. */
export function logTo(to: DestinationStream, level: LogLevel, secrets: readonly string[], hide = redact): Write {
  const logger: Logger = pino(
    {
      level,
      base: undefined,
      messageKey: 'event',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: label => ({ level: label }) }
    },
    to
  )
  return (at, event, facts = {}) => {
    if (!logger.isLevelEnabled(at)) return
    const request = servedRequest()
    const known = [...secrets, ...always, ...(request?.secrets ?? [])]
    const safe = (text: string) => cut(text, part => hide(part, known))
    const { requestId, personId, setupId } = request ?? {}
    logger[at]({ requestId, personId, setupId, ...safely(facts, safe) }, event)
  }
}

type Safe = (text: string) => string

function cut(text: string, hide: Safe): string {
  const hidden = hide(text.slice(0, readMax))
  const whole = text.length > readMax ? hidden.slice(0, Math.max(0, hidden.length - halfMax)) : hidden
  return text.length > readMax || whole.length > textMax ? `${whole.slice(0, textMax)} [cut]` : whole
}

function safely(facts: object, safe: Safe): object {
  const pairs = Object.entries(facts).map(([name, value]) => [
    name,
    name === 'error' ? errorInWords(value, safe) : typeof value === 'string' ? safe(value) : value
  ])
  return Object.fromEntries(pairs)
}

/** An error's name, message, stack and causes, and nothing else that hangs on it: libraries hang whole requests there. */
function errorInWords(error: unknown, safe: Safe, depth = 0): object {
  if (!(error instanceof Error)) return { message: safe(String(error)) }
  const code = 'code' in error && typeof error.code === 'string' ? safe(error.code) : undefined
  const inner = [error.cause, ...(error instanceof AggregateError ? error.errors : [])].filter(Boolean)
  const causes = depth < causesMax ? inner.slice(0, causesMax).map(each => errorInWords(each, safe, depth + 1)) : []
  return {
    name: safe(error.name),
    code,
    message: safe(error.message),
    stack: error.stack === undefined ? undefined : safe(error.stack),
    causes: causes.length > 0 ? causes : undefined
  }
}

let write: Write | undefined

function toStandardOutput(): Write {
  const { level, secrets } = logEnv()
  return logTo(pino.destination({ dest: 1, sync: true }), level, secrets)
}

const at =
  (level: Level) =>
  (event: string, facts?: Facts): void => {
    write ??= toStandardOutput()
    write(level, event, facts)
  }

/** `debug`: for whoever looks for a fault. `info`: what happens. `warn`: what was refused or got no answer.
 *  `error`: a fault of the wizard. */
export const log = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
