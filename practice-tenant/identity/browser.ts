// A browser as small as the sign-in tests need: keeps cookies, presses buttons of the practice pages, stops at the
// program's redirect URI. The rule it keeps: it knows only what is on the page.

export type Visit = { status: number; html: string; url: URL }

export type Browser = {
  /** Opens an address, following redirects within the practice tenant. */
  open(url: string | URL): Promise<Visit>
  /** Presses the first button whose text begins so; hidden and checked inputs of its page go along. */
  press(visit: Visit, text: string): Promise<Visit>
}

const plainText = (text: string) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')

function attribute(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
  return value === undefined ? undefined : plainText(value)
}

/** `origin` is the practice tenant's http address. */
export function openBrowser(origin: string): Browser {
  const cookies = new Map<string, string>()

  async function go(to: string | URL, init: RequestInit): Promise<Visit> {
    const url = new URL(to)
    if (url.origin !== origin) return { status: 0, html: '', url }
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } })
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = line.split(';')[0]?.split('=') ?? []
      if (/max-age=0/i.test(line)) cookies.delete(name)
      else cookies.set(name, value)
    }
    const location = response.headers.get('location')
    if (location !== null) return go(new URL(location, url), {})
    return { status: response.status, html: await response.text(), url }
  }

  return {
    open: url => go(url, {}),
    press: ({ html, url }, text) => {
      const buttons = [...html.matchAll(/<button([^>]*)>([^<]*)<\/button>/g)]
      const button = buttons.find(([, , label]) => plainText(label ?? '').startsWith(text))
      if (!button) throw new Error(`No button "${text}" on this page:\n${html}`)
      const before = html.slice(0, button.index)
      const form = before.slice(before.lastIndexOf('<form'))
      const whole = html.slice(before.lastIndexOf('<form'), html.indexOf('</form>', button.index))
      const body = new URLSearchParams()
      for (const [tag] of whole.matchAll(/<input[^>]*>/g)) {
        const isChecked = !/type="checkbox"/.test(tag) || / checked/.test(tag)
        const name = attribute(tag, 'name')
        if (name !== undefined && isChecked) body.append(name, attribute(tag, 'value') ?? '')
      }
      const name = attribute(button[1] ?? '', 'name')
      if (name !== undefined) body.append(name, attribute(button[1] ?? '', 'value') ?? '')
      const action = attribute(/<form[^>]*>/.exec(form)?.[0] ?? '', 'action')
      const to = action === undefined ? url : new URL(action, url)
      return go(to, { method: 'POST', body })
    }
  }
}
