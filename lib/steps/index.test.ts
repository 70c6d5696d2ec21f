// The list of steps holds together: everything that is made from it may rely on this.
import { describe, expect, test } from 'vitest'
import { findStep, permissionsByStep, permissionsOf, steps } from './index.ts'
import type { Step } from './step.ts'

describe('the list of steps', () => {
  test('names each step once, by a name that fits a URL, a key and an anchor', () => {
    const ids = steps.map(step => step.id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toMatch(/^[a-z]+(-[a-z]+)+$/)
    for (const step of steps) expect(findStep(step.id)).toBe(step)
    expect(findStep('nothing')).toBeUndefined()
  })

  test.each(steps)('has $id after all that it needs', step => {
    const before = steps.slice(0, steps.indexOf(step))
    expect(step.needs.filter(need => !before.includes(need))).toEqual([])
  })

  test.each(steps)('tells in words what $id does and why', step => {
    expect(step.title).toMatch(/^[A-Z][a-z]+ .*[^.!]$/)
    expect(step.why).toMatch(/^[A-Z].*\.$/)
    expect(step.why.length).toBeLessThan(400)
  })
})

describe('the permissions', () => {
  const asking = (...permissions: string[]) => ({ permissions }) as unknown as Step

  test('of all steps are the least that suffices, each once', () => {
    expect(permissionsOf(steps)).toEqual(['User.Read', 'Application.ReadWrite.All'])
  })

  test('leave out a reading one where a writing one is asked for anyway', () => {
    expect(permissionsOf([asking('A.Read.All'), asking('A.ReadWrite.All', 'A.Read.All')])).toEqual(['A.ReadWrite.All'])
    expect(permissionsOf([asking('A.Read.All'), asking('B.ReadWrite.All')])).toEqual(['A.Read.All', 'B.ReadWrite.All'])
    expect(permissionsOf([asking('User.Read')])).toEqual(['User.Read'])
  })

  test('are each explained, with the steps that use them', () => {
    expect(permissionsByStep.map(({ permission }) => permission)).toEqual([...permissionsOf(steps)])
    for (const { why, steps: using } of permissionsByStep) {
      expect(why).toMatch(/\.$/)
      expect(using.length).toBeGreaterThan(0)
    }
    const listed = permissionsByStep.flatMap(({ steps: using }) => using.map(({ id }) => id))
    expect(steps.filter(step => step.permissions.length > 0 && !listed.includes(step.id))).toEqual([])
  })
})
