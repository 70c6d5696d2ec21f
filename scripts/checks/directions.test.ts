// Who may import whom (design, "Import directions"), held by the linter: each direction is seen to fail once.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const biome = join(root, 'node_modules/@biomejs/biome/bin/biome')

const refused: [file: string, imported: string][] = [
  ['app/x/page.tsx', '../../lib/db/client.ts'],
  ['app/x/page.tsx', '../../lib/microsoft/graph.ts'],
  ['app/x/page.tsx', '../../practice-tenant/state.ts'],
  ['app/x/page.tsx', '@prisma/client'],
  ['app/x/page.tsx', '@azure/msal-node'],
  ['components/x.tsx', '../lib/wizard/store.ts'],
  ['components/x.tsx', '../lib/env.ts'],
  ['components/x.tsx', '../app/page.tsx'],
  ['lib/steps/x.ts', '../wizard/run.ts'],
  ['lib/steps/x.ts', '../microsoft/graph.ts'],
  ['lib/steps/x.ts', '../db/client.ts'],
  ['lib/steps/x.ts', '../env.ts'],
  ['lib/steps/x.ts', '../../components/age.ts'],
  ['lib/steps/x.ts', 'node:fs'],
  ['lib/steps/x.ts', 'next/navigation'],
  ['lib/steps/x.ts', 'react'],
  ['lib/powershell/x.ts', '../steps/index.ts'],
  ['lib/powershell/x.ts', 'node:crypto'],
  ['lib/samples/x.ts', '../steps/index.ts'],
  ['lib/samples/x.ts', '../wizard/store.ts'],
  ['lib/samples/x.ts', 'node:fs'],
  ['lib/diagnosis/x.ts', '../steps/step.ts'],
  ['lib/diagnosis/x.ts', '../microsoft/problems.ts'],
  ['lib/diagnosis/x.ts', '../tools/mask.ts'],
  ['lib/diagnosis/x.ts', '../env.ts'],
  ['lib/diagnosis/x.ts', '../../components/age.ts'],
  ['lib/diagnosis/x.ts', '../../test-data/pasted/one-cause.ts'],
  ['lib/diagnosis/x.ts', 'node:fs'],
  ['lib/diagnosis/x.ts', 'react'],
  ['lib/microsoft/x.ts', '../wizard/run.ts'],
  ['lib/microsoft/x.ts', '../session/session.ts'],
  ['lib/microsoft/x.ts', '../steps/index.ts'],
  ['lib/microsoft/token.ts', '../env.ts'],
  ['lib/microsoft/token.ts', 'node:crypto'],
  ['lib/session/x.ts', '../wizard/run.ts'],
  ['lib/session/x.ts', '../microsoft/graph.ts'],
  ['lib/db/x.ts', '../session/session.ts'],
  ['lib/log.ts', './wizard/door.ts'],
  ['lib/log/x.ts', '../microsoft/http.ts'],
  ['lib/guards/x.ts', '../wizard/door.ts'],
  ['lib/guards/x.ts', '../session/session.ts'],
  ['lib/guards/x.ts', '../db/client.ts'],
  ['lib/guards/x.ts', '../microsoft/graph.ts'],
  ['lib/guards/x.ts', '../steps/step.ts'],
  ['lib/guards/x.ts', '../tools/mask.ts'],
  ['lib/guards/x.ts', '../../app/handled.ts'],
  ['lib/guards/x.ts', '../../practice-tenant/state.ts'],
  ['lib/guards/x.ts', 'next/server'],
  ['lib/guards/x.ts', '@prisma/client'],
  ['lib/steps/x.ts', '../guards/limits.ts'],
  ['lib/powershell/x.ts', '../guards/limits.ts'],
  ['lib/diagnosis/x.ts', '../guards/limits.ts'],
  ['lib/microsoft/x.ts', '../guards/limits.ts'],
  ['lib/session/x.ts', '../guards/limits.ts'],
  ['lib/db/x.ts', '../guards/limits.ts'],
  ['lib/log/x.ts', '../guards/limits.ts'],
  ['lib/wizard/journey.ts', '../guards/limits.ts'],
  ['lib/wizard/x.ts', '../../app/page.tsx'],
  ['lib/wizard/x.ts', '../../practice-tenant/state.ts'],
  ['lib/wizard/journey.ts', '../db/client.ts'],
  ['lib/wizard/journey.ts', 'next/headers'],
  ['practice-tenant/graph/x.ts', '../../lib/steps/step.ts'],
  ['practice-tenant/x.ts', '../lib/steps/step.ts'],
  ['practice-tenant/x.ts', '../components/age.ts']
]

const allowed: [file: string, imported: string][] = [
  ['app/x/page.tsx', '../../lib/wizard/door.ts'],
  ['app/x/page.tsx', '../../components/age.ts'],
  ['components/x.tsx', '../lib/steps/step.ts'],
  ['lib/steps/x.ts', '../powershell/quote.ts'],
  ['lib/steps/x.ts', '../samples/samples.ts'],
  ['lib/powershell/x.ts', '../steps/step.ts'],
  ['lib/samples/x.ts', '../steps/step.ts'],
  ['lib/samples/x.ts', '../powershell/quote.ts'],
  ['lib/microsoft/x.ts', '../steps/step.ts'],
  ['lib/microsoft/x.ts', '../env.ts'],
  ['lib/microsoft/x.ts', '../diagnosis/dictionary.ts'],
  ['app/x/page.tsx', '../../lib/diagnosis/explain.ts'],
  ['lib/session/x.ts', '../db/client.ts'],
  ['lib/log.ts', './env.ts'],
  ['lib/microsoft/x.ts', '../log.ts'],
  ['lib/guards/x.ts', '../env.ts'],
  ['lib/guards/x.ts', '../log.ts'],
  ['lib/guards/x.ts', 'node:http'],
  ['app/x/page.tsx', '../../lib/guards/limits.ts'],
  ['lib/wizard/x.ts', '../microsoft/graph.ts'],
  ['lib/steps/x.test.ts', '../../practice-tenant/state.ts'],
  ['e2e/x.spec.ts', '../lib/steps/index.ts']
]

const withoutNetwork = [
  'lib/steps/y.ts',
  'lib/powershell/y.ts',
  'lib/diagnosis/y.ts',
  'lib/wizard/journey.ts',
  'app/y/page.tsx'
]

/** What the linter complained of, as "file:line rule". One run over a folder that holds all the planted lines. */
let complaints: string
const lines = new Map<string, string[]>()

function plant(file: string, line: string) {
  lines.set(file, [...(lines.get(file) ?? []), line])
}

function complaint(file: string, line: string) {
  const number = (lines.get(file) ?? []).indexOf(line) + 1
  return complaints.split('\n').filter(each => each.includes(`file=${file},line=${number},`))
}

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'mow-lint-'))
  for (const [file, imported] of [...refused, ...allowed]) plant(file, `import '${imported}'`)
  for (const file of withoutNetwork) plant(file, `await fetch('https://graph.microsoft.com')`)
  for (const [file, planted] of lines) {
    mkdirSync(join(folder, file, '..'), { recursive: true })
    writeFileSync(join(folder, file), `${planted.join('\n')}\n`)
  }
  cpSync(join(root, 'biome.json'), join(folder, 'biome.json'))
  writeFileSync(join(folder, '.gitignore'), 'node_modules\n')
  const only = ['--only=style/noRestrictedImports', '--only=style/noRestrictedGlobals']
  const given = [biome, 'lint', ...only, '--reporter=github', '--max-diagnostics=none']
  complaints = spawnSync(process.execPath, given, { cwd: folder, encoding: 'utf8' }).stdout.replaceAll(`${folder}/`, '')
  rmSync(folder, { recursive: true, force: true })
})

describe('the linter', () => {
  it.each(refused)('keeps %s from importing %s', (file, imported) => {
    expect(complaint(file, `import '${imported}'`).join()).toContain('noRestrictedImports')
  })

  it.each(allowed)('lets %s import %s', (file, imported) => {
    expect(complaint(file, `import '${imported}'`)).toEqual([])
  })

  it.each(withoutNetwork)('keeps fetch out of %s', file => {
    expect(complaint(file, `await fetch('https://graph.microsoft.com')`).join()).toContain('noRestrictedGlobals')
  })
})
