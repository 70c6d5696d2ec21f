// The Content-Security-Policy of a page. Next reads the nonce out of it and puts it on its own scripts and styles.
// The rule it keeps: no inline script or style without the nonce, no eval, and nothing from or to another site.
// A form may be sent to us alone: Chromium holds redirects after a form to this as well, and where Microsoft sends a
// person who signs in (a federation server, say) nobody knows beforehand. So no form of ours is answered by such a redirect.

/** @param dev `next dev` evaluates code, styles its own messages and reloads over a web socket */
export function pagePolicy(nonce: string, dev = false): string {
  const directives: Record<string, string> = {
    'default-src': "'none'",
    'script-src': `'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    'style-src': dev ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}'`,
    'img-src': dev ? "'self' data: blob:" : "'self'",
    'font-src': "'self'",
    'connect-src': dev ? "'self' ws:" : "'self'",
    'manifest-src': "'self'",
    'object-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'self'",
    'frame-ancestors': "'none'"
  }
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ')
}

/** 128 random bits, once a request. */
export const newNonce = () => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))))
