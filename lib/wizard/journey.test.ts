// Where a setup stands on its way, over every combination of what may have been seen of the real list of steps.
import { describe, expect, test } from 'vitest'
import { steps } from '../steps/index.ts'
import type { Standing, Step } from '../steps/step.ts'
import { dependants, journeyOf, nextOpen, type Seen, type SeenById } from './journey.ts'

const at = new Date(0)
const problem = { id: 'x', title: 'X', happened: 'X.', todo: ['Y.'] }
const standings: Record<string, Standing | undefined> = {
  nothing: undefined,
  done: { kind: 'done', found: {}, facts: [] },
  todo: { kind: 'todo', changes: [{ says: 'Do', method: 'PATCH', path: '/a' }], then: [] },
  blocked: { kind: 'blocked', problem },
  unseen: { kind: 'unseen', question: 'Is it?' }
}
const seenAs = (kind: string, source: Seen['source'] = 'graph'): Seen | undefined => {
  const standing = standings[kind]
  return standing && { source, standing, at }
}
const byId = (id: string) => steps.find(step => step.id === id) as Step
const seen = (kinds: Record<string, string>): SeenById =>
  Object.fromEntries(Object.entries(kinds).map(([id, kind]) => [id, seenAs(kind)]))

/** A step that asks for no permission has no change to send, and not seen is the same as unseen to those after it. */
const kindsOf = (step: Step) => (unseeable(step) ? ['done', 'blocked', 'unseen'] : Object.keys(standings))

const seenByKind = Object.fromEntries(Object.keys(standings).map(kind => [kind, seenAs(kind)]))

/** Every way in which the steps can have been seen: a quarter of a million, all told in the same two records. */
function inEach(judge: (kinds: Record<string, string>, seen: SeenById) => void) {
  const kinds: Record<string, string> = {}
  const seen: Record<string, Seen | undefined> = {}
  const from = (index: number) => {
    const step = steps[index]
    if (!step) return judge(kinds, seen)
    for (const kind of kindsOf(step)) {
      kinds[step.id] = kind
      seen[step.id] = seenByKind[kind]
      from(index + 1)
    }
  }
  from(0)
}

const unseeable = (step: Step) => step.permissions.length === 0

describe('in every combination of what was seen', () => {
  test('a step is open exactly when all that it needs is passed, or cannot be seen by anybody', () => {
    const wrong: string[] = []
    let count = 0
    inEach((kinds, sights) => {
      const combination = () => steps.map(({ id }) => kinds[id]).join(' ')
      const lets = (need: Step) => kinds[need.id] === 'done' || kinds[need.id] === 'unseen' || unseeable(need)
      const opened = (step: Step): boolean => step.needs.every(need => lets(need) && opened(need))
      const { items, current } = journeyOf(steps, sights)
      for (const { step, open, passed, state } of items) {
        const fine =
          open === opened(step) &&
          passed === (kinds[step.id] === 'done') &&
          (state === 'closed') === (!open && !passed) &&
          (state === 'problem') === (open && kinds[step.id] === 'blocked')
        if (!fine) wrong.push(`${step.id} in ${combination()}`)
      }
      const shown = items.find(item => item.step === current)
      const all = items.every(item => item.passed)
      if (!shown || (!all && current !== steps.at(-1) && (!shown.open || shown.passed)))
        wrong.push(`${current.id} is opened in ${combination()}`)
      count += 1
    })
    expect(wrong.slice(0, 5)).toEqual([])
    expect(count).toBe(steps.reduce((product, step) => product * kindsOf(step).length, 1))
  })
})

describe('a journey', () => {
  test('begins at the first step, and nothing else that needs it is open', () => {
    const { items, current } = journeyOf(steps, {})
    expect(current).toBe(steps[0])
    expect(items.filter(item => item.open).map(item => item.step.id)).toEqual(['find-the-tenant'])
  })

  test('closes again what comes after a step that is not done any more', () => {
    const all = Object.fromEntries(steps.map(step => [step.id, 'done']))
    const { items, current } = journeyOf(steps, seen({ ...all, 'register-the-application': 'todo' }))
    expect(current.id).toBe('register-the-application')
    expect(items.filter(item => !item.open).map(item => item.step.id)).toEqual([
      'add-permissions',
      'grant-consent',
      'create-a-secret',
      'register-in-exchange',
      'open-the-mailboxes',
      'test-the-connection',
      'connect-your-program'
    ])
  })

  test('shows the page that was asked for as the current one', () => {
    const step = byId('register-the-application')
    const { items } = journeyOf(steps, seen({ 'find-the-tenant': 'done' }), step)
    expect(items.find(item => item.step === step)?.state).toBe('current')
  })

  test('tells a person’s word from what Microsoft showed', () => {
    const said = { 'find-the-tenant': seenAs('done', 'person'), 'register-the-application': seenAs('done', 'token') }
    expect(
      journeyOf(steps, said)
        .items.slice(0, 2)
        .map(item => item.state)
    ).toEqual(['said', 'done'])
  })

  test('leads on to the next step that is open, and past one that is closed', () => {
    const journey = journeyOf(steps, seen({ 'find-the-tenant': 'done', 'register-the-application': 'done' }))
    expect(nextOpen(journey, byId('find-the-tenant'))?.id).toBe('register-the-application')
    expect(nextOpen(journey, byId('add-permissions'))?.id).toBe('register-in-exchange')
    expect(nextOpen(journey, steps.at(-1) as Step)).toBeUndefined()
  })

  test('what depends on a step is everything that needs it, however far away', () => {
    expect(dependants(steps, byId('add-permissions')).map(step => step.id)).toEqual([
      'grant-consent',
      'create-a-secret',
      'test-the-connection',
      'connect-your-program'
    ])
    expect(dependants(steps, byId('find-the-tenant'))).toHaveLength(steps.length - 1)
    expect(dependants(steps, steps.at(-1) as Step)).toEqual([])
  })
})
