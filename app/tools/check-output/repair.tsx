// The way out of a wrong Object ID: the script that mends it, or the page that makes scripts.
import { Download } from 'lucide-react'
import { CopyButton } from '../../../components/copy.tsx'
import { Notice } from '../../../components/notice.tsx'
import { Scroll } from '../../../components/scroll.tsx'
import { SubmitButton } from '../../../components/submit-button.tsx'
import type { Checked } from '../../../lib/tools/check-output.ts'

type Props = Pick<Checked, 'repair'> & { scriptsHref: string }

/** The file is asked for by POST, so that IDs and addresses stay out of the address. */
export function RepairScript({ repair, scriptsHref }: Props) {
  return (
    <>
      <Notice kind="warning" title="Exchange cannot change an Object ID">
        <p>
          The entry has to be removed, made again with the right Object ID, and its mailboxes opened again.{' '}
          {repair
            ? 'The script below does that. It checks the tenant first, and where the Object ID is right already it removes nothing.'
            : 'Check the output again with the directory (tenant) ID, and the script that does that is shown here.'}
        </p>
        <p className="mt-2">
          <a className="link" href={scriptsHref}>
            Make the Exchange PowerShell
          </a>{' '}
          has the other scripts.
        </p>
      </Notice>
      {repair && (
        <section aria-labelledby="repair">
          <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
            <h3 id="repair" className="font-semibold">
              Repair a wrong Object ID
            </h3>
            <div className="flex flex-wrap gap-2">
              <form method="post" action="/tools/powershell/repair.ps1">
                {repair.pairs.map(([name, value]) => (
                  <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
                ))}
                <SubmitButton variant="secondary">
                  <Download aria-hidden className="size-4" />
                  Download the repair script
                </SubmitButton>
              </form>
              {repair.code && <CopyButton text={repair.code} label="the repair script" />}
            </div>
          </div>
          {repair.code && (
            <div className="overflow-hidden rounded-md border border-line bg-surface">
              <Scroll label="Repair script">
                <pre className="w-max min-w-full p-4 font-mono text-[0.8125rem] leading-6">
                  <code>{repair.code}</code>
                </pre>
              </Scroll>
            </div>
          )}
        </section>
      )}
    </>
  )
}
