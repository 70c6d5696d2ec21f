// Checks what PowerShell printed, without signing in. The rule it keeps: it is posted, so nothing gets into an address.
import { PageHeader } from '../../../components/page-header.tsx'
import { Shell } from '../../../components/shell.tsx'
import { clouds } from '../../../lib/microsoft/clouds.ts'
import { checkFields } from '../../../lib/tools/check-output.ts'
import { CheckForm } from './form.tsx'

export const metadata = { title: 'Check what PowerShell printed' }

/** The form; its answers come back on the same page. */
export default function CheckOutputPage() {
  return (
    <Shell>
      <PageHeader
        title="Check what PowerShell printed"
        why="Paste the window’s text and the IDs of your application. You read what is right, which ID is wrong, and what the text does not show. Nothing is sent to Microsoft from here, and nothing is kept."
      />
      <CheckForm start={{ fields: checkFields({}, clouds()), problems: [] }} />
    </Shell>
  )
}
