// Everything that is pressed: buttons and links that look like them. One primary on a page.
// Links never prefetch: a page here may look at somebody's tenant, and nobody asked for that yet.
import Link from 'next/link'
import type { ComponentPropsWithoutRef, ReactNode } from 'react'
import { buttonClasses, type Variant } from './button-look.ts'

type ButtonProps = ComponentPropsWithoutRef<'button'> & { variant?: Variant }

/** A native button; submits its form unless told otherwise. */
export function Button({ variant = 'secondary', type = 'submit', className, ...rest }: ButtonProps) {
  return <button type={type} className={buttonClasses(variant, className)} {...rest} />
}

type LinkButtonProps = {
  href: string
  children: ReactNode
  variant?: Variant
  className?: string
  /** A plain link, for what is not a page of ours: a download, or a way to Microsoft. */
  plain?: boolean
  download?: string
}

/** A link that looks like a button. */
export function LinkButton({ href, variant = 'secondary', className, plain, download, children }: LinkButtonProps) {
  const look = buttonClasses(variant, className)
  if (plain || download !== undefined) {
    return (
      <a href={href} download={download} className={look}>
        {children}
      </a>
    )
  }
  return (
    <Link href={href} prefetch={false} className={look}>
      {children}
    </Link>
  )
}

/** Buttons in a row; one below the other on a phone. */
export function Actions({ children }: { children: ReactNode }) {
  return <div className="mt-6 flex flex-wrap items-center gap-3 max-sm:[&>form]:w-full">{children}</div>
}
