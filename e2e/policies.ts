// What a browser makes of the policies that pages carry, while a story walks through them.
import type { Page, Request } from '@playwright/test'
import type { PracticeControl } from './fixtures/practice.ts'
import type { Product } from './fixtures/product.ts'
import { expect } from './test.ts'

export type Complaint = { page: string; says: string }

/** Collects what the browser says of a policy, from the document itself and from the console. */
export async function listen(page: Page, complaints: Complaint[]) {
  const note = (says: string) => complaints.push({ page: page.url(), says })
  await page.exposeFunction('noteViolation', note)
  await page.addInitScript(() => {
    const tell = (window as unknown as { noteViolation: (says: string) => void }).noteViolation
    document.addEventListener('securitypolicyviolation', event =>
      tell(`${event.effectiveDirective} refused ${event.blockedURI} ${event.sample}`)
    )
  })
  page.on('console', message => {
    if (/content.security.policy|permissions.policy|violates/i.test(message.text())) note(message.text())
  })
  page.on('pageerror', error => note(error.message))
}

/** Watches a page: what its policies refused, what was asked of another site, and how many documents of ours it saw. */
export async function watch(page: Page, product: Product, practice: PracticeControl) {
  const complaints: Complaint[] = []
  await listen(page, complaints)
  const others: string[] = []
  page.on('request', (request: Request) => {
    const from = request.frame().url()
    const goesElsewhere = request.isNavigationRequest() && request.frame().parentFrame() === null
    const { origin } = new URL(request.url())
    // Going to Microsoft's sign-in page is a person's own step; what that page asks for is not ours.
    if (origin === product.url || goesElsewhere || from.startsWith(practice.http)) return
    others.push(`${from} asked ${request.url()}`)
  })
  const policies: string[] = []
  page.on('response', async response => {
    if (!response.request().isNavigationRequest() || !response.url().startsWith(product.url)) return
    const headers = await response.allHeaders()
    if (headers['x-frame-options'] !== 'DENY') complaints.push({ page: response.url(), says: 'may stand in a frame' })
    if (response.status() === 200 && !headers.refresh) policies.push(headers['content-security-policy'] ?? 'none')
  })
  return { complaints, others, policies }
}

/** What a walk that was watched has to have left: no complaint, nobody else asked, and a nonce of its own for each page. */
export function expectKept({ complaints, others, policies }: Awaited<ReturnType<typeof watch>>) {
  expect(complaints).toEqual([])
  expect(others).toEqual([])
  for (const policy of policies) {
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|https?:|\*/)
    expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/]{22}==' 'strict-dynamic';/)
  }
  expect(policies.length).toBeGreaterThan(0)
  // A nonce that came twice would be none.
  expect(new Set(policies).size).toBe(policies.length)
}
