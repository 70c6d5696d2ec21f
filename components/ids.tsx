// The two object IDs side by side. Confusing them is the commonest failure of all, so the right one cannot be missed
// and the wrong one cannot be copied by a button.
import { CircleCheck, CircleX } from 'lucide-react'
import type { ReactNode } from 'react'
import { CopyButton } from './copy.tsx'

type Props = {
  /** The application's own Object ID; undefined where it is not known. */
  application: string | undefined
  /** The Object ID of the enterprise application (service principal). */
  enterprise: string
  why: ReactNode
  /** What to say in place of "Use this one", such as that nobody checked it. */
  mark?: string
}

/** Both object IDs with the words "Not this one" and "Use this one", and why. */
export function IdsSideBySide({ application, enterprise, why, mark = 'Use this one' }: Props) {
  return (
    <div>
      <div className="grid gap-4 md:grid-cols-2">
        <div className="min-w-0 rounded-md border border-line bg-surface p-4 md:order-2">
          <p className="flex items-center gap-2 font-semibold text-danger">
            <CircleX aria-hidden className="size-5 shrink-0" />
            Not this one
          </p>
          <p className="mt-2 text-sm text-muted">Object ID of the app registration (the application's own)</p>
          <p className="mt-1 font-mono text-sm wrap-anywhere text-muted">
            {application ? <s>{application}</s> : <span className="font-sans">Not known here</span>}
          </p>
        </div>
        <div className="min-w-0 rounded-md border-2 border-success bg-success-soft p-4">
          <p className="flex items-center gap-2 font-semibold text-success">
            <CircleCheck aria-hidden className="size-5 shrink-0" />
            {mark}
          </p>
          <p className="mt-2 text-sm text-muted">Object ID of the enterprise application</p>
          <div className="mt-1 flex flex-wrap items-center justify-between gap-x-3 gap-y-2">
            <span className="min-w-0 font-mono text-sm font-semibold wrap-anywhere">{enterprise}</span>
            <CopyButton text={enterprise} label="Object ID of the enterprise application" />
          </div>
        </div>
      </div>
      <p className="mt-3 max-w-3xl text-muted">{why}</p>
    </div>
  )
}
