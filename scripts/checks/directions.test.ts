// Who may import whom (design, "Import directions"), held by the linter: each direction is seen to fail once.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const biome = fileURLToPath(new URL('../../node_modules/@biomejs/biome/bin/biome', import.meta.url))

/** @returns what the linter says of these lines, had they stood in that file */
function lint(file: string, lines: string): string {
  const given = [biome, 'lint', '--only=style/noRestrictedImports', '--only=style/noRestrictedGlobals']
  const result = spawnSync(process.execPath, [...given, `--stdin-file-path=${file}`], {
    cwd: root,
    input: `${lines}\n`,
    encoding: 'utf8'
  })
  return result.status === 0 ? '' : result.stdout + result.stderr
}

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
  ['lib/microsoft/x.ts', '../wizard/run.ts'],
  ['lib/microsoft/x.ts', '../session/session.ts'],
  ['lib/microsoft/x.ts', '../steps/index.ts'],
  ['lib/microsoft/token.ts', '../env.ts'],
  ['lib/microsoft/token.ts', 'node:crypto'],
  ['lib/session/x.ts', '../wizard/run.ts'],
  ['lib/session/x.ts', '../microsoft/graph.ts'],
  ['lib/db/x.ts', '../session/session.ts'],
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
  ['lib/powershell/x.ts', '../steps/step.ts'],
  ['lib/microsoft/x.ts', '../steps/step.ts'],
  ['lib/microsoft/x.ts', '../env.ts'],
  ['lib/session/x.ts', '../db/client.ts'],
  ['lib/wizard/x.ts', '../microsoft/graph.ts'],
  ['lib/steps/x.test.ts', '../../practice-tenant/state.ts'],
  ['e2e/x.spec.ts', '../lib/steps/index.ts']
]

describe('the linter', () => {
  it.each(refused)('keeps %s from importing %s', (file, imported) => {
    expect(lint(file, `import '${imported}'`)).toContain('noRestrictedImports')
  })

  it.each(allowed)('lets %s import %s', (file, imported) => {
    expect(lint(file, `import '${imported}'`)).toBe('')
  })

  it.each(['lib/steps/x.ts', 'lib/powershell/x.ts', 'lib/wizard/journey.ts', 'app/x/page.tsx'])(
    'keeps fetch out of %s',
    file => {
      expect(lint(file, `await fetch('https://graph.microsoft.com')`)).toContain('noRestrictedGlobals')
    }
  )
})
