'use client'
// Copying to the clipboard, said aloud once. Without JavaScript there is no button: the text beside it can be selected.
import { Check, Copy } from 'lucide-react'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { classes } from './classes.ts'

const never = () => () => {}
const shownMs = 2500

/** Puts text on the clipboard; false where the browser refuses. navigator.clipboard is missing on plain http. */
async function putOnClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const field = document.createElement('textarea')
    field.value = text
    field.className = 'sr-only'
    document.body.append(field)
    field.select()
    const copied = document.execCommand('copy')
    field.remove()
    return copied
  }
}

type Props = { text: string /** What is copied: "Object ID of the enterprise application". */; label: string }

/** A button that copies `text`; its accessible name is "Copy" and the label. */
export function CopyButton({ text, label }: Props) {
  const ready = useSyncExternalStore(
    never,
    () => true,
    () => false
  )
  const [outcome, setOutcome] = useState<'copied' | 'refused'>()
  useEffect(() => {
    if (!outcome) return
    const timer = setTimeout(() => setOutcome(undefined), shownMs)
    return () => clearTimeout(timer)
  }, [outcome])
  const copy = async () => setOutcome((await putOnClipboard(text)) ? 'copied' : 'refused')
  const Icon = outcome === 'copied' ? Check : Copy
  return (
    <span className="inline-flex shrink-0 noscript:hidden">
      <button
        type="button"
        onClick={copy}
        className={classes(
          'target inline-flex min-w-11 cursor-pointer items-center justify-center gap-1.5 rounded border border-line bg-surface px-2.5 text-sm font-semibold text-accent hover:bg-raised',
          !ready && 'invisible'
        )}
      >
        <Icon aria-hidden className="size-4" />
        {outcome === 'copied' ? 'Copied' : 'Copy'}
        <span className="sr-only"> {label}</span>
      </button>
      <span role="status" className="sr-only">
        {outcome === 'copied' && `Copied ${label}`}
        {outcome === 'refused' && 'The browser did not allow copying. Select the text and copy it.'}
      </span>
    </span>
  )
}
