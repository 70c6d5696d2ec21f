// Where an explanation comes from, and how sure it is.
import type { Entry, Trust } from '../../../lib/diagnosis/row.ts'

const documented = 'Documented by Microsoft, or confirmed by who makes the product.'
const reported = 'Reported to work by people who had the same error.'

const words: Readonly<Record<Trust, string>> = {
  A: documented,
  B: reported,
  C: 'Our own conclusion. Test it before you rely on it.',
  'A/B': 'Partly documented by Microsoft or who makes the product, partly reported to work.',
  'A/C': 'Partly documented by Microsoft or who makes the product, partly our own conclusion.',
  'C/B': 'Partly our own conclusion, partly reported to work.'
}

export function Sources({ sources, trust }: Pick<Entry, 'sources' | 'trust'>) {
  return (
    <div className="mt-3 text-sm text-muted">
      <p>How sure this is: {words[trust]} Sources:</p>
      <ul className="flex flex-wrap gap-x-4" aria-label="Sources">
        {sources.map(({ name, url }) => (
          <li key={name} className="wrap-anywhere">
            {url ? (
              <a href={url} className="link inline-flex min-h-11 items-center md:min-h-0" rel="noreferrer">
                {name}
              </a>
            ) : (
              name
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
