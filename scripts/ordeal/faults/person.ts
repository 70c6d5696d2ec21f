// Somebody who lets the wizard do it all, in a browser without JavaScript, and carries on whatever happens.
// The rule they keep: they press what the page offers, and store the value that the page shows.
import { createHash } from 'node:crypto'
import type { Answer } from '../visitor.ts'
import { Visitor } from '../visitor.ts'

export type Person = {
  visitor: Visitor
  /** The path of their setup. */
  setup: string
  /** Hashes of the secrets that they stored. */
  stored: string[]
}

export const setupName = 'Invoices'
const turnsMax = 40
/** Between two looks at a page that says "somebody else is at work" or nothing at all. */
const restMs = 1_000
const rest = () => new Promise(resolve => setTimeout(resolve, restMs))

/** Signs in as Ada, begins a setup and enters the tenant. */
export async function begin(home: string): Promise<Person> {
  const visitor = new Visitor(home)
  await visitor.signIn('Ada Lindqvist')
  const begun = await visitor.press(await visitor.open('/setups/new'), 'Continue', { name: setupName })
  const setup = new URL(begun.url).pathname.split('/').slice(0, 3).join('/')
  await visitor.press(begun, 'Enter your tenant as')
  return { visitor, setup, stored: [] }
}

/** Says on the page of the application that an existing one is to be used. */
export async function adopt({ visitor, setup }: Person, clientId: string): Promise<void> {
  const page = await visitor.open(`${setup}/register-the-application`)
  const saved = await visitor.press(page, 'Save the choice', { which: 'adopt', clientId })
  if (!saved.url.includes('saved=1')) throw new Error(`The choice was not saved: ${saved.status} ${saved.url}`)
}

/** One press of "Do all of it for me", as the page of the first step sends it. */
export function pressAll({ visitor, setup }: Person): Promise<Answer> {
  const form = new FormData()
  form.set('all', 'yes')
  return visitor.send(`${setup}/find-the-tenant/run`, form)
}

/** Presses on until the secret is stored and nothing is left to do in Microsoft Entra.
 *  @returns what stood in the way at last, or undefined when it is done */
export async function carryOn(person: Person): Promise<string | undefined> {
  const { visitor, setup } = person
  let page: Answer | undefined
  let last = 'nothing was shown'
  for (let turn = 0; turn < turnsMax; turn++) {
    page ??= await visitor.open(`${setup}/create-a-secret?look=now`).catch(() => undefined)
    if (page && isDone(person, page)) return undefined
    last = page ? `${page.status} ${page.url} ${headingsIn(page.html)}` : 'no answer'
    const button = page?.status === 200 ? whatToPress(person, page) : undefined
    const next: Answer | undefined =
      page && button ? await visitor.press(page, button).catch(() => undefined) : undefined
    if (page && next?.status === 200 && button === storedIt) person.stored.push(hashOf(secretIn(page.html) ?? ''))
    // Somebody else's run, an error or no answer at all: the page is opened again a little later.
    const goesOn = next?.status === 200 && !next.url.includes('busy=1') && button !== storedIt
    if (!goesOn && button !== storedIt) await rest()
    page = goesOn ? next : undefined
  }
  return last
}

const storedIt = 'I have stored it'
const lostIt = 'I have lost its value'
const buttons = ['Enter your tenant as', 'Enter this tenant with another account', 'Do all of it for me', 'Carry on']

/** Who is asked to enter the tenant does that first. */
function whatToPress({ visitor }: Person, page: Answer): string | undefined {
  if (offers(visitor, page, storedIt)) return secretIn(page.html) ? storedIt : lostIt
  return buttons.find(button => offers(visitor, page, button))
}

/** The step of the secret stands as done: everything before it does too, or the page would not be open. */
const isDone = ({ visitor, setup, stored }: Person, page: Answer) =>
  new URL(page.url).pathname === `${setup}/create-a-secret` &&
  page.html.includes('Valid until') &&
  stored.length > 0 &&
  !offers(visitor, page, storedIt)

function offers(visitor: Visitor, page: Answer, button: string): boolean {
  try {
    visitor.formOn(page, button)
    return true
  } catch {
    return false
  }
}

/** The value beside its label; Microsoft's secrets have a tilde, and nothing else on the page does. */
export function secretIn(html: string): string | undefined {
  const runs = html.match(/[\w.-]*~[\w~.-]*/g) ?? []
  const [longest] = runs.toSorted((left, right) => right.length - left.length)
  return longest && longest.length > 20 ? longest : undefined
}

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('base64url')

const headingsIn = (html: string) =>
  [...html.matchAll(/<(h1|h2|h3)[^>]*>(.*?)<\/\1>/gs)]
    .map(([, , text = '']) => text.replace(/<[^>]*>/g, ''))
    .join(' / ')
