// What counts as the address of a mailbox. The rule: what Exchange Online could accept passes, apostrophes and letters of any
// language included; what it surely refuses is told why, in words that help to mend it.

import { whyUnsafe } from '../powershell/quote.ts'

/** Octets. https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1 and its erratum 1690 */
const longestLocalPart = 64
const longestAddress = 254
const longestDomain = 253
const longestLabel = 63

/** Without quotes: an address in quotes ("a b"@contoso.com) is none that a mailbox of Exchange Online has.
 *  https://learn.microsoft.com/exchange/recipients/email-addresses */
const localPart = /^[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~-]+)*$/u
const label = /^[\p{L}\p{N}\p{M}](?:[\p{L}\p{N}\p{M}-]*[\p{L}\p{N}\p{M}])?$/u

/** Why a text is not an address, as the second half of a sentence; undefined where it is one. */
export function whyNotAddress(text: string): string | undefined {
  if (text.length > longestAddress) return `it is longer than ${longestAddress} characters.`
  const unsafe = whyUnsafe(text)
  if (unsafe) return `${unsafe.slice(0, 1).toLowerCase()}${unsafe.slice(1)}`
  const parts = text.split('@')
  if (parts.length === 1) return 'it has no @.'
  if (parts.length > 2) return 'it has more than one @.'
  const [local = '', domain = ''] = parts
  if (local === '') return 'nothing stands before the @.'
  if (domain === '') return 'nothing stands after the @.'
  if (/[\u2018\u2019\u201A\u201B\u00B4]/.test(local)) return "it has a typographic apostrophe; type a plain one (')."
  if (/^\.|\.$|\.\./.test(local)) return 'a dot may not begin or end the part before the @, nor follow another.'
  if (!localPart.test(local)) return 'the part before the @ has a character that addresses do not have.'
  if (new TextEncoder().encode(local).length > longestLocalPart) return 'the part before the @ is longer than 64 bytes.'
  return whyNotDomain(domain)
}

function whyNotDomain(domain: string): string | undefined {
  const labels = domain.split('.')
  if (labels.length < 2) return 'the domain has no dot.'
  if (!labels.every(part => label.test(part))) return 'the part after the @ is not a domain name.'
  const ascii = inAscii(domain)
  if (ascii === undefined || ascii.length > longestDomain) return 'the part after the @ is not a domain name.'
  const asciiLabels = ascii.split('.')
  if (asciiLabels.some(part => part.length > longestLabel))
    return `a part of the domain is longer than ${longestLabel} characters.`
  if (/^\d+$/.test(asciiLabels.at(-1) ?? '')) return 'the domain ends in a number.'
  return undefined
}

/** The domain as DNS has it: letters beyond ASCII become `xn--`. */
function inAscii(domain: string): string | undefined {
  try {
    return new URL(`http://${domain}/`).hostname
  } catch {
    return undefined
  }
}
