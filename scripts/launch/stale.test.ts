// What is made anew: only what its sources changed for.
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fingerprint, isInstalled } from './stale.mjs'

let root: string
const write = (path: string, text: string) => {
  mkdirSync(join(root, path, '..'), { recursive: true })
  writeFileSync(join(root, path), text)
}
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mow-stale-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

describe('the fingerprint of the sources', () => {
  const print = () => fingerprint(root, ['app', 'proxy.ts', 'not-there'])
  beforeEach(() => {
    write('app/page.tsx', 'one')
    write('app/deep/page.tsx', 'two')
    write('proxy.ts', 'three')
  })

  it('stays when only times change', () => {
    const before = print()
    utimesSync(join(root, 'app/page.tsx'), new Date(0), new Date(0))
    expect(print()).toBe(before)
  })

  it.each([
    ['a content changes', () => write('app/deep/page.tsx', 'too')],
    ['a file comes', () => write('app/new.tsx', '')],
    ['a file goes', () => rmSync(join(root, 'proxy.ts'))],
    ['a text moves to another file', () => [write('app/page.tsx', ''), write('app/q.tsx', 'one')]]
  ])('changes when %s', (_case, change) => {
    const before = print()
    change()
    expect(print()).not.toBe(before)
  })

  it('leaves tests out', () => {
    const before = print()
    write('app/page.test.tsx', 'new')
    expect(print()).toBe(before)
  })
})

describe('the installed packages', () => {
  const lock = (packages: object) => write('package-lock.json', JSON.stringify({ packages }))
  const there = (packages: object) => write('node_modules/.package-lock.json', JSON.stringify({ packages }))

  it('are stale when nothing is installed', () => {
    lock({})
    expect(isInstalled(root)).toBe(false)
  })

  it('fit when every locked version is there, and packages of other systems need not be', () => {
    lock({
      '': {},
      'node_modules/a': { version: '1.0.0' },
      'node_modules/b-win32-x64': { version: '1.0.0', optional: true }
    })
    there({ 'node_modules/a': { version: '1.0.0' } })
    expect(isInstalled(root)).toBe(true)
  })

  it('are stale when one is missing or has another version', () => {
    lock({ 'node_modules/a': { version: '1.0.1' } })
    there({ 'node_modules/a': { version: '1.0.0' } })
    expect(isInstalled(root)).toBe(false)
    there({})
    expect(isInstalled(root)).toBe(false)
  })
})
