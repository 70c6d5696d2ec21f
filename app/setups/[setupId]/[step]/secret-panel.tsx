// The one showing of the client secret, for this browser only, until the person says that it is stored.
import { CopyValue } from '../../../../components/facts.tsx'
import { Notice } from '../../../../components/notice.tsx'
import { Section } from '../../../../components/section.tsx'
import { SubmitButton } from '../../../../components/submit-button.tsx'
import type { AtStep } from '../../../../lib/wizard/door.ts'
import type { Shown } from '../../../../lib/wizard/shown-secret.ts'
import { LeaveWhole } from './leave-whole.tsx'

export function SecretPanel({ at, shown }: { at: AtStep; shown: Shown }) {
  if (shown.kind === 'held')
    return (
      <Section title="Your client secret" id="secret">
        <p className="mb-3 max-w-prose">
          It stays sealed for this browser until {shown.until.toISOString().slice(11, 16)} UTC at the latest. Nobody
          else, and no copy of the database, can open it. It is not shown again.
        </p>
        <Word at={at} word="forget" label="Forget it now" variant="secondary" />
      </Section>
    )
  return (
    <Section title="Your client secret" id="secret">
      {shown.kind === 'here' ? (
        <>
          <Notice kind="warning" title="Copy it now">
            <p>Microsoft shows it this once. Store it where your program reads it, or in your password manager.</p>
          </Notice>
          <CopyValue label="Client secret" value={shown.secret.reveal()} />
        </>
      ) : (
        <Notice kind="warning" title="This browser cannot show the secret">
          <p>
            It was shown in another browser, or its time here is over. If it is stored, say so. If its value is lost,
            remove it and make another.
          </p>
        </Notice>
      )}
      <div className="mt-4 flex flex-wrap gap-3">
        <Word at={at} word="stored" keyId={shown.keyId} label="I have stored it" variant="primary" />
        <Word at={at} word="lost" keyId={shown.keyId} label="I have lost its value" variant="secondary" />
      </div>
      <LeaveWhole />
    </Section>
  )
}

type WordProps = { at: AtStep; word: string; keyId?: string; label: string; variant: 'primary' | 'secondary' }

/** The key ID says which secret the word is about: a page that stayed open speaks of the one that it shows. */
function Word({ at, word, keyId, label, variant }: WordProps) {
  return (
    <form method="post" action={`/setups/${at.row.id}/${at.step.id}/secret`}>
      <input type="hidden" name="word" value={word} />
      {keyId && <input type="hidden" name="keyId" value={keyId} />}
      <SubmitButton variant={variant}>{label}</SubmitButton>
    </form>
  )
}
