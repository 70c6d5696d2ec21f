// How what is pressed looks; for Button, LinkButton and the few that are neither.
import { classes } from './classes.ts'

export type Variant = 'primary' | 'secondary' | 'quiet' | 'danger'

const base =
  'target inline-flex cursor-pointer items-center justify-center gap-2 rounded border px-4 py-1.5 text-center font-semibold transition-colors aria-disabled:cursor-progress aria-disabled:opacity-80 max-sm:w-full'
const looks: Record<Variant, string> = {
  primary: 'border-fill bg-fill text-on-fill hover:border-fill-hover hover:bg-fill-hover',
  secondary: 'border-edge bg-surface text-ink hover:bg-raised',
  quiet: 'border-transparent bg-transparent text-accent hover:bg-raised',
  danger: 'border-danger bg-surface text-danger hover:bg-danger-soft'
}

/** The class names of a button of this variant. */
export function buttonClasses(variant: Variant, more?: string): string {
  return classes(base, looks[variant], more)
}
