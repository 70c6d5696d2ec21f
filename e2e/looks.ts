// The ways a page is looked at: on a desk and on a phone, light and dark.
import type { Page } from '@playwright/test'

export const looks = [
  { name: 'wide-light', size: { width: 1280, height: 900 }, scheme: 'light' },
  { name: 'wide-dark', size: { width: 1280, height: 900 }, scheme: 'dark' },
  { name: 'narrow-light', size: { width: 390, height: 844 }, scheme: 'light' },
  { name: 'narrow-dark', size: { width: 390, height: 844 }, scheme: 'dark' }
] as const

/** Shows the page that way. Whoever wants less motion gets no transitions, so its colours have changed at once. */
export async function lookAs(page: Page, look: (typeof looks)[number]) {
  await page.setViewportSize(look.size)
  await page.emulateMedia({ colorScheme: look.scheme, reducedMotion: 'reduce' })
}
