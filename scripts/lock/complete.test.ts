// package-lock.json holds for every system that its packages support, not only for the one it was written on.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { type Lock, missingEntries } from './complete.mjs'

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8')
const lock: Lock = JSON.parse(read('package-lock.json'))

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

  it('names the packages that package.json names', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json'))
    expect(lock.packages['']).toMatchObject({ dependencies, devDependencies })
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
