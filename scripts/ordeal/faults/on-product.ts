// Faults of the wizard's own process and of its database, at every write, on the product as it is started.
// The rule it keeps: Microsoft's side of a write is held still while the wizard is killed or its database goes, so that each
// falls where its case says; and Microsoft lives on, whatever becomes of the wizard.
import { type PracticeTenant, startPracticeTenant } from '../../../practice-tenant/testing.ts'
import { openServerDatabase } from '../../database/server-for-tests.ts'
import { type How, noTime } from '../kind.ts'
import { type OneInstance, startProduct } from '../product.ts'
import { type Blow, halted, kills, signIns, stopped } from './blows.ts'
import { type Delay, delays } from './delays.ts'
import { draw } from './draw.ts'
import { type Clean, type Place, placesIn, prepared, ruleAt } from './journeys.ts'
import { carryOn, type Person, pressAll, setupName } from './person.ts'
import type { Tally } from './tally.ts'
import { difference, wholeOf } from './whole.ts'

export type Ground = {
  product: OneInstance
  practice: PracticeTenant
  blows: readonly Blow[]
  close(): Promise<void>
}

/** A product whose Microsoft is in this process, and so outlives it. */
async function startBeside(environment: Record<string, string> = {}) {
  const practice = await startPracticeTenant()
  const product = await startProduct({
    PRACTICE_TENANT: 'off',
    CUSTOM_CLOUD_FILE: practice.cloudFile,
    NODE_EXTRA_CA_CERTS: practice.certificateFile,
    NO_PROXY: 'localhost,127.0.0.1,::1',
    ...environment
  })
  return { practice, product }
}

export async function openEmbedded(): Promise<Ground> {
  const { practice, product } = await startBeside()
  return {
    practice,
    product,
    blows: [...kills, ...halted],
    async close() {
      await product.stop()
      await practice.stop()
    }
  }
}

export async function openOnServer(): Promise<Ground> {
  const database = await openServerDatabase()
  const { practice, product } = await startBeside({ DATABASE_URL: database.url })
  return {
    practice,
    product,
    blows: [...stopped(database), ...signIns],
    async close() {
      await product.stop()
      await practice.stop()
      await database.close()
    }
  }
}

type Case = { blow: Blow; place: Place; delay: Delay; round: number }

export type Striking = Pick<How, 'sample' | 'leftMs'> & { seed: number; tally: Tally }

/** Every blow of this ground at every write under every delay of copying, or `sample` of all of these. */
export async function strikeAll(
  { product, practice, blows }: Ground,
  cleans: readonly Clean[],
  { sample, seed, leftMs, tally }: Striking
): Promise<void> {
  const places = placesIn(cleans)
  const cases = blows.flatMap(blow => places.flatMap(place => delays.map(delay => ({ blow, place, delay }))))
  for (const [round, each] of draw(cases, sample, seed).entries()) {
    if (round > 0 && leftMs() <= 0) {
      tally.figure(noTime, 1)
      continue
    }
    try {
      await strike({ ...each, round }, product, practice, tally)
    } catch (error) {
      tally.tried(each.blow.name, nameOf(each), [`it could not be carried through: ${error}`])
      await product.restart()
    }
  }
}

const nameOf = ({ blow, place, delay }: Omit<Case, 'round'>) => `${blow.name}, at ${place.name}, ${delay.name}`

async function strike(
  { blow, place, delay, round }: Case,
  product: OneInstance,
  practice: PracticeTenant,
  tally: Tally
) {
  const { control } = practice
  const begunMs = performance.now()
  const person = await prepared(place.clean.journey, product.url, practice)
  const { copyDelayReads, flickerReads } = delay
  control.settings({ copyDelayReads, flickerReads })
  control.faults([{ ...ruleAt(place), kind: 'hold', holds: blow.holds }])
  let hasEnded = false
  const pressing = pressUntilHeld(person, practice).finally(() => {
    hasEnded = true
  })
  await until(() => control.held() > 0 || hasEnded)
  const reached = control.held() > 0
  if (reached) await blow.strike({ product, practice, pressing, round })
  control.faults([])
  await pressing
  const complaints = reached ? await complaintsAfter(person, practice, place.clean) : []
  // Under flickering reads a write may not be needed: what did not come proves nothing.
  if (!reached && flickerReads === 0) complaints.push('the write did not come')
  if (reached || complaints.length > 0)
    tally.tried(blow.name, nameOf({ blow, place, delay }), complaints, performance.now() - begunMs)
  else tally.figure('writes on the product that did not come, under flickering reads', 1)
}

const pressesMax = 6
/** Where a run leads that found all of it done: to the step after the one where it was pressed. */
const onwards = /\/register-the-application$/
/** What only the last step's look reads: a run that stopped before has not come that far. */
const ofTheLastStep = /passwordCredentials/

/** One press, and more of them while Microsoft still copies. */
async function pressUntilHeld(person: Person, practice: PracticeTenant): Promise<void> {
  for (let press = 0; press < pressesMax; press++) {
    const answer = await pressAll(person).catch(() => undefined)
    if (!answer || !practice.control.pendingFaults().length) return
  }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(resolve => setTimeout(resolve, 5))
}

/** Carries on to the end, and compares with what an undisturbed walk leaves. */
async function complaintsAfter(person: Person, practice: PracticeTenant, clean: Clean): Promise<string[]> {
  const { control } = practice
  const why = await carryOn(person)
  const complaints = why ? [`carrying on does not end: ${why}`] : []
  const whole = wholeOf(control.tenant())
  if (whole !== clean.whole) complaints.push(`the tenant holds something else: ${difference(clean.whole, whole)}`)
  const secrets = control.tenant().applications.flatMap(one => one.passwordCredentials)
  const last = person.stored.at(-1)
  if (!secrets.some(({ secretHash }) => secretHash === last))
    complaints.push('the secret that the person stored is not one that Microsoft knows')
  control.settle()
  control.clearRequests()
  const further = await pressAll(person)
  const requests = control.requests()
  const cameThrough = requests.some(({ path }) => ofTheLastStep.test(decodeURIComponent(path)))
  if (further.status !== 303 || !onwards.test(further.location ?? '') || !cameThrough)
    complaints.push(`a further run did not come through: ${further.status} ${further.location}`)
  const writes = requests.filter(({ method }) => method !== 'GET')
  if (writes.length > 0)
    complaints.push(`a further run wrote: ${writes.map(({ method, path }) => `${method} ${path}`).join(', ')}`)
  return complaints
}

/** A wizard that has forgotten a secret that it asked for would leave two: the judge has to tell them from one. */
export async function leaveOneTooMany({ product, practice }: Ground, cleans: readonly Clean[], tally: Tally) {
  const [clean] = cleans
  if (!clean) return
  const person = await prepared(clean.journey, product.url, practice)
  await carryOn(person)
  const made = practice.control.tenant().applications.find(({ displayName }) => displayName === setupName)
  const ada = await practice.graphAs('ada@contoso.example')
  await ada('POST', `/applications/${made?.id}/addPassword`, { passwordCredential: { displayName: 'one too many' } })
  tally.control('a secret too many on the product', (await complaintsAfter(person, practice, clean)).length)
}
