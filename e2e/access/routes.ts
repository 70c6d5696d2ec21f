// The doors that there are, read from the route tree itself: every page, every method of a handler, every action.
// The rule it keeps: nobody keeps this list, so nobody can forget a line of it.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** `PAGE /setups/[setupId]`, `POST /sign-in`, `ACTION app/setups/new/actions.ts#begin`, sorted. */
export function doorsOf(folder = join(root, 'app')): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name))
    .flatMap(file => doorsIn(relative(root, file).split(sep).join('/'), readFileSync(file, 'utf8')))
    .sort()
}

/** The addresses and the actions that the build has, as Next itself counts them: what `doorsOf` must not have overlooked. */
export function builtDoors(): { addresses: readonly string[]; actions: readonly string[] } {
  const read = (name: string) => JSON.parse(readFileSync(join(root, '.next/server', name), 'utf8'))
  const { node } = read('server-reference-manifest.json') as {
    node: Record<string, { filename: string; exportedName: string }>
  }
  const actions = Object.values(node).map(({ filename, exportedName }) => `ACTION ${filename}#${exportedName}`)
  const addresses = Object.keys(read('app-paths-manifest.json')).filter(path => !nextsOwn.has(path))
  return { addresses: addresses.sort(), actions: actions.sort() }
}

/** Pages that Next shows in the place of others. */
const nextsOwn = new Set(['/_not-found/page', '/_global-error/page'])

/** A door's address as Next's list of built addresses names it. */
export const builtAs = (door: string): string => {
  const [kind, address] = door.split(' ')
  return `${address === '/' ? '' : address}/${kind === 'PAGE' ? 'page' : 'route'}`
}

export function doorsIn(path: string, text: string): readonly string[] {
  const address = `/${path.split('/').slice(1, -1).join('/')}`
  const exported = [...text.matchAll(/^export (?:async )?(?:function\*?|const) (\w+)/gm)].map(([, name]) => name)
  if (/^\s*['"]use server['"]/m.test(text)) return exported.map(name => `ACTION ${path}#${name}`)
  if (/\/page\.tsx?$/.test(path)) return [`PAGE ${address}`]
  const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
  if (/\/route\.tsx?$/.test(path))
    return methods.filter(name => exported.includes(name)).map(name => `${name} ${address}`)
  return []
}
