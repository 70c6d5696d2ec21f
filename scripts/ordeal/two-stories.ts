// The stories of e2e/ in the shape of two instances: which there are, how they are run, and how each ended.
// The rule it keeps: what is left out is named here with its reason, and everything else counts.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Shaken } from './two-kills.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const playwright = join(root, 'node_modules/@playwright/test/cli.js')

export type Shape = 'two' | 'two-killed'

type LeftOut = { title: RegExp; why: string }
const slowSender: LeftOut = {
  title: /^what comes byte by byte/,
  why: 'behind a proxy it is the proxy that a slow sender meets; the server has limits of its own, and its story asks it itself'
}

/** What cannot be told in a shape, and why. */
export const leftOut: Readonly<Record<Shape, readonly LeftOut[]>> = {
  two: [slowSender],
  'two-killed': [
    slowSender,
    {
      title: /^too many |^a run that comes too often/,
      why: 'tries are counted in the memory of each instance, and one that was killed begins anew'
    }
  ]
}

export type Story = { file: string; line: number; title: string }
export type Told = Story & { passed: boolean; why: string; seconds: number; shaken: Shaken | undefined }

type Report = { suites: readonly Suite[]; errors: readonly { message: string }[] }
type Suite = { suites?: readonly Suite[]; specs: readonly Spec[] }
type Spec = Story & { ok: boolean; tests: readonly Test[] }
type Test = {
  annotations: readonly { type: string; description?: string }[]
  results: readonly { status: string; duration: number; error?: { message: string } }[]
}

/** Every story, in the order in which Playwright finds them. */
export async function allStories(): Promise<readonly Story[]> {
  const report = await run(['--list'], {}, () => undefined)
  return specsIn(report).map(({ file, line, title }) => ({ file, line, title }))
}

/** So many of them: the one with this title, and others drawn evenly of those that come after it, as Playwright tells them in
 *  their order and the time may be short. */
export function draw(stories: readonly Story[], count: number | undefined, first: string): readonly Story[] {
  if (count === undefined || count >= stories.length) return stories
  const [one, ...others] = stories.slice(stories.findIndex(({ title }) => title === first))
  const drawn = Array.from({ length: count - 1 }, (_, at) => others[Math.floor((at * others.length) / (count - 1))])
  return [one, ...drawn].filter(story => story !== undefined)
}

/**
 * Runs stories and tells how each ended; one that was not run at all is a failure, unless the time was up.
 * @param limitMs after so long nothing more is told; what was not told till then is left out of what is given back
 */
export async function tell(
  stories: readonly Story[],
  shape: Shape,
  environment: Record<string, string>,
  say: (line: string) => void,
  limitMs = Number.POSITIVE_INFINITY
): Promise<readonly Told[]> {
  const places = stories.map(({ file, line }) => `${file}:${line}`)
  // A sample runs beside other kinds, and starts one product in place of one for each worker.
  const limit = Number.isFinite(limitMs) ? [`--global-timeout=${Math.round(limitMs)}`, '--workers=1'] : []
  const begunMs = performance.now()
  const report = await run([...places, ...limit], { MOW_E2E_SHAPE: shape, ...environment }, say)
  const isTimeUp = performance.now() - begunMs >= limitMs
  const specs = specsIn(report)
  const toldOnes = stories.map(story => {
    const spec = specs.find(one => one.file === story.file && one.line === story.line && one.title === story.title)
    const result = spec?.tests[0]?.results.at(-1)
    if (isTimeUp && (!result || untold.has(result.status))) return undefined
    const note = spec?.tests[0]?.annotations.find(({ type }) => type === 'two')?.description
    return {
      ...story,
      passed: spec?.ok === true && result !== undefined,
      why: plain(result?.error?.message ?? report.errors[0]?.message ?? 'it was not run'),
      seconds: (result?.duration ?? 0) / 1000,
      shaken: note === undefined ? undefined : (JSON.parse(note) as Shaken)
    }
  })
  return toldOnes.filter(told => told !== undefined)
}

/** How Playwright calls what it did not get to, and what it broke off as the time was up. */
const untold = new Set(['skipped', 'interrupted'])

async function run(given: readonly string[], environment: Record<string, string>, say: (line: string) => void) {
  const folder = mkdtempSync(join(tmpdir(), 'mow-stories-'))
  const file = join(folder, 'report.json')
  try {
    const child = spawn(process.execPath, [playwright, 'test', ...given], {
      cwd: root,
      env: { ...process.env, ...environment, PLAYWRIGHT_JSON_OUTPUT_NAME: file },
      stdio: ['ignore', 'pipe', 'inherit']
    })
    createInterface({ input: child.stdout }).on('line', say)
    await once(child, 'close')
    return JSON.parse(readFileSync(file, 'utf8')) as Report
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function specsIn({ suites }: { suites?: readonly Suite[] }): readonly Spec[] {
  return (suites ?? []).flatMap(suite => [...suite.specs, ...specsIn(suite)])
}

/** One line without a terminal's colours. */
const plain = (text: string) =>
  text.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g'), '').split('\n')[0] ?? ''
