// A pasted text as it was meant: wrapped lines joined, and what quoting and addresses did to it undone.
// The rule it keeps: long texts are cut, so that no pattern has much to read.

/** Characters: a log of a few tries. What is wrong stands near its beginning, or comes again. */
export const readMax = 50_000

const entities: Readonly<Record<string, string>> = { quot: '"', amp: '&', lt: '<', gt: '>', '#39': "'", '#x27': "'" }

/** The text in one line with single spaces and straight quotes. */
export function readable(pasted: string): string {
  let text = pasted.slice(0, readMax)
  // An error in an address: error_description=AADSTS65006%3a+...
  if (/AADSTS\d{1,9}(?:%3a|:)\+/i.test(text)) text = text.replaceAll('+', ' ')
  return text
    .replace(/%([2-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/%0[ad]/gi, ' ')
    .replace(/\\u00([2-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replaceAll('\\r\\n', ' ')
    .replaceAll('\\"', '"')
    .replace(/&(quot|amp|lt|gt|#39|#x27);/g, (whole, name: string) => entities[name] ?? whole)
    .replace(/[\u2018\u2019\u201a\u201b]/g, "'")
    .replace(/[\u201c\u201d\u201e]/g, '"')
    .replace(/[\u2010-\u2015]/g, '-')
    .replace(/\s+/g, ' ')
}
