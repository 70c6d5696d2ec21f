// Microsoft Graph Command Line Tools comes back to the bare address: hand it to the callback.
import { type NextRequest, NextResponse } from 'next/server'

export function proxy(request: NextRequest) {
  const { searchParams } = request.nextUrl
  if (searchParams.has('state') && (searchParams.has('code') || searchParams.has('error'))) {
    const callback = request.nextUrl.clone()
    callback.pathname = '/auth/callback'
    return NextResponse.rewrite(callback)
  }
  return NextResponse.next()
}

export const config = { matcher: '/' }
