// Exchange has another Object ID than the form: first the comparison that decides, then the script that mends it.
// The rule it keeps: the script stands behind what Enterprise applications shows, as with the wrong ID it breaks every login.
import { Download } from 'lucide-react'
import { CopyButton } from '../../../components/copy.tsx'
import { Notice } from '../../../components/notice.tsx'
import { Scroll } from '../../../components/scroll.tsx'
import { Disclosure } from '../../../components/section.tsx'
import { SubmitButton } from '../../../components/submit-button.tsx'
import type { Checked } from '../../../lib/tools/check-output.ts'

type Props = Pick<Checked, 'repair' | 'objectId'> & { scriptsHref: string }

/** The file is asked for by POST, so that IDs and addresses stay out of the address. */
export function RepairScript({ repair, objectId, scriptsHref }: Props) {
  return (
    <>
      <Notice kind="warning" title="Compare the Object IDs before you change Exchange">
        <p>
          Exchange has one Object ID, and the form another, {objectId}. Enterprise applications shows the right one. If
          it is the one that Exchange has, correct the form and remove nothing: a repair would break every login.
        </p>
        <p className="mt-2">
          If it shows {objectId}, the entry has to be removed, made again with that one, and its mailboxes opened again,
          as Exchange cannot change an Object ID.{' '}
          {repair
            ? 'The script for that stands below. It checks the tenant first, and where Exchange has that one already it removes nothing.'
            : 'Check the output again with the directory (tenant) ID, and the script for that is offered here.'}
        </p>
        <p className="mt-2">
          <a className="link" href={scriptsHref}>
            Make the Exchange PowerShell
          </a>{' '}
          has the other scripts.
        </p>
      </Notice>
      {repair && (
        <Disclosure summary={`Enterprise applications shows ${objectId}: repair the entry`}>
          <div className="mb-3 flex flex-wrap gap-2">
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
          {repair.code && (
            <div className="overflow-hidden rounded-md border border-line bg-surface">
              <Scroll label="Repair script">
                <pre className="w-max min-w-full p-4 font-mono text-[0.8125rem] leading-6">
                  <code>{repair.code}</code>
                </pre>
              </Scroll>
            </div>
          )}
        </Disclosure>
      )}
    </>
  )
}
