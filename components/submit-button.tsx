'use client'
// A submit button that says what is going on while its form's action runs, and cannot be pressed twice meanwhile.
// It stays focusable (aria-disabled, not disabled), so that nobody loses their place.
import type { ComponentPropsWithoutRef } from 'react'
import { useFormStatus } from 'react-dom'
import { buttonClasses, type Variant } from './button-look.ts'

type Props = Omit<ComponentPropsWithoutRef<'button'>, 'type'> & { pendingLabel?: string; variant?: Variant }

/** Submits the form around it; shows `pendingLabel` while React runs the form's action. Works without JavaScript. */
export function SubmitButton({ children, pendingLabel, variant = 'primary', className, onClick, ...rest }: Props) {
  const { pending } = useFormStatus()
  return (
    <button
      {...rest}
      type="submit"
      aria-disabled={pending || undefined}
      className={buttonClasses(variant, className)}
      onClick={event => (pending ? event.preventDefault() : onClick?.(event))}
    >
      {pending ? (pendingLabel ?? 'Working…') : children}
    </button>
  )
}
