// The scripts: whole, in halves, command by command, and the way back; and the link to all of it.
import { Code } from '../../../components/code.tsx'
import { CopyValue, Facts } from '../../../components/facts.tsx'
import { Notice } from '../../../components/notice.tsx'
import { Disclosure, Section } from '../../../components/section.tsx'
import { env } from '../../../lib/env.ts'
import { textOf } from '../../../lib/powershell/quote.ts'
import { snippets } from '../../../lib/powershell/script.ts'
import { whereToRun } from '../../../lib/steps/scripts.ts'
import type { Fact } from '../../../lib/steps/step.ts'
import { scriptKinds } from '../../../lib/tools/powershell-files.ts'
import { type Asked, queryOf, scriptInputOf } from '../../../lib/tools/powershell-query.ts'
import { UncheckedIds } from '../unchecked-ids.tsx'
import { FoldedScript, Script } from './scripts.tsx'

type Props = { asked: Asked }

export function Result({ asked }: Props) {
  const query = queryOf(asked)
  return (
    <>
      <UncheckedIds>Compare it before you run a script.</UncheckedIds>
      <Facts facts={factsOf(asked)} />
      <Section title={scriptKinds['script.ps1'].title} intro={scriptKinds['script.ps1'].why} id="script">
        <Script name="script.ps1" asked={asked} />
      </Section>
      {whereToRun.kind === 'notice' && (
        <Notice kind="info" title={whereToRun.title}>
          <ul className="grid list-disc gap-1 pl-5">
            {whereToRun.says.map(line => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Notice>
      )}
      {(['register.ps1', 'mailboxes.ps1', 'diagnosis.ps1', 'repair.ps1', 'undo.ps1'] as const).map(name => (
        <FoldedScript key={name} name={name} asked={asked} />
      ))}
      <Disclosure summary="The same, command by command" className="mt-4">
        <div className="grid gap-6">
          {snippets(scriptInputOf(asked)).map(({ id, title, why, code }) => (
            <div key={id} className="grid min-w-0 gap-2">
              <h3 className="font-semibold">{title}</h3>
              <p className="text-muted">{why}</p>
              <Code code={textOf(code)} language="powershell" label={title} />
            </div>
          ))}
        </div>
      </Disclosure>
      <Section
        title="Share these scripts"
        intro="The link holds the IDs and the addresses, and no secret. Whoever has it sees them."
      >
        <CopyValue label="Link to this page" value={`${env().baseUrl}/tools/powershell?${query}`} />
      </Section>
    </>
  )
}

function factsOf(asked: Asked): readonly Fact[] {
  const count = asked.mailboxes.length
  return [
    { label: 'Application (client) ID', value: asked.appId, copy: true },
    {
      label: 'Object ID of the enterprise application',
      value: asked.objectId,
      copy: true,
      note: 'Not checked. App registrations must show another one.'
    },
    { label: 'Directory (tenant) ID', value: asked.tenantId, copy: true },
    { label: 'Mailboxes', value: count === 0 ? 'None: the scripts register the application only' : String(count) },
    { label: 'Protocols', value: asked.protocols.join(', ') || 'No switch is touched' },
    { label: 'Microsoft cloud', value: asked.cloud.title }
  ]
}
