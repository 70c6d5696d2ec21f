// From which address a request comes. The rule it keeps: a header that anybody can write counts only as far as the
// proxies that this wizard stands behind have written it.

/** Where the address stands once it was worked out; what a client sends under this name is overwritten. */
export const addressHeader = 'x-client-address'

/**
 * @param socket who opened the connection
 * @param forwarded X-Forwarded-For: each proxy adds at the end whom it heard
 * @param proxies how many proxies of ours stand before the wizard (TRUST_PROXY)
 */
export function addressOf(socket: string | undefined, forwarded: string | undefined, proxies: number): string {
  const heard = (forwarded ?? '')
    .split(',')
    .map(part => part.trim())
    .filter(Boolean)
  // The last proxy is the socket itself; the one before it is the last that it wrote down.
  const told = proxies > 0 ? (heard.at(-proxies) ?? heard[0]) : undefined
  return groupOf(told ?? socket ?? 'unknown')
}

/** Whoever has one IPv6 address has a whole /64 of them. */
function groupOf(address: string): string {
  const bare = address
    .toLowerCase()
    .replace(/^\[|\](:\d+)?$/g, '')
    .replace(/^::ffff:(?=\d+\.)/, '')
    .slice(0, 64)
  if (!bare.includes(':') || bare.includes('.')) return bare.replace(/:\d+$/, '')
  const [head = '', tail] = bare.split('::')
  const before = head.split(':').filter(Boolean)
  const after = tail?.split(':').filter(Boolean) ?? []
  const middle = tail === undefined ? [] : Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0')
  return [...before, ...middle, ...after]
    .slice(0, 4)
    .map(part => part.replace(/^0+(?=.)/, ''))
    .join(':')
}
