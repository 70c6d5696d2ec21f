// What Microsoft's support asks for, out of a server's text: its code, the server, the time and the ID in its brackets.

import { cut } from '../cut.ts'
import { readable } from '../diagnosis/readable.ts'
import { findReferences } from '../diagnosis/references.ts'
import type { Reference } from '../steps/step.ts'

const messageMax = 1_000

export function referenceOf(said: string): Reference {
  const message = cut(said, messageMax)
  // IMAP and POP give nothing to refer to, and looking for it ten thousand times takes its time.
  if (!/\d\.\d/.test(message)) return { message }
  const found = findReferences(readable(message))
  const labelled = (label: string) => found.find(one => one.label === label)?.value
  return { code: labelled('SMTP code'), requestId: labelled('Exchange server'), message }
}
