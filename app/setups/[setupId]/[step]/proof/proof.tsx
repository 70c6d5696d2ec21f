// The page of the test: the secret, the buttons, what the token says, which gates are shut, and the table.

import { LinkButton } from '../../../../../components/buttons.tsx'
import { Facts } from '../../../../../components/facts.tsx'
import { Notice } from '../../../../../components/notice.tsx'
import { Section } from '../../../../../components/section.tsx'
import { objectIdUnknown } from '../../../../../lib/steps/scripts.ts'
import type { AtStep } from '../../../../../lib/wizard/door.ts'
import { findGates } from '../../../../../lib/wizard/gates.ts'
import { heldUntil } from '../../../../../lib/wizard/hold-secret.ts'
import { filterOf, firstOf, type PageQuery, rowsOf } from '../../../../../lib/wizard/proof-table.ts'
import { Receipt } from '../receipt.tsx'
import { Groups } from './groups.tsx'
import { RunTests } from './run-tests.tsx'
import { SecretForTest } from './secret.tsx'
import { Results } from './table.tsx'
import { Why } from './why.tsx'

export async function Proof({ at, query }: { at: AtStep; query: PageQuery }) {
  const { setup, row } = at
  if (setup.mailboxes.length === 0)
    return (
      <Section title="Which mailboxes" intro="Name at least one mailbox, so that there is something to test.">
        <LinkButton href={`/setups/${row.id}/open-the-mailboxes`} variant="primary">
          Name the mailboxes
        </LinkButton>
      </Section>
    )
  const gates = await findGates(at)
  if (!gates)
    return (
      <Section title={objectIdUnknown.title} intro={objectIdUnknown.says.join(' ')}>
        <LinkButton href={`/setups/${row.id}/register-the-application`} variant="primary">
          Register the application
        </LinkButton>
      </Section>
    )
  const until = await heldUntil(at)
  const { accepted, refused, unreachable } = setup.proof
  const tried = accepted + refused + unreachable > 0
  const every = query.every !== undefined
  return (
    <>
      {query.more !== undefined && (
        <Notice kind="warning" title="There is more to test">
          <p>One press tests for some seconds. Press again to go on: what was tested is kept.</p>
        </Notice>
      )}
      {!until && <SecretForTest at={at} until={undefined} needed={query.secret !== undefined || !tried} />}
      {until && <RunTests at={at} every={every} />}
      {until && <SecretForTest at={at} until={until} needed={false} />}
      <Why at={at} gates={gates} chosen={firstOf(query.why)} held={until !== undefined} every={every} />
      {(tried || gates.token?.kind === 'refused') && <Groups at={at} gates={gates} />}
      <Receipt at={at} />
      {gates.token && (
        <Section title="What the token says" id="token">
          <Facts facts={gates.tokenFacts} />
        </Section>
      )}
      {tried && (
        <Results
          at={at}
          rows={rowsOf(setup.mailboxes, setup.protocols, gates)}
          filter={filterOf(query, setup.protocols)}
          every={every}
        />
      )}
    </>
  )
}
