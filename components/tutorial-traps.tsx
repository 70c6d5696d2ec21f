// What old tutorials say that is wrong, beside what is right. Every row stops a setup that otherwise looks finished.
// https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth
// https://learn.microsoft.com/powershell/module/exchangepowershell/new-serviceprincipal
// https://learn.microsoft.com/powershell/module/exchangepowershell/connect-exchangeonline

const traps = [
  {
    wrong: 'SMTP.AccessAsApp',
    right: 'SMTP.SendAsApp',
    why: 'The first name does not exist. IMAP and POP do end in AccessAsApp.'
  },
  {
    wrong: 'Object ID from App registrations',
    right: 'Object ID from Enterprise applications',
    why: 'Both are called Object ID. Exchange may take the wrong one without a word; then every sign-in fails.'
  },
  {
    wrong: 'New-ServicePrincipal -ServiceId',
    right: 'New-ServicePrincipal -ObjectId',
    why: 'Microsoft is deprecating -ServiceId in favour of -ObjectId.'
  },
  {
    wrong: 'Connect-ExchangeOnline -Organization',
    right: 'Connect-ExchangeOnline -UserPrincipalName',
    why: '-Organization is for sign-in with a certificate or a managed identity, not for a person.'
  },
  {
    wrong: 'Install-Module … -AllowPrerelease',
    right: 'Install-Module -Name ExchangeOnlineManagement -Scope CurrentUser',
    why: 'The released module has the commands that are needed. Leave the preview out.'
  }
] as const

/** The list of traps: struck out what is wrong, below it what is right, and why. */
export function TutorialTraps() {
  return (
    <ul className="divide-y divide-line rounded-md border border-line bg-surface">
      {traps.map(({ wrong, right, why }) => (
        <li key={wrong} className="grid gap-x-6 gap-y-1 px-4 py-3 md:grid-cols-2">
          <div className="min-w-0 font-mono text-[0.875rem] wrap-anywhere">
            <p className="text-muted">
              <span className="sr-only">Wrong: </span>
              <s>{wrong}</s>
            </p>
            <p className="font-semibold">
              <span className="sr-only">Right: </span>
              {right}
            </p>
          </div>
          <p className="text-muted">{why}</p>
        </li>
      ))}
    </ul>
  )
}
