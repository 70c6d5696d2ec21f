// The buttons that test: every mailbox, or what is not proved yet; the messages on request; and testing by itself.
import { RunLog } from '../../../../../components/run-log.tsx'
import { Section } from '../../../../../components/section.tsx'
import { loginsWanted } from '../../../../../lib/steps/test-the-connection.ts'
import type { AtStep } from '../../../../../lib/wizard/door.ts'
import { everyMinutes } from '../../../../../lib/wizard/prove.ts'
import { messagesMax } from '../../../../../lib/wizard/send-tests.ts'
import { ByItself } from './by-itself.tsx'

type Props = { at: AtStep; every: boolean }

export function RunTests({ at, every }: Props) {
  const { setup, row, step } = at
  const home = `/setups/${row.id}/${step.id}`
  const action = `${home}/prove`
  const wanted = loginsWanted(setup)
  const { accepted, refused, unreachable, sent, noToken } = setup.proof
  const tried = accepted + refused + unreachable > 0
  const fails = refused + unreachable > 0 || noToken !== undefined
  const unsent = setup.mailboxes.length - sent
  const rest = tried && (fails || accepted < wanted)
  const byItself = { every: every ? 'yes' : 'no' }
  const startAfterMs = every && fails ? everyMinutes * 60_000 : undefined
  return (
    <Section
      title="Test"
      id="test"
      intro={`${wanted === 1 ? 'One login' : `${wanted.toLocaleString('en')} logins`}: each mailbox by ${setup.protocols.join(', ')}. The inbox is only counted; nothing in it is changed.`}
    >
      <div className="grid gap-4 sm:flex sm:flex-wrap sm:items-start">
        {rest && (
          <RunLog
            action={action}
            body={{ which: 'failed', ...byItself }}
            label={fails ? 'Test again what failed' : 'Test the rest'}
            pendingLabel="Testing"
            stopLabel="Stop"
            startAfterMs={startAfterMs}
          />
        )}
        <RunLog
          action={action}
          body={{ which: 'all', ...byItself }}
          label={tried ? 'Test everything again' : 'Test the connection'}
          pendingLabel="Testing"
          stopLabel="Stop"
          variant={tried ? 'secondary' : 'primary'}
          startAfterMs={rest ? undefined : startAfterMs}
        />
        {setup.protocols.includes('SMTP') && accepted > 0 && unsent > 0 && (
          <RunLog
            action={action}
            body={{ send: 'yes' }}
            label={sendLabel(unsent)}
            pendingLabel="Sending"
            stopLabel="Stop"
            variant="secondary"
          />
        )}
      </div>
      {fails && <ByItself home={home} every={every} minutes={everyMinutes} />}
    </Section>
  )
}

function sendLabel(unsent: number): string {
  if (unsent === 1) return 'Send a test message'
  return unsent <= messagesMax ? `Send ${unsent} test messages` : `Send the next ${messagesMax} test messages`
}
