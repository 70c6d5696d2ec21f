// The page of the test, and a pasted receipt, where the application is known by its client ID alone.
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import type { AtStep } from '../../../../../lib/wizard/door.ts'
import { receivePasted } from '../../../../../lib/wizard/receive.ts'
import { Proof } from './proof.tsx'

const unknown = 'The Object ID of the enterprise application is not known yet'
const at = {
  row: { id: 'a-setup' },
  setup: { tenantId: 't', mailboxes: ['invoices@contoso.example'], found: () => ({ appId: 'a' }) }
} as unknown as AtStep

describe('where only the Object ID of the enterprise application is missing', () => {
  test('the test says which ID it is, and both ways to it', async () => {
    const html = renderToStaticMarkup(await Proof({ at, query: {} }))
    expect(html).toContain(unknown)
    expect(html).toMatch(/Paste it on the page Register the application.*Or paste the client secret/)
    expect(html).not.toMatch(/which application it is/)
  })

  test('a pasted receipt is not read, and it is said why', async () => {
    const { problem } = await receivePasted(at, { output: ['x'] })
    expect(problem).toMatch(new RegExp(`^${unknown}\\. Paste it on the page Register the application`))
  })

  test('a receipt that comes before any application is told to name that first', async () => {
    const none = { ...at, setup: { ...at.setup, found: () => undefined } } as AtStep
    expect((await receivePasted(none, { output: ['x'] })).problem).toMatch(/^Say first which application it is/)
  })
})
