// A message taken apart: headers, addresses, parts. The rule it keeps: whatever a message is like, it has an answer;
// what is not understood of it is plain text.

export type Part = {
  /** With the empty line that ends it. */
  header: string
  body: string
  headers: readonly (readonly [name: string, value: string])[]
  type: string
  subtype: string
  parameters: readonly (readonly [name: string, value: string])[]
  /** Of a multipart. */
  parts: readonly Part[]
}

/** Deeper than any message that is meant to be read. */
const maxDepth = 10

function headersOf(header: string): [string, string][] {
  const unfolded = header.replace(/\r\n[ \t]+/g, ' ')
  return unfolded.split('\r\n').flatMap(line => {
    const [, name, value] = /^([!-9;-~]+)[ \t]*:[ \t]*(.*)$/.exec(line) ?? []
    return name === undefined || value === undefined ? [] : [[name.toLowerCase(), value.trim()] as [string, string]]
  })
}

export function headerOf({ headers }: Pick<Part, 'headers'>, name: string): string | undefined {
  return headers.find(([one]) => one === name)?.[1]
}

/** `text/plain; charset="utf-8"` as its value and its parameters. */
export function readParameters(value: string): { value: string; parameters: [string, string][] } {
  const [first = '', ...rest] = value.split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/)
  const parameters = rest.flatMap(one => {
    const [, name, quoted, bare] = /^\s*([^=\s]+)\s*=\s*(?:"(.*)"|(\S*))\s*$/.exec(one) ?? []
    return name === undefined ? [] : [[name.toLowerCase(), quoted ?? bare ?? ''] as [string, string]]
  })
  return { value: first.trim().toLowerCase(), parameters }
}

function splitParts(body: string, boundary: string): string[] {
  const marks = `\r\n${body}`.split(`\r\n--${boundary}`).slice(1)
  const end = marks.findIndex(mark => mark.startsWith('--'))
  return marks.slice(0, end === -1 ? marks.length : end).map(mark => mark.replace(/^[ \t]*\r\n/, ''))
}

export function readPart(text: string, depth = 0): Part {
  const at = text.startsWith('\r\n') ? -2 : text.indexOf('\r\n\r\n')
  const header = at === -1 ? text : text.slice(0, at + 4)
  const body = text.slice(header.length)
  const headers = headersOf(header)
  const content = readParameters(headerOf({ headers }, 'content-type') ?? 'text/plain; charset=us-ascii')
  const [type = '', subtype = ''] = content.value.split('/')
  const boundary = content.parameters.find(([name]) => name === 'boundary')?.[1]
  const isMultipart = type === 'multipart' && boundary !== undefined && depth < maxDepth
  const parts = isMultipart ? splitParts(body, boundary).map(one => readPart(one, depth + 1)) : []
  const base = { header, body, headers, parts }
  if (parts.length > 0) return { ...base, type, subtype, parameters: content.parameters }
  // A multipart without parts, or no type at all, is what mail is where nothing is said.
  if (type === 'multipart' || subtype === '') return { ...base, type: 'text', subtype: 'plain', parameters: [] }
  return { ...base, type, subtype, parameters: content.parameters }
}

export type Address = { name: string | undefined; mailbox: string; host: string }

/** The addresses of a header. A comma in quotes or brackets divides nothing. */
export function readAddresses(value: string): Address[] {
  const each = value.match(/(?:"(?:[^"\\]|\\.)*"|<[^>]*>|[^,])+/g) ?? []
  return each.flatMap(one => {
    const bracketed = /^(.*?)<([^<>]*)>\s*$/.exec(one)
    const address = (bracketed?.[2] ?? one).trim()
    const at = address.lastIndexOf('@')
    if (at === -1) return []
    const name = bracketed?.[1]
      ?.trim()
      .replace(/^"(.*)"$/, '$1')
      .replace(/\\(.)/g, '$1')
    return [{ name: name || undefined, mailbox: address.slice(0, at), host: address.slice(at + 1) }]
  })
}
