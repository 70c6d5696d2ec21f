// The gates between a program and a mailbox, in order, each passed, shut or not yet known; said by a shape and by words.
import { CircleCheck, CircleDashed, CircleX } from 'lucide-react'
import { classes } from './classes.ts'

const states = {
  passed: { Icon: CircleCheck, word: 'Passed', colour: 'text-success' },
  shut: { Icon: CircleX, word: 'Shut', colour: 'text-danger' },
  unknown: { Icon: CircleDashed, word: 'Not yet known', colour: 'text-muted' }
} as const

export type ShownGate = { id: string; title: string; state: keyof typeof states; because: string }

/** An ordered list, as a login meets them. */
export function GateList({ gates }: { gates: readonly ShownGate[] }) {
  return (
    <ol className="divide-y divide-line rounded-md border border-line bg-surface">
      {gates.map(({ id, title, state, because }) => {
        const { Icon, word, colour } = states[state]
        return (
          <li key={id} className="flex gap-3 px-4 py-3">
            <Icon aria-hidden className={classes('mt-0.5 size-5 shrink-0', colour)} />
            <div className="min-w-0 flex-1 wrap-anywhere sm:grid sm:grid-cols-[minmax(0,1fr)_8rem] sm:gap-x-4">
              <p className="font-semibold">{title}</p>
              <p className={classes('text-sm font-semibold sm:text-right', colour)}>{word}</p>
              {because && <p className="text-sm text-muted sm:col-span-2">{because}</p>}
            </div>
          </li>
        )
      })}
    </ol>
  )
}
