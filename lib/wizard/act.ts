// What a person may do on a step's page, besides letting the wizard run: answer, tell, confirm.
// The rule it keeps: parse first, act second, and what was typed comes back only where it is no secret.
import 'server-only'
import { dropHeldSecret } from '../session/held-secrets.ts'
import { createASecret } from '../steps/create-a-secret.ts'
import type { Mailboxes } from '../steps/open-the-mailboxes.ts'
import { registerTheApplication, type Which } from '../steps/register-the-application.ts'
import type { FieldProblem, Input, Setup, Standing, Step } from '../steps/step.ts'
import { takenOffBy } from '../steps/taken-off.ts'
import { tellByHand } from './by-hand.ts'
import type { AtStep } from './door.ts'
import { dependants, journeyOf, nextOpen } from './journey.ts'
import { saveList, shownField } from './mailbox-list.ts'
import { goOnWithAnother, isOtherApplication } from './other-application.ts'
import { refreshSighting } from './refresh.ts'
import { waitingSecrets } from './shown-secret.ts'
import { cannotTell, rememberSighting } from './sightings.ts'
import { standByEvidence } from './stand-by-evidence.ts'
import { dropSightings, hasStored, loseSecret, noteByHand, noteStored, saveAnswer, writeDiary } from './store.ts'
import { whoOf } from './who.ts'

/** `stale`: the page showed what is no longer so, and has to be shown again beside what was typed. */
export type Acted = { ok: true; goTo: string } | { ok: false; problems: readonly FieldProblem[]; stale?: true }

export const pathOf = (setupId: string, step: Step) => `/setups/${setupId}/${step.id}`

/** Saves the answer to a step's own form. Later steps that relied on another answer are looked at again. */
export async function answerStep(at: AtStep, input: Input): Promise<Acted> {
  const form = at.step.asks
  if (!form) return { ok: false, problems: [] }
  const parsed = form.parse(input, at.setup)
  if (!parsed.ok) return { ok: false, problems: parsed.problems }
  const isOther = at.step === registerTheApplication && isOtherApplication(at.setup, (parsed.value as Which).clientId)
  const keep = () => keepAnswer(at, parsed, input)
  return isOther ? goOnWithAnother(at, 'which', keep) : keep()
}

type Parsed = { value: unknown; notes?: readonly string[] }

async function keepAnswer(at: AtStep, parsed: Parsed, input: Input): Promise<Acted> {
  const { step, row } = at
  if (isMailboxes(parsed.value)) {
    const takenOff = await takenOffBy(at.setup, parsed.value.takenOff, parsed.value.mailboxes)
    const stale = await saveList(at, parsed.value.mailboxes, input[shownField]?.[0])
    if (stale) return { ok: false, problems: stale, stale: true }
    await saveAnswer(row.id, step.id, { mailboxes: [], notes: parsed.notes ?? [], takenOff })
  } else await saveAnswer(row.id, step.id, parsed.value)
  const voids = step.permissions.length > 0 ? [step, ...dependantsOf(at)] : isMailboxes(parsed.value) ? [step] : []
  await dropSightings(
    row.id,
    voids.map(({ id }) => id)
  )
  if (isMailboxes(parsed.value)) await standByEvidence(at, 'receipt')
  await writeDiary(row.id, { stepId: step.id, who: whoOf(at), kind: 'answer', says: `Answered: ${step.title}` })
  return { ok: true, goTo: `${pathOf(row.id, step)}?saved=1` }
}

/** An answer changes what a step asks of the tenant; a secret's lifetime changes nothing that stands. */
const dependantsOf = (at: AtStep) => (at.step === createASecret ? [] : dependants(stepsOf(at), at.step))

const stepsOf = ({ journey }: AtStep) => journey.items.map(item => item.step)

const isMailboxes = (value: unknown): value is Mailboxes =>
  typeof value === 'object' && value !== null && 'mailboxes' in value

/** Takes what the portal showed; a look at the tenant follows where reading is allowed. */
export async function tellStep(at: AtStep, input: Input): Promise<Acted> {
  const form = at.step.manual(at.setup).asks
  if (!form) return { ok: false, problems: [] }
  const parsed = form.parse(input, at.setup)
  if (!parsed.ok) return { ok: false, problems: parsed.problems }
  const told = await tellByHand(at, parsed.value, input)
  if (!told.ok) return told
  await writeDiary(at.row.id, { stepId: at.step.id, who: whoOf(at), kind: 'word', says: `By hand: ${at.step.title}` })
  return { ok: true, goTo: `${pathOf(at.row.id, at.step)}?saved=1` }
}

/** The person's word, where no API can tell or none may be asked. `keyId` names the secret that a page showed. */
export async function confirmStep(at: AtStep, keyId = ''): Promise<Acted> {
  const { step, row, setup } = at
  const word = step.manual(setup).confirms
  if (!word) return { ok: false, problems: [] }
  if (step === createASecret && !(await noteTheWord(at, keyId))) return outOfDate(at)
  const seen = at.entered && step.permissions.length > 0 ? await refreshSighting(at) : undefined
  if (seen?.kind !== 'done') {
    // Nobody looked: the page says why, and the word is asked for again.
    if (seen?.kind === 'blocked' && seen.problem.couldNotLook) return { ok: true, goTo: pathOf(row.id, step) }
    if (seen && seen.kind !== 'unseen') return { ok: true, goTo: `${pathOf(row.id, step)}?not-yet=1` }
    await rememberSighting(row.id, step, 'person', {
      kind: 'done',
      found: word.found,
      facts: step.facts?.(word.found, setup) ?? []
    })
  }
  await writeDiary(row.id, { stepId: step.id, who: whoOf(at), kind: 'word', says: word.says })
  if (step.permissions.length === 0) {
    // What was seen outweighs a word.
    await standByEvidence(at, 'receipt')
    const seenBefore = at.seen[step.id]?.standing
    if (seenBefore?.kind === 'blocked' && !cannotTell(seenBefore))
      return { ok: true, goTo: `${pathOf(row.id, step)}#stands` }
  }
  // The journey again, with this step passed: what it opens is next.
  const passed: Standing = { kind: 'done', found: word.found, facts: [] }
  const seenNow = { ...at.seen, [step.id]: { source: 'person' as const, standing: passed, at: setup.now } }
  const next = nextOpen(journeyOf(stepsOf(at), seenNow, step), step)
  return { ok: true, goTo: next ? pathOf(row.id, next) : `/setups/${row.id}` }
}

/** Of a secret that this setup made its own row is marked; one that was made by hand gets a row of its own. False, and
 *  nothing is marked, where the page showed another than waits now: nobody has seen the value of that one. */
async function noteTheWord({ row, setup }: AtStep, keyId: string): Promise<boolean> {
  if (keyId) return isOurs(setup, keyId) && (await noteStored(row.id, keyId))
  if (waitingSecrets(setup).length > 0) return false
  if (!(await hasStored(row.id))) await noteByHand(row.id, setup.nextAttemptId)
  return true
}

/** What came with a form is compared here, and never asked of the database as it came. */
const isOurs = ({ secrets }: Setup, keyId: string) => secrets.some(secret => secret.keyId === keyId)

const outOfDate = ({ row, step }: AtStep): Acted => ({ ok: true, goTo: `${pathOf(row.id, step)}?other-secret=1` })

/** The person wants the sealed value gone before its time, from the page of this step or of the test. */
export async function forgetTheSecret(at: AtStep, from: Step = at.step): Promise<Acted> {
  if (await dropHeldSecret(at.session, at.row.id)) await noteOfSecret(at, 'Removed the client secret from this browser')
  return { ok: true, goTo: pathOf(at.row.id, from) }
}

/** The value of this secret is lost: what Microsoft holds is an orphan now, offered for removal. */
export async function loseTheSecret(at: AtStep, keyId: string): Promise<Acted> {
  if (!isOurs(at.setup, keyId) || !(await loseSecret(at.row.id, keyId))) return outOfDate(at)
  await dropHeldSecret(at.session, at.row.id, keyId)
  await dropSightings(at.row.id, [at.step.id])
  await noteOfSecret(at, `Said that the value of the client secret ${keyId} is lost`)
  return { ok: true, goTo: pathOf(at.row.id, at.step) }
}

const noteOfSecret = (at: AtStep, says: string) =>
  writeDiary(at.row.id, { stepId: createASecret.id, who: whoOf(at), kind: 'word', says })
