// Counts cases and failures by sort, and says each as it comes.
// The rule it keeps: a control that nobody complained of is a failure of its own.
import type { Outcome } from '../kind.ts'

export type Tally = {
  tried(sort: string, where: string, complaints: readonly string[], ms?: number): void
  /** Something was broken on purpose; `complaints` says how often that was noticed. */
  control(broken: string, complaints: number): void
  /** Adds to a figure of the report. */
  figure(name: string, more: number): void
  outcome(): Outcome
}

export function createTally(say: (line: string) => void): Tally {
  const figures: Record<string, number | string> = {}
  const failures: string[] = []
  const sorts = new Map<string, number>()
  let cases = 0
  const figure = (name: string, more: number) => {
    figures[name] = Number(figures[name] ?? 0) + more
  }
  return {
    figure,
    tried(sort, where, complaints, ms) {
      cases += 1
      sorts.set(sort, (sorts.get(sort) ?? 0) + 1)
      failures.push(...complaints.map(complaint => `${where}: ${complaint}`))
      const took = ms === undefined ? '' : ` (${(ms / 1000).toFixed(0)} s)`
      if (ms !== undefined || complaints.length > 0)
        say(`${complaints.length === 0 ? 'ok    ' : 'FAILED'} ${where}${took} ${complaints.join('; ')}`.trimEnd())
    },
    control(broken, complaints) {
      say(`control: ${broken}: ${complaints === 0 ? 'NOT NOTICED' : `noticed ${complaints} times`}`)
      figures[`control: ${broken}, noticed`] = complaints
      if (complaints === 0) failures.push(`control: ${broken}, and nobody noticed`)
    },
    outcome: () => ({ cases, failures, figures: { ...figures, ...Object.fromEntries(sorts) } })
  }
}
