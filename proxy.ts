// Before any page: whether a form is ours, the page's Content-Security-Policy, and names and addresses that are told
// otherwise. Microsoft Graph Command Line Tools comes back to the bare address, and on one's own computer the wizard has
// one name only, as cookies and origins count names.
import { type NextRequest, NextResponse } from 'next/server'
import { env } from './lib/env.ts'
import { nestsTooDeep } from './lib/guards/nesting.ts'
import { isOwnRequest } from './lib/guards/own-request.ts'
import { newNonce, pagePolicy } from './lib/guards/page-policy.ts'

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])
const policyHeader = 'Content-Security-Policy'
const reading = new Set(['GET', 'HEAD', 'OPTIONS'])
/** Makes files out of what is posted to it and knows nobody: programs may post to it too. */
const openToAll = /^\/tools\/powershell\/[^/]+$/

export async function proxy(request: NextRequest) {
  const { nextUrl } = request
  // The doors ask again. This one also stands before Next's actions, which would answer with an error of their own.
  if (!reading.has(request.method) && !openToAll.test(nextUrl.pathname) && !isOwnRequest(request.headers))
    return new NextResponse('This request did not come from the wizard’s own pages.\n', { status: 403 })
  if (isForReact(request) && (await nestsTooDeep(request).catch(() => true)))
    return new NextResponse('What was sent is not what one of the wizard’s pages sends.\n', { status: 400 })
  const base = new URL(env().baseUrl)
  const asked = request.headers.get('host')?.replace(/:\d+$/, '') ?? ''
  // Only where a person goes to a page: the server asks itself by number.
  const isVisit = request.headers.get('sec-fetch-dest') === 'document'
  if (isVisit && asked !== base.hostname && loopback.has(asked) && loopback.has(base.hostname))
    return NextResponse.redirect(new URL(`${nextUrl.pathname}${nextUrl.search}`, base))
  const isBack = nextUrl.searchParams.has('code') || nextUrl.searchParams.has('error')
  if (nextUrl.pathname === '/' && nextUrl.searchParams.has('state') && isBack) {
    const callback = nextUrl.clone()
    callback.pathname = '/auth/callback'
    return NextResponse.rewrite(callback)
  }
  return withPolicy(request)
}

/** What Next gives to React's reader: an action called by a page's script, or by a form without one. */
const isForReact = ({ method, headers }: NextRequest) =>
  method === 'POST' && (headers.has('next-action') || /^multipart\/form-data/i.test(headers.get('content-type') ?? ''))

/** Next takes the nonce from the request's header, the browser from the response's. */
function withPolicy(request: NextRequest): NextResponse {
  const policy = pagePolicy(newNonce(), process.env.NODE_ENV === 'development')
  const headers = new Headers(request.headers)
  headers.set(policyHeader, policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set(policyHeader, policy)
  return response
}

/** Everything but the files of the build, which carry nothing that runs by itself. */
export const config = { matcher: '/((?!_next/static/|icon.svg$).*)' }
