// Before any page: Microsoft Graph Command Line Tools comes back to the bare address, and on one's own computer the
// wizard has one name only, as cookies and origins count names.
import { type NextRequest, NextResponse } from 'next/server'

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

export function proxy(request: NextRequest) {
  const { nextUrl } = request
  const base = process.env.BASE_URL ? new URL(process.env.BASE_URL) : undefined
  const asked = request.headers.get('host')?.replace(/:\d+$/, '') ?? ''
  // Only where a person goes to a page: the server asks itself by number.
  const isVisit = request.headers.get('sec-fetch-dest') === 'document'
  if (isVisit && base && asked !== base.hostname && loopback.has(asked) && loopback.has(base.hostname))
    return NextResponse.redirect(new URL(`${nextUrl.pathname}${nextUrl.search}`, base))
  const isBack = nextUrl.searchParams.has('code') || nextUrl.searchParams.has('error')
  if (nextUrl.pathname === '/' && nextUrl.searchParams.has('state') && isBack) {
    const callback = nextUrl.clone()
    callback.pathname = '/auth/callback'
    return NextResponse.rewrite(callback)
  }
  return NextResponse.next()
}

export const config = { matcher: ['/', '/setups/:path*', '/tools/:path*'] }
