// The search of the picker: a plain form, so that its answer has an address and needs no script.
import { SubmitButton } from '../../../../../components/submit-button.tsx'
import { searchLengthMax } from '../../../../../lib/wizard/directory-search.ts'

/** One field and one button; `path` is the picker's own. */
export function Search({ path, search }: { path: string; search: string }) {
  return (
    <form method="get" action={path} className="max-w-2xl">
      <label htmlFor="search" className="mb-1 block font-semibold">
        Search
      </label>
      <p id="search-hint" className="mb-2 text-sm text-muted">
        The beginning of a name or an address. Leave it empty to see everybody.
      </p>
      <div className="flex flex-wrap gap-3">
        <input
          id="search"
          type="search"
          name="q"
          defaultValue={search}
          maxLength={searchLengthMax}
          aria-describedby="search-hint"
          autoComplete="off"
          spellCheck={false}
          className="target min-w-0 flex-1 rounded border border-edge bg-surface px-3 py-2 text-base text-ink md:text-[0.9375rem]"
        />
        <SubmitButton variant="secondary">Search</SubmitButton>
      </div>
    </form>
  )
}
