// More mailboxes than an address holds: the same files, asked for by POST.
import { Download } from 'lucide-react'
import { Notice } from '../../../components/notice.tsx'
import { SubmitButton } from '../../../components/submit-button.tsx'
import type { ToolState } from './actions.ts'

const files = [
  { name: 'script.ps1', label: 'Download the whole script' },
  { name: 'register.ps1', label: 'Only register the application' },
  { name: 'mailboxes.ps1', label: 'Only open the mailboxes' },
  { name: 'repair.ps1', label: 'Repair a wrong Object ID' },
  { name: 'undo.ps1', label: 'Undo' }
]

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
        {files.map(({ name, label }, index) => (
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
