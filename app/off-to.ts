// Off to Microsoft's sign-in page. The rule it keeps: a form is answered by a document of ours, which then leads on.
// A redirect would be a part of sending the form, and our pages' policy lets forms be sent to us alone (page-policy.ts).
import { plainPage } from './plain-page.ts'

/** Leads to another site at once, without a script; the link is for browsers that do not follow. */
export function offTo(url: string): Response {
  return plainPage({
    status: 200,
    title: 'On to Microsoft',
    says: 'Your browser goes on to Microsoft’s sign-in page by itself.',
    link: { href: url, label: 'Go on to Microsoft’s sign-in page' },
    headers: { Refresh: `0; url=${url}` }
  })
}
