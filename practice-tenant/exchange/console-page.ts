// The page of the Exchange console: a script in, what the window shows out. It works without JavaScript.
// The rule it keeps: every run is a fresh window; what is shown is the text alone, escaped.

import type { Reply } from '../http.ts'
import { type Markup, markup, page } from '../page.ts'
import { roleNames, type Store } from '../state.ts'
import type { RunRequest, RunResult } from './run.ts'

export type Choices = Pick<RunRequest, 'script' | 'as'> & { edition: string; how: string; module: string }

const style = `
.output { white-space: pre; max-height: 40rem; overflow: auto; tab-size: 8 }
.output .warning { color: #7a4b00 } .output .error { color: #a4262c } .output .note { font-style: italic }
@media (prefers-color-scheme: dark) { .output .warning { color: #ffd479 } .output .error { color: #ff9a9a } }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: 0 1rem }
`

function options(choices: readonly (readonly [value: string, label: string])[], chosen: string): Markup[] {
  return choices.map(([value, label]) =>
    value === chosen
      ? markup`<option value="${value}" selected>${label}</option>`
      : markup`<option value="${value}">${label}</option>`
  )
}

/** Everybody who signs in, with the roles they hold at home. */
function people(store: Store): readonly (readonly [string, string])[] {
  return store.state.tenants.flatMap(tenant =>
    tenant.people
      .filter(person => person.signsIn && person.userType === 'Member')
      .map(person => {
        const roles = person.roles.map(role => roleNames[role] ?? 'another role').join(', ') || 'no role'
        const label = `${person.displayName} (${person.userPrincipalName}), ${tenant.displayName}: ${roles}`
        return [person.userPrincipalName, label] as const
      })
  )
}

const editions = [
  ['5.1', 'Windows PowerShell 5.1'],
  ['7.6', 'PowerShell 7.6'],
  ['7.4', 'PowerShell 7.4']
] as const
const ways = [
  ['file', 'As a script file, or pasted in one piece'],
  ['lines', 'Pasted line by line into an old console window']
] as const
const modules = [
  ['3.10.1', 'ExchangeOnlineManagement 3.10.1 is installed'],
  ['3.9.2', 'ExchangeOnlineManagement 3.9.2 is installed'],
  ['', 'ExchangeOnlineManagement is not installed']
] as const

function form(store: Store, chosen: Choices): Markup {
  return markup`<form method="post" action="/exchange#output" enctype="multipart/form-data">
<label for="script">Script</label>
<textarea class="code" id="script" name="script" rows="14" spellcheck="false" autocomplete="off" wrap="off">
${chosen.script}</textarea>
<label for="file">Or a script file (.ps1)</label>
<input id="file" name="file" type="file" accept=".ps1,.txt,text/plain">
<label for="as">Sign in as</label>
<select id="as" name="as">${options(people(store), chosen.as)}</select>
<div class="pair">
<div><label for="edition">PowerShell</label><select id="edition" name="edition">${options(editions, chosen.edition)}</select></div>
<div><label for="how">How it is run</label><select id="how" name="how">${options(ways, chosen.how)}</select></div>
</div>
<label for="module">This machine</label>
<select id="module" name="module">${options(modules, chosen.module)}</select>
<p><button type="submit">Run</button></p>
</form>`
}

function file({ name, text }: { name: string; text: string }): Markup {
  const plain = name.split('\\').at(-1) ?? name
  const link = `data:text/plain;charset=utf-8;base64,${Buffer.from(text, 'utf8').toString('base64')}`
  return markup`<li><a href="${link}" download="${plain}">${name}</a></li>`
}

function results(result: RunResult): Markup {
  const lines = result.lines.map(
    line => markup`<span class="${line.kind}">${line.text}</span>
`
  )
  const ending = result.failed ? 'The script showed errors.' : 'The script ran without errors.'
  return markup`<h2 id="output">Output</h2>
<p role="status">${ending} Exit code ${result.exitCode}.</p>
<pre class="output" role="region" aria-labelledby="output" tabindex="0">${lines}</pre>
${
  result.clipboard === null
    ? false
    : markup`<h2><label for="clipboard">Clipboard</label></h2>
<p class="soft">The script put this on the clipboard of the practice machine.</p>
<textarea class="code" id="clipboard" rows="6" readonly wrap="off">
${result.clipboard}</textarea>`
}
${result.files.length > 0 && markup`<h2>Files</h2><ul>${result.files.map(file)}</ul>`}`
}

/** The page, with what a run showed when there was one, or why there was none. */
export function consolePage(store: Store, chosen: Choices, result?: RunResult, problem?: string): Reply {
  const content = markup`<style>${{ markup: style }}</style>
<p>Paste the PowerShell that the wizard printed. It runs on a pretend machine, in a fresh window each time, against this practice tenant.
What this console does not know it refuses.</p>
${problem !== undefined && markup`<p role="alert"><strong>${problem}</strong></p>`}
${form(store, chosen)}
${result && results(result)}`
  return page('Exchange Online PowerShell (practice)', content, problem === undefined ? 200 : 400)
}
