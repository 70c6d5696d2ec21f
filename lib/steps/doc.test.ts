// docs/steps.md is what the registry says.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { stepsDoc } from './doc.ts'
import { steps } from './index.ts'

test('docs/steps.md says what the steps say', () => {
  expect(readFileSync('docs/steps.md', 'utf8')).toBe(stepsDoc(steps))
})

test('every step has a section with its own anchor', () => {
  for (const step of steps) expect(stepsDoc(steps)).toContain(`<a id="${step.id}"></a>`)
})
