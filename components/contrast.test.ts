// Every text colour is readable on every ground it may stand on, in light and in dark: WCAG 2.2 AA.
// https://www.w3.org/TR/WCAG22/#contrast-minimum and #non-text-contrast
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('../app/globals.css', import.meta.url), 'utf8')
const [light, dark] = css.split('@media (prefers-color-scheme: dark)')

function readColours(block: string | undefined): Map<string, string> {
  return new Map(
    [...(block ?? '').matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(found => [found[1] ?? '', found[2] ?? ''])
  )
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map(at => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map(part => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

const kinds = ['accent', 'success', 'warning', 'danger']
const code = ['comment', 'string', 'name', 'keyword', 'number', 'variable'].map(name => `code-${name}`)
const plain = ['page', 'surface', 'raised']
const tinted = kinds.map(kind => `${kind}-soft`)

const pairs: [text: string, ground: string, least: number][] = [
  ...['ink', 'muted'].flatMap(text =>
    [...plain, ...tinted].map((ground): [string, string, number] => [text, ground, 4.5])
  ),
  ...['accent', 'danger'].flatMap(text =>
    [...plain, ...tinted].map((ground): [string, string, number] => [text, ground, 4.5])
  ),
  ...kinds.flatMap(kind => [...plain, `${kind}-soft`].map((ground): [string, string, number] => [kind, ground, 4.5])),
  ...code.flatMap(text => ['surface', 'raised'].map((ground): [string, string, number] => [text, ground, 4.5])),
  ['on-fill', 'fill', 4.5],
  ['on-fill', 'fill-hover', 4.5],
  ...plain.map((ground): [string, string, number] => ['edge', ground, 3])
]

describe.each([
  ['light', readColours(light)],
  ['dark', new Map([...readColours(light), ...readColours(dark)])]
])('in %s', (_, colours) => {
  it.each(pairs)('%s on %s has a contrast of at least %d', (text, ground, least) => {
    expect(contrast(colours.get(text) ?? '', colours.get(ground) ?? '')).toBeGreaterThanOrEqual(least)
  })
})
