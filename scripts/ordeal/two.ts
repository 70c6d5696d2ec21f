// Two servers: every story of e2e/ with two instances that were built apart, on one PostgreSQL behind a plain round-robin;
// then once more while one of them is killed and started again. And one run at a time, also when its server dies.
// The rule it keeps: two controls, one with another APP_KEY and one with the lease ignored, have to be noticed.
import { rmSync } from 'node:fs'
import { type How, type Kind, noTime, type Outcome } from './kind.ts'
import { makeClone } from './two-clone.ts'
import { oneRunAtATime } from './two-runs.ts'
import { allStories, draw, leftOut, type Shape, type Story, type Told, tell } from './two-stories.ts'

/** The whole walk; it uses both instances early: signing in, entering, and what was sealed for the browser. */
const controlStory =
  'one form, one button and two copied scripts open the mailboxes, and Exchange knows the right Object ID'
const roundsInFull = 20
/** Time for a story in one shape, and for what comes after the stories. */
const shapeLeastMs = 45_000
const runsLeastMs = 100_000

export const two: Kind = {
  name: 'two',
  proves:
    'Every story passes on two instances behind a round-robin, also while one is killed; one run at a time is the rule of both.',
  leastMs: 200_000,
  async run(how) {
    // A sample has no time to build twice: its instances are of one build.
    const secondClone = how.sample === undefined ? makeClone() : undefined
    try {
      const stories = await allStories()
      const outcomes = [
        await inShape('two', stories, secondClone, how),
        await inShape('two-killed', stories, secondClone, how),
        await oneRunAtATime(how.sample ?? roundsInFull, how),
        await controlKeys(stories, how.say)
      ]
      return {
        cases: outcomes.reduce((sum, { cases }) => sum + cases, 0),
        failures: outcomes.flatMap(({ failures }) => failures),
        figures: Object.assign({}, ...outcomes.map(({ figures }) => figures))
      }
    } finally {
      if (secondClone) rmSync(secondClone, { recursive: true, force: true })
    }
  }
}

async function inShape(
  shape: Shape,
  all: readonly Story[],
  secondClone: string | undefined,
  { sample, leftMs, say }: How
): Promise<Outcome> {
  const exceptions = leftOut[shape]
  const isLeftOut = ({ title }: Story) => exceptions.some(exception => exception.title.test(title))
  const stories = draw(
    all.filter(story => !isLeftOut(story)),
    sample,
    controlStory
  )
  const limitMs = Math.max(shapeLeastMs, (leftMs() - runsLeastMs) / (shape === 'two' ? 2 : 1))
  const told = await tell(stories, shape, secondClone ? { MOW_E2E_SECOND_CLONE: secondClone } : {}, say, limitMs)
  const name = shape === 'two' ? 'Two instances' : 'Two instances, one killed'
  // Stories of other environments start a single product of their own: they were told, and prove nothing of two.
  const ofTwo = told.filter(({ passed, shaken }) => shaken !== undefined || !passed)
  const sum = (count: (one: Told) => number) => told.reduce((total, one) => total + count(one), 0)
  const kills = sum(({ shaken }) => shaken?.kills ?? 0)
  const failures = told
    .filter(({ passed }) => !passed)
    .map(({ file, line, title, why }) => `${name}: ${file}:${line} ${title}: ${why}`)
  for (const index of [0, 1])
    if (sum(({ shaken }) => shaken?.asked[index] ?? 0) === 0)
      failures.push(`${name}: instance ${index} was never asked`)
  if (shape === 'two-killed' && kills === 0) failures.push(`${name}: nothing was killed`)
  return {
    cases: ofTwo.length,
    failures,
    figures: {
      [`${name}: stories`]: ofTwo.length,
      [`${name}: stories that start a product of their own, not counted`]: told.length - ofTwo.length,
      ...(told.length < stories.length && { [`${name}: ${noTime}`]: stories.length - told.length }),
      [`${name}: requests`]: sum(({ shaken }) => shaken?.requests ?? 0),
      [`${name}: requests to each instance`]: [0, 1]
        .map(at => sum(({ shaken }) => shaken?.asked[at] ?? 0))
        .join(' and '),
      [`${name}: kills`]: kills,
      [`${name}: stories with a kill in them`]: told.filter(({ shaken }) => (shaken?.kills ?? 0) > 0).length,
      [`${name}: requests that were asked again of the other instance`]: sum(({ shaken }) => shaken?.askedAgain ?? 0),
      [`${name}: requests that died with their instance`]: sum(
        ({ shaken }) => (shaken?.refused ?? 0) + (shaken?.cutOff ?? 0)
      ),
      ...Object.fromEntries(exceptions.map(({ title, why }) => [`${name}: left out ${title.source}`, why]))
    }
  }
}

async function controlKeys(stories: readonly Story[], say: (line: string) => void): Promise<Outcome> {
  const story = stories.filter(({ title }) => title === controlStory)
  const told = await tell(story, 'two', { MOW_E2E_KEYS_APART: 'yes' }, say)
  const isTold = told.length === 1 && told[0]?.shaken !== undefined && !told[0].passed
  return {
    cases: 1,
    failures: isTold ? [] : ['The control gave each instance another APP_KEY, and the story passed or was not told'],
    figures: { 'Control, each instance with another APP_KEY': isTold ? 'noticed' : 'NOT noticed' }
  }
}
