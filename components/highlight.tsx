// Colours code on the server: text in, spans with class names out, no style attribute, no script in the browser.
// The rule it keeps: every character is text. It is written as one piece of HTML because a script has thousands of spans,
// and as elements each would be made, sent and written by itself: that was most of what its page cost.
import { all, createLowlight } from 'lowlight'

const languages = ['bash', 'csharp', 'ini', 'java', 'javascript', 'json', 'powershell', 'python'] as const
export type Language = (typeof languages)[number]

const lowlight = createLowlight()
for (const language of languages) {
  const grammar = all[language]
  if (grammar) lowlight.register(language, grammar)
}

/** Above this many characters code is shown without colours: a script for ten thousand mailboxes must not hold up a page. */
const mostColoured = 60_000

/** What was coloured last: a person looks at the same scripts on several pages. Bounded by its characters, oldest first out. */
const kept = new Map<string, string>()
const keptCharactersMax = 8_000_000
let keptCharacters = 0

function coloured(code: string, language: Language): string {
  const key = `${language} ${code}`
  const known = kept.get(key)
  if (known !== undefined) return known
  const html = htmlOf(lowlight.highlight(language, code).children)
  kept.set(key, html)
  keptCharacters += key.length + html.length
  for (const [oldest, old] of kept) {
    if (keptCharacters <= keptCharactersMax) break
    kept.delete(oldest)
    keptCharacters -= oldest.length + old.length
  }
  return html
}

/** The code in a `code` element; every character of it is kept. */
export function Highlighted({ code, language }: { code: string; language: Language | 'text' }) {
  if (language === 'text' || code.length > mostColoured) return <code>{code}</code>
  const html = coloured(code, language)
  // biome-ignore lint/security/noDangerouslySetInnerHtml: htmlOf makes no element but span, and escapes all text.
  return <code dangerouslySetInnerHTML={{ __html: html }} />
}

type Nodes = ReturnType<typeof lowlight.highlight>['children']

function htmlOf(nodes: Nodes): string {
  let html = ''
  for (const node of nodes) {
    if (node.type === 'text') html += escaped(node.value)
    else if (node.type === 'element')
      html += `<span class="${escaped([node.properties.className].flat().join(' '))}">${htmlOf(node.children as Nodes)}</span>`
  }
  return html
}

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#x27;' }
const escaped = (text: string) => text.replace(/[&<>"']/g, sign => signs[sign] ?? '')
