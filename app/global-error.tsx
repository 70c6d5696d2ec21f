'use client'
// Shown when the layout itself throws, so it brings its own html and body.
import './globals.css'
import ErrorPage from './error.tsx'

type Props = { error: unknown; retry: () => void }

/** The error page in a document of its own. */
export default function GlobalError(props: Props) {
  return (
    <html lang="en">
      <body className="font-sans antialiased">
        <ErrorPage {...props} />
      </body>
    </html>
  )
}
