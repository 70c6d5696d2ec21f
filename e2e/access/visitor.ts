// Somebody who visits by plain HTTP: a jar of cookies and the headers a browser would send. Much faster than a browser.
// The rule it keeps: it follows nothing by itself, so that what was answered can be looked at.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Product } from '../fixtures/product.ts'
import type { PersonName } from '../microsoft-page.ts'

export type Answer = { status: number; location: string | null; headers: Headers; text: string }

/** What to send: a form's fields, or an action with what is bound to it and the form's fields. */
export type Sending = {
  method?: 'GET' | 'POST'
  form?: Record<string, string>
  action?: { name: ActionName; bound: readonly unknown[]; form?: Record<string, string> }
  headers?: Record<string, string>
}

/** `file#exported name`, as the table names an action. */
export type ActionName = `${string}#${string}`

const manifest = fileURLToPath(new URL('../../.next/server/server-reference-manifest.json', import.meta.url))

/** The IDs under which the build knows its actions. */
export function actionIds(): ReadonlyMap<string, string> {
  const { node } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    node: Record<string, { filename: string; exportedName: string }>
  }
  return new Map(Object.entries(node).map(([id, { filename, exportedName }]) => [`${filename}#${exportedName}`, id]))
}

export class Visitor {
  readonly base: string
  readonly cookies: Map<string, string>

  constructor(product: Pick<Product, 'url'>, cookies: ReadonlyMap<string, string> = new Map()) {
    this.base = product.url
    this.cookies = new Map(cookies)
  }

  /** One request, to us or to Microsoft's side; cookies are kept by host and port, as this is about both. */
  async ask(path: string, { method, form, action, headers }: Sending = {}): Promise<Answer> {
    const url = new URL(path, this.base)
    const ours = url.origin === this.base
    const cookie = [...this.cookies]
      .filter(([name]) => name.startsWith(`${url.origin} `))
      .map(([name, value]) => `${name.split(' ')[1]}=${value}`)
      .join('; ')
    const posts = method === 'POST' || form !== undefined || action !== undefined
    const answer = await fetch(url, {
      method: posts ? 'POST' : 'GET',
      redirect: 'manual',
      headers: {
        ...(cookie && { cookie }),
        ...(posts && ours && { origin: this.base, 'sec-fetch-site': 'same-origin' }),
        ...(action && { 'next-action': actionIds().get(action.name) ?? 'not in the build' }),
        ...headers
      },
      ...(posts && { body: action ? replyOf(action) : new URLSearchParams(form) })
    })
    for (const line of answer.headers.getSetCookie()) this.#keep(url.origin, line)
    return {
      status: answer.status,
      location: answer.headers.get('location') ?? answer.headers.get('x-action-redirect'),
      headers: answer.headers,
      text: await answer.text()
    }
  }

  #keep(origin: string, line: string) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    if (/max-age=0(;|$)/i.test(line)) this.cookies.delete(`${origin} ${name}`)
    else this.cookies.set(`${origin} ${name}`, value)
  }

  /** Our own cookie, and nothing of Microsoft's side. */
  get session(): string | undefined {
    return [...this.cookies].find(([name]) => name.startsWith(`${this.base} `))?.[1]
  }

  /** Somebody with another value in the place of this visitor's cookie. */
  withSession(product: Pick<Product, 'url'>, change: (value: string) => string): Visitor {
    const ours = [...this.cookies].filter(([name]) => name.startsWith(`${this.base} `))
    return new Visitor(product, new Map(ours.map(([name, value]) => [name, change(value)])))
  }

  /** Signs in to the wizard from the start page. */
  async signIn(person: PersonName) {
    await this.comeBackFrom(await this.ask('/sign-in', { form: { cloud: 'practice', way: 'own' } }), person)
  }

  /** Begins a setup and gives its ID. */
  async begin(name: string): Promise<string> {
    const form = { name, protocol: 'IMAP', cloud: 'practice' }
    const begun = await this.ask('/setups/new', {
      action: { name: 'app/setups/new/actions.ts#begin', bound: [], form }
    })
    const id = /\/setups\/([0-9a-f-]{36})/.exec(begun.location ?? '')?.[1]
    if (!id) throw new Error(`No setup was begun: ${begun.status} ${begun.text}`)
    return id
  }

  /** Enters the tenant of a setup. */
  async enter(setupId: string, person: PersonName, form: Record<string, string> = {}) {
    const going = await this.ask(`/setups/${setupId}/enter`, { form: { way: 'own', step: 'find-the-tenant', ...form } })
    await this.comeBackFrom(going, person)
  }

  /** Microsoft's pages up to the way back: picks the account, allows what is asked. Gives the address to come back to. */
  async throughMicrosoft(going: Answer, person: PersonName): Promise<string> {
    const to = /url=(.+)$/.exec(going.headers.get('refresh') ?? '')?.[1]
    if (!to) throw new Error(`This leads to no sign-in: ${going.status} ${going.location} ${going.text}`)
    let page = await this.ask(to)
    const decisions: Record<string, string>[] = [{}, { consent: 'accept', wholeOrganization: 'yes' }]
    for (const more of decisions) {
      if (page.location) break
      const account =
        new RegExp(`value="([^"]+)">${person},`).exec(page.text)?.[1] ??
        /name="account" value="([^"]+)"/.exec(page.text)?.[1]
      page = await this.ask(to, { form: { account: account ?? '', ...more } })
    }
    if (!page.location) throw new Error(`Microsoft’s side did not lead back: ${page.text}`)
    return page.location
  }

  async comeBackFrom(going: Answer, person: PersonName) {
    const back = await this.ask(await this.throughMicrosoft(going, person))
    if (back.status !== 303 || /problem=/.test(back.location ?? ''))
      throw new Error(`Coming back failed: ${back.status} ${back.location}`)
  }
}

/** An action's arguments as a browser encodes them: bound ones, the state before, and the form's fields. */
function replyOf({ bound, form }: NonNullable<Sending['action']>): FormData {
  const body = new FormData()
  for (const [name, value] of Object.entries(form ?? {})) body.append(`_1_${name}`, value)
  body.append('0', JSON.stringify([...bound, { problems: [], typed: {} }, '$K1']))
  return body
}
