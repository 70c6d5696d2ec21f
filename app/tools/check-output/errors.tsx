// Errors that stood in a pasted text.
import { Disclosure } from '../../../components/section.tsx'
import type { Checked } from '../../../lib/tools/check-output.ts'

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
