// The table of results: filtered by a plain form, a page at a time, exported whole.
import { Download } from 'lucide-react'
import { ageInWords } from '../../../../../components/age.tsx'
import { Actions, LinkButton } from '../../../../../components/buttons.tsx'
import { ResultsTable } from '../../../../../components/results-table.tsx'
import { Section } from '../../../../../components/section.tsx'
import type { AtStep } from '../../../../../lib/wizard/door.ts'
import { type Filter, filtered, type ProofRow, pageOf, rowsOnPage } from '../../../../../lib/wizard/proof-table.ts'
import { everyMinutes } from '../../../../../lib/wizard/prove.ts'
import { FilterForm } from './filter-form.tsx'

type Props = { at: AtStep; rows: readonly ProofRow[]; filter: Filter; every: boolean }

export function Results({ at, rows, filter, every }: Props) {
  const home = `/setups/${at.row.id}/${at.step.id}`
  const fitting = filtered(rows, filter)
  const { begins, rows: page, left } = pageOf(fitting, filter.from)
  // Whoever looks around stops nothing.
  const goingOn: Record<string, string> = every ? { every: String(everyMinutes) } : {}
  const query = (more: Record<string, string>) => {
    const { show, protocol = '', find } = filter
    return `${home}?${new URLSearchParams({ show, protocol, find, ...more, ...goingOn })}#results`
  }
  const now = at.setup.now.toISOString()
  return (
    <Section title="Results" id="results">
      <FilterForm home={home} filter={filter} protocols={at.setup.protocols} kept={goingOn} />
      {page.length === 0 ? (
        <p>No result fits.</p>
      ) : (
        <ResultsTable
          caption="What each mail server answered"
          rows={page.map(({ place, address, protocol, outcome, says, at: tried }) => ({
            key: `${place} ${protocol}`,
            address,
            protocol,
            outcome,
            says,
            age: tried ? ageInWords(tried, now) : '',
            whyHref: tried
              ? `${home}?${new URLSearchParams({ why: `${place}-${protocol}`, ...goingOn })}#why`
              : undefined
          }))}
        />
      )}
      <p className="mt-3 text-sm text-muted">
        {fitting.length.toLocaleString('en')} of {rows.length.toLocaleString('en')} results fit.
      </p>
      <Actions>
        {left > 0 && (
          <LinkButton href={query({ from: String(begins + rowsOnPage) })}>
            Next {Math.min(left, rowsOnPage)} results
          </LinkButton>
        )}
        {begins > 0 && (
          <LinkButton href={query({ from: String(Math.max(0, begins - rowsOnPage)) })}>
            Previous {rowsOnPage} results
          </LinkButton>
        )}
        <LinkButton href={`${home}/results.csv`} download="">
          <Download aria-hidden className="size-4" />
          Export as CSV
        </LinkButton>
      </Actions>
    </Section>
  )
}
