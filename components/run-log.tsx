'use client'
// A button that starts a run and shows each change as it lands. Without JavaScript it is a plain form post.
// The rule it keeps: an interruption loses nothing, as the server looks before it writes; the button comes back.
import { CircleCheck, Hourglass, Info, Search } from 'lucide-react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { buttonClasses, type Variant } from './button-look.ts'
import { classes } from './classes.ts'
import { type Outcome, readRun, type Said, withSaid } from './run-stream.ts'

const kinds = {
  looking: { Icon: Search, says: '', colour: 'text-muted' },
  landed: { Icon: CircleCheck, says: 'Done: ', colour: 'text-success' },
  waiting: { Icon: Hourglass, says: 'Waiting: ', colour: 'text-warning' },
  note: { Icon: Info, says: '', colour: 'text-accent' }
} as const

type Props = {
  /** The URL that is posted to, by the form and by fetch alike. */
  action: string
  body: Record<string, string>
  label: string
  pendingLabel: string
  variant?: Variant
  /** Submits itself, this long after the page is shown or a run was interrupted; later while the page is in use. */
  startAfterMs?: number
  /** Shown while it runs: a press ends it, and the page is loaded anew. */
  stopLabel?: string
}

/** Posts one round and reads it to its end; a redirect (signed out meanwhile) is followed by the browser. */
async function postRound(
  action: string,
  body: Record<string, string>,
  signal: AbortSignal,
  tell: (said: Said) => void
): Promise<Outcome> {
  try {
    const answer = await fetch(action, {
      method: 'POST',
      headers: { Accept: 'application/x-ndjson' },
      body: new URLSearchParams(body),
      signal
    })
    const streams = answer.headers.get('content-type')?.includes('ndjson')
    if (streams && answer.body) {
      const outcome = await readRun(answer.body, tell)
      return answer.status === 429 ? { kind: 'told' } : outcome
    }
    if (answer.redirected) return { kind: 'end', href: answer.url }
  } catch {
    // A lost connection reads as an interruption, whatever the browser calls it.
  }
  return { kind: 'interrupted' }
}

/** Until Microsoft wants to be asked again, or the person stops it. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

/** Loads a page, also where only the part after # differs, which by itself would load nothing. */
function go(href: string) {
  const target = new URL(href, window.location.href)
  const isHere = target.href.split('#')[0] === window.location.href.split('#')[0]
  window.location.assign(target)
  if (isHere && target.hash) window.location.reload()
}

/** Whether somebody has typed something into the page, or another run goes on. */
function isInUse(): boolean {
  const fields = document.querySelectorAll<HTMLTextAreaElement | HTMLInputElement>('main textarea, main input')
  const typed = [...fields].some(field => field.value !== field.defaultValue)
  return typed || document.querySelector('main button[aria-disabled="true"]') !== null
}

/** A form with one button and, below it, what the run says while it goes on. */
export function RunLog({ action, body, label, pendingLabel, variant = 'primary', startAfterMs, stopLabel }: Props) {
  const stop = useRef<AbortController>(undefined)
  const form = useRef<HTMLFormElement>(null)
  const [state, setState] = useState<'idle' | 'running' | 'interrupted'>('idle')
  const [log, setLog] = useState<readonly Said[]>([])
  const running = state === 'running'

  useEffect(() => {
    if (startAfterMs === undefined || running) return
    // Its end loads the page anew: nobody's typing is thrown away for that, and no other run is cut off.
    const timer = setInterval(() => {
      if (!isInUse()) form.current?.requestSubmit()
    }, startAfterMs)
    return () => clearInterval(timer)
  }, [startAfterMs, running])

  // Going back in the browser may bring this page out of its cache, as it was: still running.
  useEffect(() => {
    const wakeUp = (event: PageTransitionEvent) => event.persisted && setState('idle')
    window.addEventListener('pageshow', wakeUp)
    return () => window.removeEventListener('pageshow', wakeUp)
  }, [])

  const run = async (event: FormEvent) => {
    event.preventDefault()
    if (running) return
    setState('running')
    const stopping = new AbortController()
    stop.current = stopping
    let outcome: Outcome = { kind: 'again' }
    while (outcome.kind === 'again') {
      const round: Record<string, string> = outcome.since === undefined ? body : { ...body, since: outcome.since }
      if (outcome.waitMs) await pause(outcome.waitMs, stopping.signal)
      outcome = await postRound(action, round, stopping.signal, said => setLog(before => withSaid(before, said)))
    }
    if (outcome.kind === 'end') go(outcome.href)
    else if (stopping.signal.aborted) go(window.location.href)
    else if (outcome.kind === 'told') setState('idle')
    else setState('interrupted')
  }

  return (
    <div>
      <form ref={form} method="post" action={action} onSubmit={run}>
        {Object.entries(body).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <button type="submit" aria-disabled={running || undefined} className={buttonClasses(variant)}>
          {running ? pendingLabel : label}
        </button>
        {running && stopLabel && (
          <button type="button" onClick={() => stop.current?.abort()} className={buttonClasses('secondary', 'ml-3')}>
            {stopLabel}
          </button>
        )}
      </form>
      <ol aria-live="polite" aria-label="What happens" className={classes('grid gap-2', log.length > 0 && 'mt-4')}>
        {log.map((said, index) => {
          const { Icon, says, colour } = kinds[said.kind]
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the log only grows at its end, and sentences repeat.
            <li key={index} className="flex gap-2.5">
              <Icon aria-hidden className={classes('mt-0.5 size-5 shrink-0', colour)} />
              <span className="min-w-0 wrap-anywhere">
                {says && <span className="sr-only">{says}</span>}
                {said.says}
              </span>
            </li>
          )
        })}
      </ol>
      <div role="status">
        {state === 'interrupted' && (
          <p className="mt-4 rounded-md border border-warning-line bg-warning-soft p-4">
            The connection was interrupted. Nothing is lost: carry on.
          </p>
        )}
      </div>
    </div>
  )
}
