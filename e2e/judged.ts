// One walk through the states of the pages, judged at each: no axe violation in any look, no policy broken, nobody else asked.
import { violationsInEveryLook } from './axe.ts'
import type { Product } from './fixtures/product.ts'
import { expectKept, watch } from './policies.ts'
import type { Walk } from './states/walk.ts'
import { expect } from './test.ts'

type Ground = Omit<Walk, 'visit'> & { product: Product }

export async function judged(walk: (walk: Walk) => Promise<void>, { wizard, practice, product }: Ground) {
  const watched = await watch(wizard.page, product, practice)
  const states = new Set<string>()
  const visit = async (state: string) => {
    expect(states.has(state), `${state} is visited once`).toBe(false)
    states.add(state)
    expect.soft(await violationsInEveryLook(wizard.page), state).toEqual([])
  }
  await walk({ wizard, practice, visit })
  await wizard.open('/')
  await expect(wizard.page.getByRole('heading', { level: 1 })).toBeVisible()
  expectKept(watched)
}
