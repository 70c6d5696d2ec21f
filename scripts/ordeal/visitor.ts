// Somebody who uses the wizard over HTTP as a browser without JavaScript does: cookies, forms, redirects.
// The rule it keeps: it sends what a browser would send, and knows nothing that a page did not show it.
import { filled, findForm } from './forms.ts'

export type Answer = { status: number; location: string | undefined; html: string; url: string }

const redirectsMax = 10

export class Visitor {
  private readonly cookies = new Map<string, string>()
  private readonly home: string
  private readonly always: Readonly<Record<string, string>>
  /** Every cookie, code and state that it was given: what must stand in no log. */
  readonly secrets = new Set<string>()
  /** @param always headers of every request, such as what a proxy in front would add */
  constructor(home: string, always: Readonly<Record<string, string>> = {}) {
    this.home = home
    this.always = always
  }

  /** One request, no redirect followed. */
  async send(url: string, body?: FormData): Promise<Answer> {
    const whole = new URL(url, this.home)
    const mine = whole.origin === this.home
    const headers: Record<string, string> = { accept: 'text/html', ...this.always }
    const cookies = [...this.cookies].filter(([name]) => name.startsWith(`${whole.origin} `))
    if (cookies.length > 0) headers.cookie = cookies.map(([name, value]) => `${name.split(' ')[1]}=${value}`).join('; ')
    if (body) Object.assign(headers, { origin: whole.origin, ...(mine && { 'sec-fetch-site': 'same-origin' }) })
    const answer = await fetch(whole, {
      method: body ? 'POST' : 'GET',
      redirect: 'manual',
      headers,
      body: body && sendable(body)
    })
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', ...value] = (line.split(';')[0] ?? '').split('=')
      this.cookies.set(`${whole.origin} ${name}`, value.join('='))
      if (value.join('=')) this.secrets.add(value.join('='))
    }
    const location = answer.headers.get('location') ?? refreshOf(answer.headers)
    const query = location ? new URL(location, whole).searchParams : undefined
    for (const name of ['code', 'state']) if (query?.get(name)) this.secrets.add(query.get(name) ?? '')
    return {
      status: answer.status,
      location: location ? new URL(location, whole).href : undefined,
      html: await answer.text(),
      url: whole.href
    }
  }

  /** A page, wherever it leads. */
  async open(url: string, body?: FormData): Promise<Answer> {
    let answer = await this.send(url, body)
    for (let turn = 0; answer.location && turn < redirectsMax; turn++) answer = await this.send(answer.location)
    return answer
  }

  /** The form that ends in this button, to be sent as often as one likes. */
  formOn(page: Answer, button: string) {
    const form = findForm(page.html, button)
    if (!form) throw new Error(`${page.url} (${page.status}) has no form with the button ${button}`)
    const action = form.action && !form.action.startsWith('javascript:') ? form.action : ''
    const to = new URL(action, page.url).href
    return (values: Readonly<Record<string, string>> = {}) => this.send(to, filled(form, values))
  }

  /** Presses a button on a page and goes where that leads. */
  async press(page: Answer, button: string, values: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const answer = await this.formOn(page, button)(values)
    return answer.location ? this.open(answer.location) : answer
  }

  /** From the start page to the list of setups, by the practice tenant's own page. */
  async signIn(person: string): Promise<Answer> {
    const accounts = await this.press(await this.open('/'), 'Sign in: Practice tenant')
    return this.press(accounts, `${person},`)
  }
}

/** Where a page leads by itself at once: a form that goes to Microsoft is answered by such a page, not by a redirect. */
function refreshOf(headers: Headers): string | undefined {
  return /^0; url=(.+)$/.exec(headers.get('refresh') ?? '')?.[1]
}

/** Forms of Next's actions are multipart; our handlers and the practice tenant take what a plain form sends. */
function sendable(body: FormData): FormData | URLSearchParams {
  const pairs = [...body].map(([name, value]): [string, string] => [name, String(value)])
  return pairs.some(([name]) => name.startsWith('$ACTION')) ? body : new URLSearchParams(pairs)
}
