// `2>$null`, `3>&1`, `*>$null`: where the streams go while some work runs.

import { refuse } from './errors.ts'
import type { Shell } from './shell.ts'
import type { Redirection } from './syntax.ts'
import type { Value } from './values.ts'

type Out = (value: Value) => void
const names: Readonly<Record<string, readonly ('error' | 'warning' | 'host')[]>> = {
  '2': ['error'],
  '3': ['warning'],
  '4': [],
  '5': [],
  '6': ['host'],
  '*': ['error', 'warning', 'host']
}

/** Runs work with its streams led elsewhere; `out` is where plain output goes. */
export function redirected(shell: Shell, list: readonly Redirection[], out: Out, work: (out: Out) => void): void {
  if (list.length === 0) {
    work(out)
    return
  }
  const before = shell.streams
  const streams = { ...before }
  let passed = out
  for (const { stream, to } of list) {
    if (to === 'nothing' && (stream === '1' || stream === '*')) passed = () => {}
    const named = names[stream]
    if (stream !== '1' && !named) refuse(`the stream ${stream}`)
    for (const name of named ?? []) streams[name] = to === 'nothing' ? 'drop' : out
  }
  shell.streams = streams
  try {
    work(passed)
  } finally {
    shell.streams = before
  }
}
