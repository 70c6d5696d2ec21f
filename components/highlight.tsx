// Colours code on the server: text in, elements with class names out, no style attribute, no script in the browser.
import { toJsxRuntime } from 'hast-util-to-jsx-runtime'
import { all, createLowlight } from 'lowlight'
import type { ReactNode } from 'react'
import { Fragment, jsx, jsxs } from 'react/jsx-runtime'

const languages = ['bash', 'csharp', 'ini', 'java', 'javascript', 'json', 'powershell', 'python'] as const
export type Language = (typeof languages)[number]

const lowlight = createLowlight()
for (const language of languages) {
  const grammar = all[language]
  if (grammar) lowlight.register(language, grammar)
}

/** Above this many characters code is shown without colours: a script for ten thousand mailboxes must not hold up a page. */
const mostColoured = 60_000

/** The code as elements; every character of it is kept. */
export function highlight(code: string, language: Language | 'text'): ReactNode {
  if (language === 'text' || code.length > mostColoured) return code
  return toJsxRuntime(lowlight.highlight(language, code), { Fragment, jsx, jsxs })
}
