// What was found, one card a finding. The kind is said by words and by a shape, not by colour alone.
import { CircleAlert, CircleCheck, CircleDashed, CircleHelp } from 'lucide-react'
import { classes } from './classes.ts'

const kinds = {
  right: { Icon: CircleCheck, word: 'Right', colour: 'text-success', edge: 'border-success-line' },
  wrong: { Icon: CircleAlert, word: 'Wrong', colour: 'text-danger', edge: 'border-danger-line' },
  'not-shown': { Icon: CircleDashed, word: 'Not shown', colour: 'text-muted', edge: 'border-line' },
  ambiguous: { Icon: CircleHelp, word: 'Cannot be told', colour: 'text-warning', edge: 'border-warning-line' }
} as const

const abouts = { principal: 'Application', mailbox: 'Mailbox', switches: 'Protocols', receipt: 'Receipt' } as const

export type ShownVerdict = {
  about: keyof typeof abouts
  subject: string
  kind: keyof typeof kinds
  says: string
  todo?: string
  /** Line of the pasted text, from 1. */
  line?: number
}

/** Every verdict, in the order given. */
export function Verdicts({ verdicts }: { verdicts: readonly ShownVerdict[] }) {
  return (
    <ul className="grid gap-3">
      {verdicts.map(({ about, subject, kind, says, todo, line }) => {
        const { Icon, word, colour, edge } = kinds[kind]
        return (
          <li
            key={`${about} ${subject} ${line} ${says}`}
            className={classes('flex gap-3 rounded-md border bg-surface p-4', edge)}
          >
            <Icon aria-hidden className={classes('mt-0.5 size-5 shrink-0', colour)} />
            <div className="min-w-0 max-w-3xl flex-1 wrap-anywhere">
              <h3 className="font-semibold">
                <span className={colour}>{word}</span>
                {': '}
                {subject.startsWith(abouts[about]) ? subject : `${abouts[about]} ${subject}`}
              </h3>
              <p className="mt-1">{says}</p>
              {todo && <p className="mt-1">{todo}</p>}
              {line !== undefined && <p className="mt-1 text-sm text-muted">Line {line} of the pasted text</p>}
            </div>
          </li>
        )
      })}
    </ul>
  )
}
