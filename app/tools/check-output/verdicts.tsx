// What was found, one card a finding. The kind is said by words and by a shape, not by colour alone.
import { CircleAlert, CircleCheck, CircleDashed, CircleHelp } from 'lucide-react'
import { classes } from '../../../components/classes.ts'
import { Disclosure } from '../../../components/section.tsx'
import type { Checked } from '../../../lib/tools/check-output.ts'

const kinds = {
  right: { Icon: CircleCheck, word: 'Right', colour: 'text-success', edge: 'border-success-line' },
  wrong: { Icon: CircleAlert, word: 'Wrong', colour: 'text-danger', edge: 'border-danger-line' },
  'not-shown': { Icon: CircleDashed, word: 'Not shown', colour: 'text-muted', edge: 'border-line' },
  ambiguous: { Icon: CircleHelp, word: 'Cannot be told', colour: 'text-warning', edge: 'border-warning-line' }
} as const

const abouts = { principal: 'Application', mailbox: 'Mailbox', switches: 'Protocols', receipt: 'Receipt' } as const

/** Every verdict, in the order given. */
export function Verdicts({ verdicts }: Pick<Checked, 'verdicts'>) {
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

/** Errors that PowerShell printed, as they are. */
export function Errors({ errors }: Pick<Checked, 'errors'>) {
  if (errors.length === 0) return null
  return (
    <Disclosure
      summary={errors.length === 1 ? 'PowerShell printed an error' : `PowerShell printed ${errors.length} errors`}
      className="mt-6"
      open
    >
      <ul className="grid max-w-3xl list-disc gap-1 pl-6">
        {errors.map(({ line, text }) => (
          <li key={line} className="wrap-anywhere">
            Line {line}: <code className="font-mono text-[0.8125rem]">{text}</code>
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}
