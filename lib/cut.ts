// Cutting a text to a length. The rule it keeps: no sign is cut in half. JavaScript counts a sign such as an emoji as two, and
// one half of it can neither be part of an address nor of what PostgreSQL keeps as JSON.

/** The text's beginning, at most `length` UTF-16 units long; one less where the last would be the first half of a sign. */
export function cut(text: string, length: number): string {
  const beginning = text.slice(0, length)
  return text.length > length && /[\uD800-\uDBFF]$/.test(beginning) ? beginning.slice(0, -1) : beginning
}
