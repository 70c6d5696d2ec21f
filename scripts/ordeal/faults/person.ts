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
  let last = 'nothing was shown'
  for (let turn = 0; turn < turnsMax; turn++) {
    const page = await visitor.open(`${setup}/create-a-secret?look=now`).catch(() => undefined)
    const next = page && (await takeTurn(person, page))
    if (next === 'done') return undefined
    last = `${page?.status} ${page?.url} ${next ?? 'no answer'} ${headingsIn(page?.html ?? '')}`
    if (next !== 'pressed' || page?.url.includes('busy')) await rest()
  }
  return last
}

const buttons = ['Do all of it for me', 'Carry on', 'Enter your tenant as', 'Enter this tenant with another account']

async function takeTurn(person: Person, page: Answer): Promise<'done' | 'pressed' | 'nothing to press'> {
  const { visitor, setup } = person
  if (page.status !== 200) return 'nothing to press'
  const has = (button: string) => offers(visitor, page, button)
  if (has('I have stored it')) {
    const secret = secretIn(page.html)
    const word = secret ? 'I have stored it' : 'I have lost its value'
    const answer = await visitor.press(page, word).catch(() => undefined)
    if (secret && answer?.status === 200) person.stored.push(hashOf(secret))
    return 'pressed'
  }
  for (const button of buttons)
    if (has(button)) {
      const answer = await visitor.press(page, button).catch(() => undefined)
      if (answer?.url.includes('busy=1') || !answer) await rest()
      return 'pressed'
    }
  // The step of the secret stands as done: everything before it does too, or the page would not be open.
  const isThere = new URL(page.url).pathname === `${setup}/create-a-secret`
  return isThere && page.html.includes('Valid until') && person.stored.length > 0 ? 'done' : 'nothing to press'
}

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
