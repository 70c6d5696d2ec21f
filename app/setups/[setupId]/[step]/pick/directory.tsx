// One page of the directory: the search, the people to tick, the way on; or what has to be allowed first.
import { ActionForm } from '../../../../../components/action-form.tsx'
import { LinkButton } from '../../../../../components/buttons.tsx'
import { ProblemBox } from '../../../../../components/problem.tsx'
import { Section } from '../../../../../components/section.tsx'
import { type Seen, seeDirectory, type Wanted } from '../../../../../lib/wizard/directory-picker.ts'
import type { AtStep } from '../../../../../lib/wizard/door.ts'
import { add } from './actions.ts'
import { Allow } from './allow.tsx'
import { Search } from './search.tsx'

type Props = { at: AtStep; wanted: Wanted }

export async function Directory({ at, wanted }: Props) {
  const seen = await seeDirectory(at, wanted)
  if (seen.kind === 'allow') return <Allow at={at} />
  return (
    <>
      <Search path={pathOf(at)} search={wanted.search} />
      {seen.kind === 'problem' ? <ProblemBox problem={seen.problem} /> : <People at={at} wanted={wanted} seen={seen} />}
    </>
  )
}

const pathOf = (at: AtStep) => `/setups/${at.row.id}/${at.step.id}/pick`

function People({ at, wanted, seen }: Props & { seen: Extract<Seen, { kind: 'shelf' }> }) {
  const { shelf, next, count } = seen
  const next50 = next && `${pathOf(at)}?${new URLSearchParams({ q: wanted.search, after: next })}`
  return (
    <Section title={wanted.search ? `Found for “${wanted.search}”` : 'Users with an address'} intro={countOf(count)}>
      {shelf.choices.length === 0 && <p>{emptyOf(seen)}</p>}
      {shelf.choices.length > 0 && (
        <ActionForm
          key={`${wanted.search} ${wanted.after ?? ''} ${at.setup.mailboxes.length}`}
          action={add.bind(null, at.row.id, at.step.id, wanted)}
          fields={[{ name: 'mailbox', label: 'Tick those to add', kind: 'some-of', value: [], choices: shelf.choices }]}
          submit="Add to the list"
        />
      )}
      <div className="mt-6 grid max-w-3xl gap-2 text-sm text-muted">
        {shelf.onList.length > 0 && <p className="wrap-anywhere">On your list already: {shelf.onList.join(', ')}.</p>}
        {shelf.leftOut > 0 && (
          <p>
            {shelf.leftOut === 1 ? 'One user is' : `${shelf.leftOut} users are`} left out here: guests, whose mailboxes
            are elsewhere, and users without an address.
          </p>
        )}
      </div>
      {next50 && (
        <p className="mt-6">
          <LinkButton href={next50}>Show more users</LinkButton>
        </p>
      )}
    </Section>
  )
}

function countOf(count: number | undefined): string | undefined {
  if (!count) return undefined
  return count === 1 ? 'One user fits.' : `${count} users fit.`
}

function emptyOf({ shelf, next }: Extract<Seen, { kind: 'shelf' }>): string {
  if (shelf.onList.length > 0) return 'Everybody here with an address is on your list already.'
  return next ? 'Nobody on this page has an address. Show more users.' : 'Nobody was found. Search for another name.'
}
