// Which results are shown: a plain form whose state is the page's address.
import { SubmitButton } from '../../../../../components/submit-button.tsx'
import type { Protocol } from '../../../../../lib/steps/step.ts'
import { type Filter, type Show, shows } from '../../../../../lib/wizard/proof-table.ts'

const labels: Record<Show, string> = {
  all: 'All results',
  failed: 'Refused or not reached',
  accepted: 'Accepted',
  'not-tried': 'Not tested'
}

const box = 'target rounded border border-edge bg-surface px-3 py-1.5 max-sm:w-full'

const column = 'grid gap-1 text-sm max-sm:w-full'

/** `kept` is what else stands in the page's address. */
type Props = { home: string; filter: Filter; protocols: readonly Protocol[]; kept: Record<string, string> }

export function FilterForm({ home, filter, protocols, kept }: Props) {
  return (
    <form action={`${home}#results`} className="mb-4 flex flex-wrap items-end gap-3">
      {Object.entries(kept).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div className={column}>
        <label htmlFor="show">Show</label>
        <select id="show" name="show" defaultValue={filter.show} className={box}>
          {shows.map(show => (
            <option key={show} value={show}>
              {labels[show]}
            </option>
          ))}
        </select>
      </div>
      <div className={column}>
        <label htmlFor="protocol">Protocol</label>
        <select id="protocol" name="protocol" defaultValue={filter.protocol ?? ''} className={box}>
          <option value="">All</option>
          {protocols.map(protocol => (
            <option key={protocol}>{protocol}</option>
          ))}
        </select>
      </div>
      <div className={column}>
        <label htmlFor="find">Part of an address</label>
        <input id="find" name="find" defaultValue={filter.find} autoComplete="off" className={box} />
      </div>
      <SubmitButton variant="secondary">Show these</SubmitButton>
    </form>
  )
}
