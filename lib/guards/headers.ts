// The headers of every response, whatever it is: a page, a handler's answer, a download, a file, a refusal.
// The rule it keeps: nothing here may be shown in a frame, sniffed for another type, or told to another site.
import { loopbackHosts } from '../env.ts'

/** Clipboard writing stays with us, for the copy buttons; the rest no page of ours uses. */
const unused = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'publickey-credentials-get',
  'usb'
]

/** A year, and no other name of the host's domain: what else is served there is not ours to decide. */
const hstsMaxAgeSeconds = 31_536_000

/** For whatever is not a page: it loads nothing, whoever opens it. Pages get a policy of their own in its place. */
export const filePolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const saysHsts = ({ protocol, hostname }: URL) => protocol === 'https:' && !loopbackHosts.has(hostname)

/** @param baseUrl the public address: over plain http a browser heeds no HSTS, and on loopback it would hold for every port
 *  of this computer */
export function headersFor(baseUrl: string): readonly (readonly [name: string, value: string])[] {
  return [
    ['Content-Security-Policy', filePolicy],
    ['X-Content-Type-Options', 'nosniff'],
    ['X-Frame-Options', 'DENY'],
    // Stricter would take the Origin header from our own forms, and with it the proof that they are ours.
    ['Referrer-Policy', 'same-origin'],
    ['Permissions-Policy', unused.map(name => `${name}=()`).join(', ')],
    ['Cross-Origin-Opener-Policy', 'same-origin'],
    ['Cross-Origin-Resource-Policy', 'same-origin'],
    ...(saysHsts(new URL(baseUrl)) ? ([['Strict-Transport-Security', `max-age=${hstsMaxAgeSeconds}`]] as const) : [])
  ]
}
