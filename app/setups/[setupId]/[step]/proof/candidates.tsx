// What may be the cause, likeliest first, and what tells each from the others: a list, as no evidence names one.
import { Disclosure } from '../../../../../components/section.tsx'
import type { Entry } from '../../../../../lib/diagnosis/row.ts'

type Props = { candidates: readonly { entry: Entry; apart: string }[] }

export function Candidates({ candidates }: Props) {
  if (candidates.length === 0) return null
  return (
    <div>
      {candidates.length > 1 && <p className="mb-2">The answer fits each of these, the likeliest first:</p>}
      <ol className="grid gap-1">
        {candidates.map(({ entry, apart }) => (
          <li key={entry.id}>
            <Disclosure summary={entry.title} open={candidates.length === 1}>
              <div className="grid max-w-3xl gap-2 pb-2 pl-6">
                <p>{entry.cause}</p>
                {apart && <p>How to tell: {apart}</p>}
                <ul className="grid list-disc gap-1 pl-5">
                  {entry.fix.map(sentence => (
                    <li key={sentence}>{sentence}</li>
                  ))}
                </ul>
              </div>
            </Disclosure>
          </li>
        ))}
      </ol>
    </div>
  )
}
