// A remark beside the matter of the page. The kind is said by a shape and by words, not by colour alone.
import { CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { classes } from './classes.ts'

export type NoticeKind = 'info' | 'warning' | 'success'

const kinds = {
  info: { Icon: Info, says: 'Note', look: 'border-accent-line bg-accent-soft', colour: 'text-accent' },
  warning: {
    Icon: TriangleAlert,
    says: 'Warning',
    look: 'border-warning-line bg-warning-soft',
    colour: 'text-warning'
  },
  success: { Icon: CircleCheck, says: 'Done', look: 'border-success-line bg-success-soft', colour: 'text-success' }
} as const

type Props = { kind: NoticeKind; title?: string; children?: ReactNode }

/** A coloured box with an icon; readers hear its kind first. */
export function Notice({ kind, title, children }: Props) {
  const { Icon, says, look, colour } = kinds[kind]
  return (
    <div className={classes('my-4 flex gap-3 rounded-md border p-4', look)}>
      <Icon aria-hidden className={classes('mt-0.5 size-5 shrink-0', colour)} />
      <div className="min-w-0 max-w-3xl flex-1 wrap-anywhere">
        <span className="sr-only">{says}: </span>
        {title && <p className="font-semibold">{title}</p>}
        {children}
      </div>
    </div>
  )
}
