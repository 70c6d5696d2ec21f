// package-lock.json holds for every system that its packages support, not only for the one it was written on.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { findNpm } from '../launch/npm.mjs'
import { type Lock, missingEntries } from './complete.mjs'

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8')
const lock: Lock = JSON.parse(read('package-lock.json'))

/** Of other systems, and added by complete.mjs: npm checks nothing but the version of these. A name more is a gap more. */
const withoutHash = [
  '@biomejs/cli-android-arm64',
  '@biomejs/cli-android-x64',
  '@biomejs/cli-darwin-arm64',
  '@biomejs/cli-darwin-x64',
  '@biomejs/cli-linux-arm64-musl',
  '@biomejs/cli-linux-x64-musl',
  '@biomejs/cli-win32-arm64',
  '@biomejs/cli-win32-x64',
  '@next/swc-darwin-arm64',
  '@next/swc-darwin-x64',
  '@next/swc-win32-arm64-msvc',
  '@next/swc-win32-x64-msvc',
  '@tailwindcss/oxide-android-arm64',
  '@tailwindcss/oxide-darwin-arm64',
  '@tailwindcss/oxide-darwin-x64',
  '@tailwindcss/oxide-freebsd-x64',
  '@tailwindcss/oxide-linux-arm-gnueabihf',
  '@tailwindcss/oxide-wasm32-wasi',
  '@tailwindcss/oxide-win32-arm64-msvc',
  '@tailwindcss/oxide-win32-x64-msvc'
]

/** @returns what npm says of installing by this lock file, from nothing and without a network. It writes nothing. */
function ci(given: Lock): string {
  const folder = mkdtempSync(join(tmpdir(), 'mow-ci-'))
  writeFileSync(join(folder, 'package.json'), read('package.json'))
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(given))
  // Its words are what is read, also where npm was told to be silent.
  const options = ['--dry-run', '--offline', '--ignore-scripts', '--loglevel=notice', '--cache', join(folder, 'cache')]
  const result = spawnSync(process.execPath, [findNpm(process.env), 'ci', ...options], {
    cwd: folder,
    encoding: 'utf8'
  })
  rmSync(folder, { recursive: true, force: true })
  return result.stdout + result.stderr
}

describe('package-lock.json', () => {
  it('has an entry for every optional package that a locked package names', () => {
    expect(missingEntries(lock)).toEqual({})
  })

  it.each([
    [
      'Next',
      '@next/swc-',
      ['darwin-arm64', 'darwin-x64', 'linux-arm64-gnu', 'linux-x64-gnu', 'linux-x64-musl', 'win32-x64-msvc']
    ],
    [
      'Tailwind',
      '@tailwindcss/oxide-',
      ['darwin-arm64', 'darwin-x64', 'linux-x64-gnu', 'linux-x64-musl', 'win32-x64-msvc']
    ],
    ['Biome', '@biomejs/cli-', ['darwin-arm64', 'darwin-x64', 'linux-x64', 'linux-x64-musl', 'win32-x64']],
    ['esbuild', '@esbuild/', ['darwin-arm64', 'darwin-x64', 'linux-x64', 'win32-x64']],
    ['TypeScript', '@typescript/typescript-', ['darwin-arm64', 'darwin-x64', 'linux-x64', 'win32-x64']],
    ['Rolldown', '@rolldown/binding-', ['darwin-arm64', 'linux-x64-gnu', 'linux-x64-musl', 'win32-x64-msvc']],
    ['knip’s parser', '@oxc-parser/binding-', ['darwin-arm64', 'linux-x64-gnu', 'linux-x64-musl', 'win32-x64-msvc']],
    [
      'knip’s resolver',
      '@oxc-resolver/binding-',
      ['darwin-arm64', 'linux-x64-gnu', 'linux-x64-musl', 'win32-x64-msvc']
    ],
    ['Lightning CSS', 'lightningcss-', ['darwin-arm64', 'linux-x64-gnu', 'linux-x64-musl', 'win32-x64-msvc']]
  ])('has %s for macOS, Windows and both kinds of Linux', (_name, prefix, systems) => {
    for (const system of systems)
      expect(lock.packages[`node_modules/${prefix}${system}`]).toMatchObject({
        version: expect.stringMatching(/^\d/),
        optional: true,
        cpu: expect.any(Array),
        os: expect.any(Array)
      })
  })

  it('tells the hash of every package, but for these, which could not be fetched where it was written', () => {
    const unhashed = Object.entries(lock.packages).filter(([path, entry]) => path && !('integrity' in entry))
    expect(unhashed.map(([path]) => path.replace('node_modules/', '')).sort()).toEqual(withoutHash)
  })

  it('is what npm ci takes, without asking a registry', () => {
    expect(ci(lock)).toMatch(/added \d+ packages/)
  })

  it('is refused by npm ci when the package of another system is left out', () => {
    const { 'node_modules/@next/swc-darwin-arm64': _, ...packages } = lock.packages
    expect(ci({ ...lock, packages })).not.toMatch(/added \d+ packages/)
  })

  it('says nothing of where packages come from, as that is each machine’s own affair', () => {
    expect(read('package-lock.json')).not.toMatch(/"resolved"/)
  })
})

describe('completing a lock file', () => {
  const swc = {
    packages: {
      'node_modules/next': {
        version: '16.0.0',
        optionalDependencies: { '@next/swc-win32-x64-msvc': '16.0.0', '@next/swc-linux-x64-musl': '16.0.0' }
      },
      'node_modules/@next/swc-linux-x64-musl': { version: '16.0.0' }
    }
  }

  it('adds what is named and not there, with its system, and only that', () => {
    expect(missingEntries(swc)).toEqual({
      'node_modules/@next/swc-win32-x64-msvc': { version: '16.0.0', cpu: ['x64'], os: ['win32'], optional: true }
    })
  })

  it('finds a package that lies nested', () => {
    const nested = {
      packages: {
        'node_modules/a': { optionalDependencies: { 'b-linux-x64': '1.0.0' } },
        'node_modules/a/node_modules/b-linux-x64': { version: '1.0.0' }
      }
    }
    expect(missingEntries(nested)).toEqual({})
  })

  it('refuses to guess a version', () => {
    expect(() => missingEntries({ packages: { a: { optionalDependencies: { 'b-linux-x64': '^1.0.0' } } } })).toThrow(
      'no single version'
    )
  })
})
