// Each word about the secret names the one that the page shows, and the handler hands that name on.
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test, vi } from 'vitest'
import { Secret } from '../../../../lib/session/secret.ts'
import type { AtStep } from '../../../../lib/wizard/door.ts'
import type { Shown } from '../../../../lib/wizard/shown-secret.ts'
import { POST } from './secret/route.ts'
import { SecretPanel } from './secret-panel.tsx'

const said = vi.hoisted(() => [] as unknown[])
vi.mock('../../../../lib/wizard/act.ts', () => {
  const acts = (name: string) => async (_at: unknown, what: unknown) => {
    said.push([name, what])
    return { ok: true, goTo: '/' }
  }
  return { confirmStep: acts('stored'), loseTheSecret: acts('lost'), forgetTheSecret: acts('forget') }
})
vi.mock('../../../../lib/wizard/door.ts', () => ({ requireStep: async () => ({}) }))
vi.mock('../../../see-other.ts', () => ({ seeOther: () => new Response() }))
vi.mock('../../../handled.ts', () => ({
  elsewhere: () => undefined,
  handled: async (request: Request, act: (form: FormData) => Promise<Response>) => act(await request.formData())
}))

const at = { row: { id: 'S' }, step: { id: 'create-a-secret' } } as AtStep

/** The hidden fields of each form of the page. */
const formsOf = (shown: Shown) =>
  [...renderToStaticMarkup(<SecretPanel at={at} shown={shown} />).matchAll(/<form.*?<\/form>/g)].map(([form]) =>
    Object.fromEntries([...form.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]))
  )

test.each([
  ['shown here', { kind: 'here', secret: new Secret('value'), keyId: 'key' }],
  ['shown elsewhere', { kind: 'elsewhere', keyId: 'key' }]
] as const)('a secret %s is named by what is said of it', async (_name, shown) => {
  const forms = formsOf(shown)
  expect(forms).toEqual([
    { word: 'stored', keyId: 'key' },
    { word: 'lost', keyId: 'key' }
  ])
  said.length = 0
  for (const form of forms) {
    const request = new Request('http://localhost/', { method: 'POST', body: new URLSearchParams(form) })
    await POST(request, { params: Promise.resolve({ setupId: 'S', step: 'create-a-secret' }) })
  }
  expect(said).toEqual([
    ['stored', 'key'],
    ['lost', 'key']
  ])
})
