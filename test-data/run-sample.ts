// Runs a sample as a person would, for tests, and writes down every program that it starts. The rule: it finds no program but
// those it may use, each through a wrapper, so that no argument of any of them goes unseen.

import { spawn } from 'node:child_process'
import { accessSync, chmodSync, constants, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SampleFile } from '../lib/samples/sample.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const used = ['curl', 'cut', 'date', 'mktemp', 'node', 'rm', 'sed', 'tail', 'wc']

export type Ran = {
  status: number | null
  out: string
  err: string /** A line for each program that it started. */
  started: string
}
export type Bench = {
  run(file: SampleFile, env: Readonly<Record<string, string>>): Promise<Ran>
  remove(): void
}

/** Where a program is; throws a sentence when it is not on this machine. */
function requireProgram(name: string): string {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    try {
      accessSync(join(folder, name), constants.X_OK)
      return join(folder, name)
    } catch {}
  }
  throw new Error(`${name} is not on this machine. The samples are run with it: install the package ${name}.`)
}

/** Under node_modules, so that a sample finds the libraries that it imports, and git does not find the sample. */
export function openBench(): Bench {
  const bash = requireProgram('bash')
  const programs = used.map(name => [name, name === 'node' ? process.execPath : requireProgram(name)] as const)
  const folder = mkdtempSync(join(root, 'node_modules', '.samples-'))
  const log = join(folder, 'started')
  const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`
  for (const [name, real] of programs) {
    const line = `printf '%s\\n' "${name} $*" >>${quoted(log)}`
    writeFileSync(join(folder, name), `#!/bin/sh\n${line}\nexec ${quoted(real)} "$@"\n`)
    chmodSync(join(folder, name), 0o755)
  }

  return {
    run: (file, env) =>
      new Promise((resolve, reject) => {
        writeFileSync(join(folder, file.name), file.code)
        writeFileSync(log, '')
        const program = file.name.endsWith('.sh') ? bash : join(folder, 'node')
        // A sample that hangs must not outlive its test.
        const child = spawn(program, [join(folder, file.name)], {
          env: { NODE_ENV: 'production', PATH: folder, TMPDIR: folder, ...env },
          stdio: ['ignore', 'pipe', 'pipe'],
          timeout: 20_000
        })
        const texts = { out: '', err: '' }
        child.stdout.setEncoding('utf8').on('data', text => {
          texts.out += text
        })
        child.stderr.setEncoding('utf8').on('data', text => {
          texts.err += text
        })
        child.on('error', reject)
        child.on('close', status => resolve({ status, ...texts, started: readFileSync(log, 'utf8') }))
      }),
    remove: () => rmSync(folder, { recursive: true, force: true })
  }
}
