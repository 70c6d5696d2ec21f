// What a load is judged by: slow clicks and growing memory are told, and so is what was not measured.
import { describe, expect, test } from 'vitest'
import { type Click, type ClickKind, growthOf, type Level, slowIn, timesOf, unevenIn } from './load-figures.ts'

const clicks = (ms: readonly number[], kind: ClickKind = 'page') =>
  ms.map((each): Click => ({ kind, name: 'x', ms: each }))
const times = (count: number, ms: number) => Array.from({ length: count }, () => ms)
const levels = (mb: (index: number) => number, count = 40) =>
  Array.from({ length: count }, (_, index): Level => ({ atSeconds: 100 + index * 5, mb: mb(index) }))

describe('percentiles', () => {
  test('are by nearest rank', () => {
    const ms = Array.from({ length: 100 }, (_, index) => 100 - index)
    expect(timesOf(clicks(ms))).toEqual({ count: 100, p50: 50, p95: 95, p99: 99, max: 100 })
    expect(timesOf(clicks([7]))).toEqual({ count: 1, p50: 7, p95: 7, p99: 7, max: 7 })
  })

  test('of nothing are no number', () => {
    expect(timesOf([]).p95).toBeNaN()
  })
})

describe('clicks', () => {
  test('may be slow now and then, and not one time in twenty', () => {
    expect(slowIn(clicks([...times(96, 200), ...times(4, 9_000)]), ['page'])).toEqual([])
    expect(slowIn(clicks([...times(94, 200), ...times(6, 1_000)]), ['page'])).toHaveLength(1)
    expect(slowIn(clicks([...times(94, 200), ...times(6, 999)]), ['page'])).toEqual([])
  })

  test('are judged kind by kind: many quick ones do not hide a slow kind', () => {
    const both = [...clicks(times(1_000, 20)), ...clicks(times(10, 4_000), 'download')]
    expect(slowIn(both, ['page', 'download'])).toEqual([expect.stringMatching(/^p95 of a download is 4000 ms/)])
  })

  test('that nobody made are a failure', () => {
    expect(slowIn([], ['page'])).toHaveLength(1)
    expect(slowIn(clicks([20]))).toHaveLength(2)
  })
})

describe('memory', () => {
  test('that goes up and down is flat', () => {
    expect(
      unevenIn(
        'x',
        levels(index => 300 + 60 * Math.sin(index))
      )
    ).toEqual([])
    expect(
      unevenIn(
        'x',
        levels(index => 300 - index)
      )
    ).toEqual([])
  })

  test('that creeps up is told, also below noise', () => {
    expect(
      unevenIn(
        'x',
        levels(index => 300 + 2 * index)
      )
    ).toEqual([expect.stringContaining('grew by 26 %')])
    expect(
      unevenIn(
        'x',
        levels(index => 300 + 2 * index + 30 * Math.sin(index * 2))
      )
    ).toHaveLength(1)
  })

  test('grows by a share of where it began', () => {
    expect(growthOf(levels(index => 200 + index, 101))).toBeCloseTo(0.5)
    expect(
      growthOf([
        { atSeconds: 0, mb: 100 },
        { atSeconds: 60, mb: 105 }
      ])
    ).toBeCloseTo(0.05)
  })

  test('that was looked at less than twice is a failure', () => {
    expect(unevenIn('x', [])).toHaveLength(1)
    expect(
      unevenIn(
        'x',
        levels(() => 300, 1)
      )
    ).toHaveLength(1)
  })
})
