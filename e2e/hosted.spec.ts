// A hosted wizard, as browsers meet it behind the proxy that ends TLS: the cookie is bound to this host and to https, HSTS is
// said on everything, and an answer leads to the public address whatever name it was asked by.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { tenantIds } from '../practice-tenant/worlds/people.ts'
import { wizardAppId } from '../practice-tenant/worlds/seed.ts'
import { startProduct } from '../scripts/ordeal/product.ts'
import { freePort } from '../test-data/free-port.ts'
import { openOwnMicrosoft } from './fixtures/own-microsoft.ts'

const publicUrl = 'https://wizard.example'

test('hosted, the cookie is __Host-, Secure, HttpOnly and Lax, and everything says HSTS', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mow-hosted-'))
  const microsoft = await openOwnMicrosoft(join(folder, 'microsoft.pem'))
  const port = await freePort()
  const product = await startProduct({
    PORT: String(port),
    BASE_URL: publicUrl,
    APP_KEY: 'an application key of plain words',
    AZURE_CLIENT_ID: wizardAppId,
    AZURE_TENANT_ID: tenantIds.contoso,
    AZURE_CLIENT_SECRET: 'a client secret of plain words',
    HTTPS_PROXY: microsoft.proxy,
    NODE_EXTRA_CA_CERTS: join(folder, 'microsoft.pem'),
    TRUST_PROXY: '1'
  })
  try {
    const ask = (path: string, init: RequestInit = {}) =>
      fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual', ...init })
    const ours = { origin: publicUrl, 'sec-fetch-site': 'same-origin' }
    const form = new URLSearchParams({ cloud: 'global', way: 'own' })
    const signIn = await ask('/sign-in', { method: 'POST', headers: ours, body: form })
    const [cookie = '', ...more] = signIn.headers.getSetCookie()
    expect(more).toEqual([])
    expect(cookie).toMatch(/^__Host-session=[\w-]{40,}; /)
    const attributes = cookie.split('; ').slice(1)
    expect(attributes).toEqual(expect.arrayContaining(['Path=/', 'Secure', 'HttpOnly', 'SameSite=lax']))
    expect(cookie).not.toMatch(/domain=/i)
    expect(signIn.headers.get('refresh')).toMatch(/^0; url=https:\/\/login\.microsoftonline\.com\//)
    expect(new URLSearchParams(signIn.headers.get('refresh') ?? '').get('redirect_uri')).toBe(
      `${publicUrl}/auth/callback`
    )
    const answers = {
      page: await ask('/'),
      'not found': await ask('/nowhere'),
      handler: await ask('/health'),
      'refused form': await ask('/sign-in', {
        method: 'POST',
        headers: { origin: 'https://evil.example' },
        body: form
      }),
      back: await ask('/auth/callback?code=x&state=y'),
      icon: await ask('/icon.svg')
    }
    for (const [kind, answer] of Object.entries(answers))
      expect([kind, answer.headers.get('strict-transport-security')]).toEqual([kind, 'max-age=31536000'])
    expect(answers['refused form'].status).toBe(403)
    expect(answers.back.headers.get('location')).toBe(`${publicUrl}/?problem=stale`)
  } finally {
    await product.stop()
    microsoft.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
