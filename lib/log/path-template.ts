// The shape of an address that was asked: which kind of thing, never which one. Pure.
// The rule it keeps: only words of Microsoft's own stay; IDs, names, addresses, domains and queries do not.

const longest = 200

/** What an address of Graph or of the sign-in service begins with; anything else there is a tenant's name. */
const first = /^(?:v1\.0|beta|common|organizations|consumers)$/

/** Further on, plain letters are Microsoft's words, and so are versions. */
const word = /^(?:[A-Za-z$_-]{1,60}|v\d\.\d|oauth2|\.well-known)$/
const quoted = /'(?:[^']|'')*'/g

/** `/v1.0/applications/{}/addPassword` for the address of one application's. */
export function pathTemplateOf(url: string): string {
  if (!URL.canParse(url)) return '{}'
  const segments = decoded(new URL(url).pathname).split('/')
  return segments.map(templateOf).join('/').slice(0, longest)
}

function templateOf(segment: string, index: number): string {
  if (segment === '' || (index === 1 ? first : word).test(segment)) return segment
  const key = /^([A-Za-z]{1,60})\(([A-Za-z]{1,60})=/.exec(segment.replace(quoted, `'{}'`))
  return key ? `${key[1]}(${key[2]}='{}')` : '{}'
}

function decoded(path: string): string {
  try {
    return decodeURI(path)
  } catch {
    return path
  }
}
