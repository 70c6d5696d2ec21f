// Rules of the house that the linter cannot say: what may be imported as a type only, what pure files may not read, how
// long a file may be. Each rule is shown a file that breaks it, so that a rule that went blind is noticed.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

type Source = { path: string; text: string }
type Rule = { says: string; where: RegExp; breaks(source: Source): boolean; example: Source }

/** Statements that import something at run time, with the module's name in the first group. */
const runTimeImports = /^(?:import|export) (?!type )(?:[^'"]*? from )?'([^']+)'/gms
const importsAtRunTime = (text: string, name: RegExp) =>
  [...text.matchAll(runTimeImports)].some(([whole, module]) => name.test(module ?? '') && !namesOnlyTypes(whole))
/** `import { type A, type B } from` leaves nothing at run time either. */
const namesOnlyTypes = (statement: string) => {
  const names = /\{([^}]*)\}/s.exec(statement)?.[1]
  return names?.split(',').every(name => name.trim() === '' || name.trim().startsWith('type ')) ?? false
}

const isAction = (text: string) => /^\s*['"]use server['"]/m.test(text)
const asksWhose = /^await requireOwnRequest\(\)/
/** The first statement of a function of this file. */
const firstOf = (text: string, name: string) =>
  new RegExp(`function ${name}\\(.*?\\)(?:: Promise<[^\\n]*>)? \\{\\n\\s*(.*?)\\n`, 's').exec(text)?.[1] ?? ''
/** Asks at once whose request it is, or leaves that to another function of this file. */
function asksFirst(text: string, name: string): boolean {
  const first = firstOf(text, name)
  const next = /^return (\w+)\(/.exec(first)?.[1]
  return asksWhose.test(first) || (next !== undefined && next !== name && asksFirst(text, next))
}
const exportedActions = (text: string) =>
  isAction(text) ? [...text.matchAll(/^export async function (\w+)/gm)].map(([, name]) => name ?? '') : []

const lines = (text: string) => text.trimEnd().split('\n').length

const rules: Rule[] = [
  {
    says: 'components know lib/steps by its types alone',
    where: /^components\//,
    breaks: ({ text }) => importsAtRunTime(text, /lib\/steps\//),
    example: { path: 'components/x.tsx', text: `import { steps } from '../lib/steps/index.ts'` }
  },
  {
    says: 'lib/powershell and lib/microsoft know the steps’ vocabulary by its types alone, but for what is plain data there',
    where: /^lib\/(powershell|gates|samples|microsoft)\//,
    breaks: ({ text }) => importsAtRunTime(text, /steps\/(?!step\.ts)/),
    example: { path: 'lib/microsoft/x.ts', text: `import { steps } from '../steps/index.ts'` }
  },
  {
    says: 'pure files read no clock and draw no lots',
    where: /^lib\/(steps|powershell|diagnosis|gates|samples)\/|^lib\/wizard\/journey\.ts|^lib\/microsoft\/token\.ts/,
    breaks: ({ text }) =>
      /Date\.now\(|new Date\(\)|Math\.random\(|crypto\.(random|getRandom)/.test(withoutComments(text)),
    example: { path: 'lib/steps/x.ts', text: 'const now = new Date()' }
  },
  {
    says: 'the environment is read in lib/env.ts and nowhere else in the product',
    where: /^(app|components|lib)\/(?!env\.ts)|^proxy\.ts/,
    breaks: ({ text }) => /process\.env\b(?!\.NODE_ENV)/.test(withoutComments(text)),
    example: { path: 'lib/wizard/x.ts', text: 'const key = process.env.APP_KEY' }
  },
  {
    says: 'every action asks first whose request it is, as the proxy does before it',
    where: /^app\/.*actions?\.tsx?$/,
    breaks: ({ text }) => exportedActions(text).some(name => !asksFirst(text, name)),
    example: {
      path: 'app/x/actions.ts',
      text: `'use server'\nexport async function win(data: FormData): Promise<void> {\n  await act(data)\n  await requireOwnRequest()\n}\n`
    }
  },
  {
    says: 'every handler that takes a form goes through `handled`, but for the one that knows nobody',
    where: /^app\/(?!tools\/powershell\/).*\/route\.tsx?$/,
    breaks: ({ text }) => /^export (async )?function (POST|PUT|PATCH|DELETE)/m.test(text) && !/\bhandled\(/.test(text),
    example: { path: 'app/x/route.ts', text: 'export async function POST() {}' }
  },
  {
    says: 'a download that is noted is refused to links of other sites',
    where: /^app\/.*\/route\.tsx?$/,
    breaks: ({ text }) => text.includes('noteDownload(') && !/return download\(request/.test(text),
    example: { path: 'app/x/route.ts', text: 'await noteDownload(request, at, fileName)' }
  },
  {
    says: 'handlers and actions are exported where they are written, so that the table of who may see what finds them',
    where: /^app\//,
    breaks: ({ path, text }) =>
      (/\/route\.\w+$/.test(path) || isAction(text)) &&
      /^export\s*(?:\{|\*|default\b|(?:const|let|var)\s*[{[])/m.test(text),
    example: { path: 'app/x/route.ts', text: `export { GET } from './elsewhere.ts'` }
  },
  {
    says: 'actions stand under app, in files of their own',
    where: /./,
    breaks: ({ path, text }) => isAction(withoutComments(text)) && !/^app\/.*\/actions\.ts$/.test(path),
    example: { path: 'lib/wizard/x.ts', text: `'use server'` }
  },
  {
    says: 'what answers under app is a page or a handler in TypeScript: nothing else gets an address',
    where: /^app\//,
    breaks: ({ path }) =>
      /(^|\/)((page|route)\.(?!tsx?$)\w+|(sitemap|robots|manifest|opengraph-image|twitter-image|apple-icon|icon)\d*\.\w+)$/.test(
        path
      ),
    example: { path: 'app/sitemap.ts', text: '' }
  },
  {
    says: 'a file under app has 80 lines at most',
    where: /^app\/.*\.tsx?$/,
    breaks: ({ text }) => lines(text) > 80,
    example: { path: 'app/x/page.tsx', text: '\n'.repeat(80).concat('x') }
  },
  {
    says: 'a file of the product has 250 lines at most',
    where: /^(?!e2e|test-data)/,
    breaks: ({ text }) => lines(text) > 250,
    example: { path: 'lib/x.ts', text: '\n'.repeat(250).concat('x') }
  },
  {
    says: 'what is read on a screen is plain English',
    where: /^(app|components|lib)\//,
    breaks: ({ text }) => /\bshall\b/i.test(withoutComments(text)),
    example: { path: 'components/x.tsx', text: '<p>The mailboxes that the program shall open</p>' }
  },
  {
    says: 'a file’s name tells what is in it',
    where: /./,
    breaks: ({ path }) => /(^|\/)(utils?|helpers?|common|misc|constants?|services?|managers?)(\.|\/|$)/.test(path),
    example: { path: 'lib/utils.ts', text: '' }
  },
  {
    says: 'a file opens with what it is for',
    where: /\.(ts|tsx|mjs)$/,
    breaks: ({ text }) => !/^(\/\/|\/\*|'use (client|server)'\n|#!)/.test(text),
    example: { path: 'lib/x.ts', text: `import 'server-only'` }
  }
]

function withoutComments(text: string) {
  return text.replace(/\/\*.*?\*\//gs, '').replace(/(^|\s)\/\/.*$/gm, '')
}

const sources = ['app', 'components', 'lib', 'practice-tenant', 'prisma', 'scripts', 'e2e', 'test-data']
  .flatMap(folder => readdirSync(join(root, folder), { withFileTypes: true, recursive: true }))
  .filter(entry => entry.isFile() && /\.(ts|tsx|mjs|js|jsx|mts)$/.test(entry.name))
  .map(entry => join(entry.parentPath, entry.name))
  .map(file => ({ path: relative(root, file).split(sep).join('/'), text: readFileSync(file, 'utf8') }))
  .filter(({ path }) => !/\/generated\/|\.test\.tsx?$/.test(path))

describe('in this house', () => {
  it.each(rules)('$says', ({ where, breaks }) => {
    expect(sources.filter(({ path }) => where.test(path)).length).toBeGreaterThan(0)
    expect(sources.filter(source => where.test(source.path) && breaks(source)).map(({ path }) => path)).toEqual([])
  })

  it.each(rules)('it is noticed when this does not hold: $says', ({ where, breaks, example }) => {
    expect(where.test(example.path) && breaks(example)).toBe(true)
  })
})
