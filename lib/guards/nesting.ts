// How deep what is sent to one of Next's actions may nest. React reads it by functions that call themselves, before any code
// of the action. The rule it keeps: only the parts that React reads as JSON are counted; what people paste may hold as many
// brackets as it likes.
// https://github.com/facebook/react/blob/main/packages/react-server/src/ReactFlightReplyServer.js

/** What our pages send nests four deep. */
export const nestingMax = 32
/** Parts can point at each other, and a chain of them nests as well. Our pages send at most a handful. */
export const jsonPartsMax = 100

/** React's own parts of a form: numbered, or named after the action. A field of a person's is named otherwise. */
const isJsonPart = (name: string) => /^(?:[\da-f]+$|\$ACTION_)/i.test(name)

/**
 * Whether a request to a page asks React for more than any page of ours does. Reads the body, so give it a request of its own.
 * @throws when it says that it is a form and is none
 */
export async function nestsTooDeep(request: Request): Promise<boolean> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^multipart\/form-data/i.test(type)) return isTooDeep(await request.text())
  const parts = [...(await request.formData())].filter(([name]) => isJsonPart(name))
  return parts.length > jsonPartsMax || parts.some(([, json]) => isTooDeep(String(json)))
}

/** Brackets that stand in a text do not count. What is no JSON is counted as if it were: its parser refuses it by itself. */
export function isTooDeep(json: string): boolean {
  let depth = 0
  let isText = false
  for (let at = 0; at < json.length && depth <= nestingMax; at++) {
    const sign = json[at]
    if (isText && sign === '\\') at++
    else if (sign === '"') isText = !isText
    else if (isText) continue
    else if (sign === '[' || sign === '{') depth++
    else if (sign === ']' || sign === '}') depth--
  }
  return depth > nestingMax
}
