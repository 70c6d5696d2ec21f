// @ts-check
// Runs stages one after the other, stops at the first that fails, and sums up what the test runners counted.
// The rule it keeps: the last line counts tests from the runners' own reports; a failed stage never ends in "0 failed".
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */
/** @typedef {{ name: string, run: () => Promise<{ ok: boolean, why?: string }>, report?: string }} Stage */

/**
 * @param {readonly Stage[]} stages `report` is a JSON file that the stage's runner writes
 * @param {(line: string) => void} say
 * @returns {Promise<boolean>} whether all passed
 */
export async function runStages(stages, say) {
  const lines = /** @type {string[]} */ ([])
  const sum = { passed: 0, failed: 0, skipped: 0 }
  let ok = true
  for (const { name, run, report } of stages) {
    if (report) rmSync(report, { force: true })
    say(`\n== ${name}`)
    const begun = Date.now()
    const result = await run().catch(error => ({
      ok: false,
      why: error instanceof Error ? error.message : String(error)
    }))
    const seconds = ((Date.now() - begun) / 1000).toFixed(1)
    const counts = report ? readCounts(report) : undefined
    if (counts) for (const key of /** @type {const} */ (['passed', 'failed', 'skipped'])) sum[key] += counts[key]
    // A runner that found nothing to run proves nothing.
    ok = result.ok && (!report || (counts?.passed ?? 0) > 0)
    if (!ok && result.why) say(result.why)
    lines.push(
      `${ok ? 'ok    ' : 'FAILED'} ${name.padEnd(10)} ${seconds.padStart(7)} s${counts ? `  ${counts.passed} tests` : ''}`
    )
    if (!ok) break
  }
  if (!ok && sum.failed === 0) sum.failed = 1
  const skipped = sum.skipped > 0 ? `, ${sum.skipped} skipped` : ''
  say(`\n${lines.join('\n')}\n\ntests: ${sum.passed} passed, ${sum.failed} failed${skipped}`)
  return ok
}

/** @param {string} root @param {string} name @returns {string} where a runner writes its report */
export function reportFile(root, name) {
  const folder = join(root, '.build', 'reports')
  mkdirSync(folder, { recursive: true })
  return join(folder, `${name}.json`)
}

/**
 * Reads a report of Vitest (https://vitest.dev/guide/reporters#json-reporter) or of Playwright
 * (https://playwright.dev/docs/test-reporters#json-reporter).
 * @param {string} file
 * @returns {Counts | undefined}
 */
export function readCounts(file) {
  if (!existsSync(file)) return undefined
  const report = JSON.parse(readFileSync(file, 'utf8'))
  if (report.stats)
    return {
      passed: report.stats.expected,
      failed: report.stats.unexpected + report.stats.flaky,
      skipped: report.stats.skipped
    }
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests
  }
}
