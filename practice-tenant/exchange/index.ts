// The Exchange console's addresses: the page for people, and `POST /exchange/run` for tests.
// The rule it keeps: both run a script in the same way.

import { json, type Reply, type Request, type Route } from '../http.ts'
import type { Store } from '../state.ts'
import { type Choices, consolePage } from './console-page.ts'
import type { Edition } from './errors.ts'
import { newestModule } from './module.ts'
import { readMultipart } from './multipart.ts'
import { findSignIn, type RunRequest, runScript } from './run.ts'
import { readScript } from './script-bytes.ts'

const editions: readonly Edition[] = ['5.1', '7.4', '7.6']

function editionFrom(value: unknown): Edition | undefined {
  return value === undefined ? '5.1' : editions.find(one => one === value)
}

function refused(message: string): Reply {
  return json(400, { error: { code: 'BadRequest', message } })
}

/** JSON in: `script` as text or `scriptBase64` as a file's bytes, `as`, and optionally `edition`, `how`, `machine`. */
function runJson(store: Store, request: Request): Reply {
  let given: Record<string, unknown>
  try {
    given = JSON.parse(request.body) as Record<string, unknown>
  } catch {
    return refused('The body is not JSON.')
  }
  const edition = editionFrom(given.edition)
  if (!edition) return refused(`edition is one of ${editions.join(', ')}.`)
  const { script, scriptBase64, as, how = 'file', machine = {} } = given
  const bytes = typeof scriptBase64 === 'string' ? Buffer.from(scriptBase64, 'base64') : undefined
  const source = bytes ? readScript(bytes, edition) : script
  if (typeof source !== 'string') return refused('script is missing.')
  if (how !== 'file' && how !== 'lines') return refused('how is file or lines.')
  if (typeof machine !== 'object' || machine === null) return refused('machine is an object.')
  const who = typeof as === 'string' ? findSignIn(store, as) : undefined
  if (!who) return refused('as is not the user principal name of anybody who signs in here.')
  // A module that is null in JSON is one that is not installed.
  const { module: version = newestModule, ...rest } = machine as { module?: string | null }
  const run: RunRequest = {
    script: source,
    as: String(as),
    edition,
    how,
    machine: { ...rest, module: version ?? undefined }
  }
  return json(200, runScript(store, run, who))
}

type Fields = { text: (name: string) => string; file: Buffer | undefined }

function fieldsOf(request: Request): Fields {
  const type = request.headers['content-type'] ?? ''
  // The raw bytes where the server kept them: a file need not be UTF-8.
  const raw = request.bytes ?? Buffer.from(request.body, 'utf8')
  const parts = readMultipart(type, raw)
  const sent = parts.find(part => part.name === 'file' && part.fileName !== '' && part.bytes.length > 0)
  const text = (name: string): string =>
    parts.find(part => part.name === name)?.bytes.toString('utf8') ?? request.form.get(name) ?? ''
  return { text, file: sent?.bytes }
}

function runForm(store: Store, request: Request): Reply {
  const { text, file } = fieldsOf(request)
  const edition = editionFrom(text('edition') || undefined) ?? '5.1'
  const how = text('how') === 'lines' ? 'lines' : 'file'
  const script = file ? readScript(file, edition) : text('script')
  const chosen: Choices = { script, as: text('as'), edition, how, module: text('module') }
  const who = findSignIn(store, chosen.as)
  if (!who) return consolePage(store, chosen, undefined, 'Choose who signs in.')
  if (script.trim() === '') return consolePage(store, chosen, undefined, 'Paste a script, or choose a file.')
  const machine = { module: chosen.module === '' ? undefined : chosen.module }
  return consolePage(store, chosen, runScript(store, { script, as: chosen.as, edition, how, machine }, who))
}

export function exchangeRoutes(store: Store): readonly Route[] {
  const empty: Choices = { script: '', as: '', edition: '5.1', how: 'file', module: newestModule }
  return [
    ['GET', '/exchange', request => consolePage(store, { ...empty, as: request.url.searchParams.get('as') ?? '' })],
    ['POST', '/exchange', request => runForm(store, request)],
    ['POST', '/exchange/run', request => runJson(store, request)]
  ]
}
