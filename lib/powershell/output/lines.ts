// The lines of a pasted text, without what the window, the clipboard or a mail program put around them. The rule: a line
// keeps the number that it has in the pasted text.

/** `more`: a command goes on here, after the prompt `>>`. `bare`: a command by its own words, as no prompt stands before it. */
export type Line = { number: number; text: string; kind: 'text' | 'blank' | 'command'; more?: true; bare?: true }

/** Colours and titles as terminals take them; also where the clipboard lost the escape character itself.
 *  https://learn.microsoft.com/windows/console/console-virtual-terminal-sequences */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const titles = /[\u001B\u241B]\][^\u0007\u001B\u241B\n]*(?:\u0007|\u001B\\)/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const escapes = /(?:[\u001B\u241B]\[|\u009B)[0-?]*[ -/]*[@-~]/g
const lostEscapes = /\[\d{1,3}(?:;\d{1,3})*m/g
/** One that the end of the copy cut. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const brokenOff = /(?:[\u001B\u241B](?:\[[0-?]*)?|\u009B[0-?]*|\[[\d;]*)$/
/** Everything invisible that is no space, and spaces that are none of ours; NUL, which no database keeps in a text. */
const invisible = /[\0\u200B-\u200F\u2060\uFEFF\u00AD]/g
const spaces = /[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/g

/** `PS C:\Users\ada>`, `PS>`, `[PS] C:\>`, `[host]: PS /home/ada>`; the drive and folder may hold anything but `>`. */
const prompt = /^\s*(?:\[PS\][^>|{}]*|(?:\[[^\]]*\]:?\s*)?PS(?:[ \t]+(?:[A-Za-z]+:|[/~\\])[^>|{}]*)?)>[ \t]?/
const morePrompt = /^\s*>{2,}[ \t]?/
const quoted = /^(?:> )+/
/** A line that a cmdlet or a receipt prints: never a command, whatever stands before it. */
const printed = /^\s*(?:-{3,}|[A-Za-z][\w-]*\s*:(?:\s|$))/
/** Without a prompt only a known verb makes a command: names of mailboxes and applications have hyphens too (`Sales-Team`). */
const typed =
  /^\s*(?:(?:Add|Clear|Connect|Disconnect|Get|Import|Install|Invoke|New|Remove|Set|Test|Unblock|Update)-[A-Z]+(?=\s|$)(?!\s*:)|\$\w+\s*=|&\s|\.[\\/])/i
/** Names that are a cmdlet's whole, wherever they stand. */
const cmdlet =
  /^\s*(?:Add|Connect|Disconnect|Get|New|Remove|Set)-(?:EXO|Mg|Entra|AzureAD|AzAD)?(?:CASMailbox|ExchangeOnline|MailboxPermission|RecipientPermission|ServicePrincipal|TransportConfig)(?=\s|$)/i
/** `Name : value`, and the dashes below the headings of a table. */
export const listLine = /^\s*([A-Za-z]\w*)\s*:(?:\s(.*))?$/
export const ruleLine = /^\s*-{2,}(?:\s+-{2,})*\s*$/

/** The pasted text as lines. Where every line was followed by an empty one (chat programs do that), these are left out. */
export function linesOf(text: string): readonly Line[] {
  const plain = text.replace(titles, '').replace(escapes, '').replace(lostEscapes, '').replace(brokenOff, '')
  const clean = plain.replace(invisible, '').replace(spaces, ' ')
  const lines = clean.split(/\r\n|[\n\r\u0085\u2028\u2029]/).map((line, index) => toLine(line, index + 1))
  const filled = lines.filter(line => line.kind !== 'blank')
  const lonely = filled.filter(({ number }) => lines[number]?.kind === 'blank')
  return withRows(filled.length >= 4 && lonely.length >= filled.length - 1 ? withoutDoubling(lines) : lines)
}

/** A row or a wrapped value may begin like a command (`Test-Team`): in a table or list, up to an empty line or a prompt, only a
 *  cmdlet's whole name is one. */
function withRows(lines: readonly Line[]): readonly Line[] {
  let inside = false
  return lines.map(line => {
    const { number, text, kind, bare } = line
    if (inside && bare && !cmdlet.test(text)) return { number, text, kind: 'text' }
    if (kind !== 'text') inside = false
    else if (ruleLine.test(text) || listLine.test(text)) inside = true
    return line
  })
}

/** Characters of a line; no window is as wide, and patterns must not be held up by what is none. */
const widest = 2000

function toLine(raw: string, number: number): Line {
  const text = raw.slice(0, widest).replace(quoted, '')
  for (const mark of [prompt, morePrompt]) {
    if (!mark.test(text)) continue
    const rest = text.replace(mark, '').trimEnd()
    if (printed.test(rest)) return { number, text: rest, kind: 'text' }
    return { number, text: rest, kind: 'command', ...(mark === morePrompt && { more: true }) }
  }
  if (text.trim() === '') return { number, text: '', kind: 'blank' }
  return { number, text: text.trimEnd(), ...(typed.test(text) ? { kind: 'command', bare: true } : { kind: 'text' }) }
}

/** `n` empty lines that were doubled are `2n + 1`. */
function withoutDoubling(lines: readonly Line[]): readonly Line[] {
  const kept: Line[] = []
  let blanks: Line[] = []
  for (const line of lines) {
    if (line.kind === 'blank') blanks.push(line)
    else {
      kept.push(...blanks.slice(0, Math.floor(blanks.length / 2)), line)
      blanks = []
    }
  }
  return kept
}
