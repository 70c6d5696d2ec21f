// The session's cookie: what a browser is told of it, on one's own computer and on the internet.
import { afterEach, describe, expect, test, vi } from 'vitest'

async function cookieFor(baseUrl: string) {
  vi.stubEnv('DATABASE_URL', 'postgresql://localhost/x')
  vi.stubEnv('APP_KEY', 'k'.repeat(32))
  vi.stubEnv('BASE_URL', baseUrl)
  vi.resetModules()
  const { cookieName, cookieOptions } = await import('./session.ts')
  return { name: cookieName(), ...cookieOptions() }
}

afterEach(() => {
  vi.unstubAllEnvs()
})

describe('the session’s cookie', () => {
  test('is bound to this host and to https where the wizard is hosted', async () => {
    const cookie = await cookieFor('https://wizard.example')
    // The prefix: browsers take such a cookie only with Secure, the path / and no domain.
    // https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Set-Cookie#cookie_prefixes
    expect(cookie).toEqual({
      name: '__Host-session',
      httpOnly: true,
      secure: true,
      sameSite: 'lax',
      path: '/',
      maxAge: 12 * 60 * 60
    })
  })

  test('on one’s own computer has a name for each port, and no script reads it either', async () => {
    const [one, other] = [await cookieFor('http://localhost:3000'), await cookieFor('http://localhost:3001')]
    expect(one).toMatchObject({ httpOnly: true, secure: false, sameSite: 'lax', path: '/' })
    expect(one.name).not.toBe(other.name)
    expect(one).not.toHaveProperty('domain')
  })
})
