// The summary of a test run, whose last line is read by machines.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { runStages, type Stage } from './stages.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mow-stages-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function stage(name: string, report: object | undefined, ok = true): Stage {
  const file = join(folder, `${name}.json`)
  const run = async () => {
    if (report) writeFileSync(file, JSON.stringify(report))
    return { ok }
  }
  return { name, run, ...(report && { report: file }) }
}

const vitest = (passed: number, failed = 0) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: 0,
  numTodoTests: 0
})
const playwright = (expected: number, more = {}) => ({
  stats: { expected, unexpected: 0, flaky: 0, skipped: 0, ...more }
})

async function run(...stages: Stage[]) {
  const said: string[] = []
  const ok = await runStages(stages, line => said.push(line))
  return { ok, last: said.join('\n').split('\n').at(-1), said: said.join('\n') }
}

it('adds up what all runners passed', async () => {
  const { ok, last } = await run(stage('types', undefined), stage('unit', vitest(12)), stage('journey', playwright(3)))
  expect([ok, last]).toEqual([true, 'tests: 15 passed, 0 failed'])
})

it('stops at the first stage that fails, and counts its tests', async () => {
  const { ok, last, said } = await run(stage('unit', vitest(10, 2), false), stage('journey', playwright(3)))
  expect([ok, last]).toEqual([false, 'tests: 10 passed, 2 failed'])
  expect(said).not.toContain('journey')
})

it('counts a failed stage without tests as one failure', async () => {
  expect((await run(stage('types', undefined, false))).last).toBe('tests: 0 passed, 1 failed')
})

it('fails a stage that found no test to run', async () => {
  expect(await run(stage('unit', vitest(0)))).toMatchObject({ ok: false, last: 'tests: 0 passed, 1 failed' })
})

it('fails a stage that throws, and says why', async () => {
  const failing: Stage = { name: 'browser', run: () => Promise.reject(new Error('No Chromium')) }
  const { ok, said } = await run(failing)
  expect(ok).toBe(false)
  expect(said).toContain('No Chromium')
})

it('counts a test that passed at the second try as failed', async () => {
  expect((await run(stage('journey', playwright(3, { flaky: 1 }), false))).last).toBe('tests: 3 passed, 1 failed')
})

it('does not read the report of an earlier run', async () => {
  const unit = stage('unit', vitest(5))
  await unit.run()
  const { ok } = await run({ ...unit, run: async () => ({ ok: true }) })
  expect(ok).toBe(false)
})

it('says how many were skipped', async () => {
  expect((await run(stage('journey', playwright(3, { skipped: 2 })))).last).toBe('tests: 3 passed, 0 failed, 2 skipped')
})
