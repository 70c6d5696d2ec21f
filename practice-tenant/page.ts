// The look of every page that the practice tenant shows to people, and HTML that escapes by itself.
// The rule it keeps: every page says at its top that it is a practice tenant and not Microsoft.

import { html as htmlReply, type Reply } from './http.ts'

/** HTML made by `markup`: text that may be put into a page as it is. */
export type Markup = { readonly markup: string }
type Piece = Markup | string | number | undefined | false | readonly Markup[]

function escapeText(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;')
}

function render(piece: Piece): string {
  if (piece === undefined || piece === false) return ''
  if (typeof piece === 'string' || typeof piece === 'number') return escapeText(String(piece))
  return 'markup' in piece ? piece.markup : piece.map(one => one.markup).join('')
}

/** A tagged template: every interpolation is escaped unless it is markup itself. */
export function markup(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  return { markup: strings.map((text, index) => text + (index < pieces.length ? render(pieces[index]) : '')).join('') }
}

const style = `
:root { color-scheme: light dark; --ink: #1b1b1f; --soft: #55555e; --paper: #ffffff; --line: #8a8a94; --back: #f4f4f6;
  --link: #0b57b0; --button: #0b57b0; --on-button: #ffffff; --banner: #fff1c2; --on-banner: #3d2f00 }
@media (prefers-color-scheme: dark) { :root { --ink: #f1f1f4; --soft: #b9b9c3; --paper: #1f1f24; --line: #73737d;
  --back: #141417; --link: #8ab8ff; --button: #8ab8ff; --on-button: #10203a; --banner: #4a3b00; --on-banner: #ffecb0 } }
* { box-sizing: border-box }
body { margin: 0; font: 16px/1.5 system-ui, 'Segoe UI', sans-serif; color: var(--ink); background: var(--back) }
.banner { background: var(--banner); color: var(--on-banner); padding: .5rem 1rem; text-align: center; font-weight: 600 }
main { max-width: 46rem; margin: 1.5rem auto; padding: 1.5rem; background: var(--paper); border: 1px solid var(--line);
  border-radius: .5rem; overflow-wrap: anywhere }
@media (max-width: 30rem) { main { margin: 0; border: 0; border-radius: 0; padding: 1rem } }
h1 { font-size: 1.5rem; margin: 0 0 .75rem } h2 { font-size: 1.15rem; margin: 1.75rem 0 .5rem }
a { color: var(--link) } .soft { color: var(--soft) }
button { font: inherit; padding: .5rem .9rem; border: 1px solid var(--button); border-radius: .35rem; cursor: pointer;
  background: var(--button); color: var(--on-button); min-height: 44px }
button.plain { background: transparent; color: var(--link) } button.wide { width: 100%; text-align: left }
input, select, textarea { font: inherit; width: 100%; padding: .5rem; color: inherit; background: var(--paper);
  border: 1px solid var(--line); border-radius: .35rem }
details { margin: 1rem 0 }
label { display: block; font-weight: 600; margin: .75rem 0 .25rem } form { margin: .5rem 0 }
ul.people { list-style: none; margin: 0; padding: 0; display: grid; gap: .5rem }
dl { display: grid; grid-template-columns: minmax(10rem, max-content) 1fr; gap: .35rem 1rem; margin: .5rem 0 }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr } } dt { color: var(--soft) } dd { margin: 0 }
code, pre, textarea.code { font-family: ui-monospace, Consolas, monospace; font-size: .9rem }
pre { overflow-x: auto; padding: .75rem; border: 1px solid var(--line); border-radius: .35rem; white-space: pre-wrap }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
`

/** A whole page. `title` is also its h1. */
export function page(title: string, content: Markup, status = 200): Reply {
  const whole = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} - Practice tenant</title>
<link rel="icon" href="data:,">
<style>${{ markup: style }}</style>
</head>
<body>
<header class="banner">Practice tenant. Nothing here reaches Microsoft.</header>
<main>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`
  return htmlReply(whole.markup, status)
}
