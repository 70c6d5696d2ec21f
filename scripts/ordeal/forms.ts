// The forms of a page as a browser without JavaScript sends them. Pure.
// The rule it keeps: what a page holds is sent back whole, hidden fields included; only what is named is filled in.

export type Form = { action: string; fields: readonly [name: string, value: string][] }

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", '#x27': "'", '#39': "'" }
const plain = (text: string) => text.replace(/&([#\w]+);/g, (whole, name: string) => entities[name] ?? whole)

function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name.replace(/[$]/g, '\\$')}(?:="([^"]*)")?(?=[\\s/>])`).exec(tag)
  return found ? plain(found[1] ?? '') : undefined
}

/** The form whose button begins with these words, or undefined. */
export function findForm(html: string, button: string): Form | undefined {
  for (const [form, open = '', inner = ''] of html.matchAll(/(<form\b[^>]*>)(.*?)<\/form>/gs)) {
    const pressed = [...inner.matchAll(/(<button\b[^>]*>)(.*?)<\/button>/gs)].find(([, , words = '']) =>
      plain(words.replace(/<[^>]*>/g, ''))
        .trim()
        .startsWith(button)
    )
    if (form && pressed) return { action: attribute(open, 'action') ?? '', fields: fieldsIn(inner, pressed[1] ?? '') }
  }
  return undefined
}

function fieldsIn(inner: string, button: string): [string, string][] {
  const inputs = [...inner.matchAll(/<input\b[^>]*>/g)].map(([tag]) => tag).filter(isSent)
  const areas = [...inner.matchAll(/(<textarea\b[^>]*>)(.*?)<\/textarea>/gs)]
  const sent: [string | undefined, string][] = [
    ...inputs.map((tag): [string | undefined, string] => [attribute(tag, 'name'), attribute(tag, 'value') ?? 'on']),
    ...areas.map(([, tag = '', text = '']): [string | undefined, string] => [attribute(tag, 'name'), plain(text)]),
    [attribute(button, 'name'), attribute(button, 'value') ?? '']
  ]
  return sent.flatMap(([name, value]) => (name ? [[name, value] as [string, string]] : []))
}

/** Boxes and circles are sent when they are marked; files and buttons are not. */
function isSent(tag: string): boolean {
  const type = attribute(tag, 'type')
  if (type === 'checkbox' || type === 'radio') return attribute(tag, 'checked') !== undefined
  return type !== 'file' && type !== 'submit'
}

/** The form's fields with some of them filled in. */
export function filled({ fields }: Form, values: Readonly<Record<string, string>>): FormData {
  const data = new FormData()
  for (const [name, value] of fields) data.append(name, values[name] ?? value)
  for (const [name, value] of Object.entries(values)) if (!data.has(name)) data.append(name, value)
  return data
}
