// More mailboxes than an address holds: the same files, asked for by POST.
import { Download } from 'lucide-react'
import { Notice } from '../../../components/notice.tsx'
import { SubmitButton } from '../../../components/submit-button.tsx'
import type { ScriptName } from '../../../lib/tools/powershell-files.ts'
import type { ToolState } from './actions.ts'

/** Every script that there is, in the order of the page for shorter lists. */
const labels: Record<ScriptName, string> = {
  'script.ps1': 'Download the whole script',
  'register.ps1': 'Only register the application',
  'mailboxes.ps1': 'Only open the mailboxes',
  'diagnosis.ps1': 'Look, and change nothing',
  'repair.ps1': 'Repair a wrong Object ID',
  'undo.ps1': 'Undo'
}

/** One form with a button a file. */
export function LongList({ mailboxes, rest }: NonNullable<ToolState['long']>) {
  return (
    <section className="mb-10" aria-labelledby="long-list">
      <h2 id="long-list" className="text-lg font-semibold tracking-tight">
        Your scripts are ready
      </h2>
      <Notice kind="info" title={`${mailboxes.length.toLocaleString('en')} mailboxes are too many for a link`}>
        <p>Download the files here. The IDs in them are the ones that you pasted: nothing has checked them.</p>
      </Notice>
      <form method="post" action="/tools/powershell/script.ps1" className="flex flex-wrap gap-3">
        {rest.map(([name, value]) => (
          <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
        ))}
        <input type="hidden" name="mailboxes" value={mailboxes.join(' ')} />
        {Object.entries(labels).map(([name, label], index) => (
          <SubmitButton
            key={name}
            formAction={`/tools/powershell/${name}`}
            variant={index === 0 ? 'primary' : 'secondary'}
          >
            <Download aria-hidden className="size-4" />
            {label}
          </SubmitButton>
        ))}
      </form>
    </section>
  )
}
