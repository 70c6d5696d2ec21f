// @ts-check
// The stages by name, for `npm test` (all of them) and `npm run check` (the quick ones).
import { join } from 'node:path'
import { generate, install, prepare } from '../launch/prepare.mjs'
import { runToEnd } from '../launch/run-to-end.mjs'
import { requireChromium, requireCurl } from './browser.mjs'
import { reportFile } from './stages.mjs'

/** Program files below node_modules, run through this Node. */
const programs = {
  tsc: 'typescript/bin/tsc',
  biome: '@biomejs/biome/bin/biome',
  next: 'next/dist/bin/next',
  vitest: 'vitest/vitest.mjs',
  knip: 'knip/bin/knip.js',
  playwright: '@playwright/test/cli.js'
}

/**
 * @param {string} root
 * @param {import('../launch/environment.mjs').Env} env
 * @returns {Record<string, import('./stages.mjs').Stage>}
 */
export function stagesOf(root, env) {
  /** @param {keyof typeof programs} program @param {string[]} given @param {import('../launch/environment.mjs').Env} [more] */
  const node = (program, given, more = {}) =>
    runToEnd([join(root, 'node_modules', programs[program]), ...given], {
      cwd: root,
      env: { ...env, NEXT_TELEMETRY_DISABLED: '1', ...more },
      show: true
    })
  /** @param {() => Promise<unknown>} work */
  const done = async work => {
    await work()
    return { ok: true }
  }
  /** @param {string} name @param {string[]} [projects] @param {string[]} [more] @returns {import('./stages.mjs').Stage} */
  const vitest = (name, projects = [name], more = []) => {
    const report = reportFile(root, name)
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const chosen = projects.flatMap(project => ['--project', project])
    return { name, report, run: () => node('vitest', ['run', ...chosen, ...more, ...reporters]) }
  }
  const journey = reportFile(root, 'journey')
  const two = reportFile(root, 'two')
  return {
    install: { name: 'install', run: () => done(() => install(root, env, console.log)) },
    browser: {
      name: 'browser',
      run: () =>
        done(async () => {
          await requireCurl(env, console.log)
          await requireChromium(root, env, console.log)
        })
    },
    generate: {
      name: 'generate',
      run: async () => {
        await generate(root, env, console.log)
        // The route types and next-env.d.ts, which the type check reads and git does not keep.
        return node('next', ['typegen'])
      }
    },
    types: { name: 'types', run: () => node('tsc', ['--noEmit', '-p', 'tsconfig.json']) },
    lint: { name: 'lint', run: () => node('biome', ['ci', '--error-on-warnings']) },
    unused: { name: 'unused', run: () => node('knip', ['--no-progress', '--no-config-hints']) },
    unit: vitest('unit', ['unit*']),
    contract: vitest('contract'),
    launch: vitest('launch'),
    store: vitest('store'),
    // Both wait for other processes half of the time: beside each other they take little longer than one of them.
    processes: vitest('processes', ['launch', 'store'], ['--maxWorkers=4']),
    build: { name: 'build', run: () => done(() => prepare(root, { build: true, env, say: console.log })) },
    journey: {
      name: 'journey',
      report: journey,
      run: () => node('playwright', ['test'], { PLAYWRIGHT_JSON_OUTPUT_NAME: journey })
    },
    // A few stories on two instances, with kills; `npm run ordeal -- two` tells them all.
    two: {
      name: 'two',
      report: two,
      run: () =>
        node(
          'playwright',
          ['test', 'two-tabs.spec.ts', 'killed-server.spec.ts', '-g', 'one tab|while the application'],
          {
            PLAYWRIGHT_JSON_OUTPUT_NAME: two,
            MOW_E2E_SHAPE: 'two-killed'
          }
        )
    }
  }
}
