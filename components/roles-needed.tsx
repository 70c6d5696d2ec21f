// Which roles the work needs, and which computer.
import { Card } from './section.tsx'

// https://learn.microsoft.com/entra/identity/enterprise-apps/grant-admin-consent and
// https://learn.microsoft.com/powershell/exchange/find-exchange-cmdlet-permissions say which roles suffice.
export function RolesNeeded() {
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <Card title="Two roles in the tenant" level={3}>
        <ul className="grid list-disc gap-2 pl-5">
          <li>
            <strong>Cloud Application Administrator</strong> or <strong>Application Administrator</strong> for the first
            half, in Microsoft Entra.
          </li>
          <li>
            <strong>Exchange Administrator</strong> for the second half, in Exchange Online PowerShell.
          </li>
          <li>
            <strong>Global Administrator</strong> covers both.
          </li>
        </ul>
        <p className="mt-3 text-muted">They may be two people: the PowerShell can be handed over as a file.</p>
      </Card>
      <Card title="A computer with PowerShell" level={3}>
        <p>
          Windows PowerShell 5.1, or PowerShell 7.6 or later, with the module ExchangeOnlineManagement. The script
          installs the module where it is missing; that needs no administrator rights on the computer.
        </p>
        <p className="mt-3 text-muted">And the addresses of the mailboxes that the program should open.</p>
      </Card>
    </div>
  )
}
