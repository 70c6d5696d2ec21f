// A shut gate: its cause, what opens it, and a script for just that, for every mailbox where it is shut.
import { CircleX } from 'lucide-react'
import Link from 'next/link'
import { Facts } from '../../../../../components/facts.tsx'
import type { Shut } from '../../../../../lib/gates/gate.ts'
import { findStep } from '../../../../../lib/steps/index.ts'
import type { Fact } from '../../../../../lib/steps/step.ts'
import type { AtStep } from '../../../../../lib/wizard/door.ts'
import { fixPanel } from '../../../../../lib/wizard/fix-scripts.ts'
import type { Gates } from '../../../../../lib/wizard/gates.ts'
import { Script } from '../script.tsx'

type Props = { at: AtStep; gates: Gates; shut: Shut; withScript?: boolean }

export function WhatOpensIt({ at, gates, shut, withScript = false }: Props) {
  const { gate, title, entry, fix, reference } = shut
  const script = withScript && fix.script ? fixPanel(at, gates, gate) : undefined
  const step = fix.stepId ? findStep(fix.stepId) : undefined
  return (
    <div className="min-w-0 rounded-md border border-danger-line bg-danger-soft p-4 sm:p-6">
      <h3 className="flex gap-3 font-semibold">
        <CircleX aria-hidden className="mt-0.5 size-5 shrink-0 text-danger" />
        <span className="min-w-0 wrap-anywhere">{title}</span>
      </h3>
      {entry && (
        <p className="mt-2 max-w-3xl">
          {entry.title !== title && `${entry.title}. `}
          {entry.cause}
        </p>
      )}
      <ul className="mt-2 grid max-w-3xl list-disc gap-1 pl-6">
        {fix.says.map(sentence => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {step && (
        <p className="mt-2">
          <Link className="link" prefetch={false} href={`/setups/${at.row.id}/${step.id}`}>
            {step.title}
          </Link>
        </p>
      )}
      {reference && <Reference reference={reference} />}
      {script && (
        <div className="mt-4">
          <Script panel={script} at={at} />
        </div>
      )}
    </div>
  )
}

/** What Microsoft's support asks for. */
function Reference({ reference: { code, requestId, message } }: { reference: NonNullable<Shut['reference']> }) {
  const facts: Fact[] = [
    ...(code ? [{ label: 'Microsoft’s code', value: code, copy: true }] : []),
    ...(requestId ? [{ label: 'Reference for support', value: requestId, copy: true }] : []),
    ...(message ? [{ label: 'Microsoft’s words', value: message }] : [])
  ]
  return facts.length > 0 ? (
    <div className="mt-4">
      <Facts facts={facts} />
    </div>
  ) : null
}
