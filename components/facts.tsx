// Names and values. A value that must not be used is struck out, says so in words, and cannot be copied by a button.

import type { Fact } from '../lib/steps/step.ts'
import { classes } from './classes.ts'
import { CopyButton } from './copy.tsx'

const machineMade = /^[0-9a-f]{8}-[0-9a-f]{4}-|^https?:|^[\w.-]+\.[a-z]{2,}$|^[A-Z]+\.[A-Za-z.]+$|^\S{24,}$/i

/** A definition list of facts, with a copy button where a fact asks for one. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="divide-y divide-line rounded-md border border-line bg-surface">
      {facts.map(fact => (
        <div
          key={`${fact.label} ${fact.value}`}
          className="gap-x-6 px-4 py-3 sm:grid sm:grid-cols-[13rem_minmax(0,1fr)]"
        >
          <dt className="text-muted">{fact.label}</dt>
          <dd className="min-w-0">
            <Value {...fact} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Value({ label, value, note, notThisOne, copy }: Fact) {
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 sm:flex-nowrap">
        <ValueText value={value} notThisOne={notThisOne} />
        {copy && !notThisOne && <CopyButton text={value} label={label} />}
      </div>
      {note && <p className="mt-1 text-sm text-muted">{note}</p>}
    </>
  )
}

/** The value itself: in fixed width where a machine made it, struck out where it is the wrong one. */
export function ValueText({ value, notThisOne }: { value: string; notThisOne?: boolean }) {
  const look = classes('min-w-0 wrap-anywhere', machineMade.test(value) && 'font-mono text-[0.92em]')
  if (!notThisOne) return <span className={look}>{value}</span>
  return (
    <span className="min-w-0">
      <s className={classes(look, 'text-muted')}>{value}</s>{' '}
      <strong className="text-sm font-semibold whitespace-nowrap text-danger">Not this one</strong>
    </span>
  )
}

/** One labelled value with a copy button, outside a list. */
export function CopyValue({ label, value, note, notThisOne }: Omit<Fact, 'copy'>) {
  return (
    <div className="rounded-md border border-line bg-surface px-4 py-3">
      <p className="text-sm text-muted">{label}</p>
      <Value label={label} value={value} note={note} notThisOne={notThisOne} copy />
    </div>
  )
}
