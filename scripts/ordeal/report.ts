// The report of an ordeal in Markdown. Pure.
import type { Outcome } from './kind.ts'

export type Ran = Outcome & { name: string; proves: string; seconds: number }

/** @param seconds how long all of it took; kinds of a sample run beside each other */
export function reportOf(ran: readonly Ran[], sample: number | undefined, seconds: number): string {
  const rows = ran.map(({ name, cases, failures, seconds }) => {
    // Nothing tried proves nothing.
    const verdict = failures.length === 0 && cases > 0 ? 'ok' : 'FAILED'
    return `| ${name} | ${cases} | ${failures.length} | ${seconds.toFixed(0)} s | ${verdict} |`
  })
  const details = ran.flatMap(({ name, proves, failures, figures }) => [
    '',
    `## ${name}`,
    '',
    proves,
    '',
    ...Object.entries(figures).map(([figure, value]) => `- ${figure}: ${value}`),
    ...failures.map(failure => `- FAILED: ${failure}`)
  ])
  return [
    '# Ordeal',
    '',
    `${sample === undefined ? 'All cases' : `A sample: ${sample} cases of each sort`}, in ${seconds.toFixed(0)} s.`,
    '',
    '| kind | cases | failures | time | |',
    '|---|---|---|---|---|',
    ...rows,
    ...details,
    ''
  ].join('\n')
}
