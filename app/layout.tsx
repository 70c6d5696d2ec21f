// The document around every page. Shell is chosen page by page, as only a page knows its tenant.
import './globals.css'
import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'

export const metadata: Metadata = {
  title: { default: 'Mail OAuth Wizard', template: '%s - Mail OAuth Wizard' },
  description: 'Set up app-only OAuth for IMAP, POP and SMTP on Exchange Online, one step a page.',
  icons: { icon: '/icon.svg' },
  referrer: 'same-origin',
  robots: { index: false, follow: false },
  formatDetection: { telephone: false, email: false, address: false, date: false }
}

/** A page made beforehand could not carry the nonce of its request. */
export const dynamic = 'force-dynamic'

export const viewport: Viewport = { width: 'device-width', initialScale: 1, colorScheme: 'light dark' }

/** The html and body elements of every page. */
export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body className="font-sans antialiased">{children}</body>
    </html>
  )
}
