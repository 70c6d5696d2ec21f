// Where you are: the steps of a setup in order, each with its state as a shape and as words, never as a colour alone.
// From 1024 px on it stands beside the page; below that it is one line that opens.
import { ChevronDown, Circle, CircleCheck, CircleDot, Lock, TriangleAlert, UserCheck } from 'lucide-react'
import Link from 'next/link'
import { classes } from './classes.ts'

export type RailState = 'done' | 'said' | 'current' | 'open' | 'closed' | 'problem'
export type RailItem = {
  id: string
  title: string
  state: RailState
  href?: string
  /** The page that is shown, where the state says something else of it (looking again at what is done). */
  here?: boolean
}

type Props = { setupName: string; tenant?: { name: string; detail: string }; items: readonly RailItem[] }

const states = {
  done: { says: 'Completed', Icon: CircleCheck, colour: 'text-success' },
  said: { says: 'Done, as you said', Icon: UserCheck, colour: 'text-success' },
  current: { says: 'You are here', Icon: CircleDot, colour: 'text-accent' },
  open: { says: 'Not done yet', Icon: Circle, colour: 'text-muted' },
  closed: { says: 'Cannot start yet', Icon: Lock, colour: 'text-muted' },
  problem: { says: 'There is a problem', Icon: TriangleAlert, colour: 'text-danger' }
} as const

const isHere = (item: RailItem) => item.here ?? item.state === 'current'

/** The list of steps with the name of the setup and its tenant above it. */
export function StepRail({ setupName, tenant, items }: Props) {
  const at = items.findIndex(isHere)
  const current = items[at]
  return (
    <>
      <details className="group rounded-md border border-line bg-surface lg:hidden">
        <summary className="flex min-h-11 list-none items-center gap-3 px-4 py-2 [&::-webkit-details-marker]:hidden">
          <span className="min-w-0 flex-1">
            {current ? (
              <>
                <span className="text-muted">
                  Step {at + 1} of {items.length}:
                </span>{' '}
                <span className="font-semibold">{current.title}</span>
              </>
            ) : (
              <span className="font-semibold">All {items.length} steps</span>
            )}
          </span>
          <ChevronDown aria-hidden className="size-5 shrink-0 text-muted transition-transform group-open:rotate-180" />
        </summary>
        <nav aria-label="Steps" className="border-t border-line px-2 pt-3 pb-2">
          <RailBody setupName={setupName} tenant={tenant} items={items} />
        </nav>
      </details>
      <nav aria-label="Steps" className="sticky top-16 hidden lg:block">
        <RailBody setupName={setupName} tenant={tenant} items={items} />
      </nav>
    </>
  )
}

function RailBody({ setupName, tenant, items }: Props) {
  return (
    <>
      <p className="px-2 font-semibold wrap-anywhere">{setupName}</p>
      <p className="px-2 pb-3 text-sm wrap-anywhere text-muted">
        {tenant ? (
          <>
            in {tenant.name}
            <br />
            {tenant.detail}
          </>
        ) : (
          'Tenant not found yet'
        )}
      </p>
      <ol className="grid gap-0.5">
        {items.map(item => (
          <li key={item.id}>
            <RailLine item={item} />
          </li>
        ))}
      </ol>
    </>
  )
}

function RailLine({ item }: { item: RailItem }) {
  const { says, Icon, colour } = states[item.state]
  const here = isHere(item)
  const spoken = item.state === 'said' || item.state === 'problem'
  const look = classes(
    'flex min-h-11 items-start gap-2.5 rounded px-2 py-2 lg:min-h-9',
    here && 'bg-accent-soft font-semibold',
    item.state === 'closed' && !here && 'text-muted'
  )
  const inside = (
    <>
      <Icon aria-hidden className={classes('mt-0.5 size-4.5 shrink-0', colour)} />
      <span className="min-w-0">
        {item.title}
        <span className={spoken ? classes('block text-sm font-normal', colour) : 'sr-only'}>
          {!spoken && ' - '}
          {says}
        </span>
      </span>
    </>
  )
  if (!item.href || item.state === 'closed') {
    return (
      <span className={look} aria-current={here ? 'step' : undefined}>
        {inside}
      </span>
    )
  }
  return (
    <Link
      href={item.href}
      prefetch={false}
      aria-current={here ? 'step' : undefined}
      className={classes(look, !here && 'hover:bg-raised')}
    >
      {inside}
    </Link>
  )
}
