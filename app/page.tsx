// The start page: is this the right way to sign in, what will happen, who has to do it, what is asked for.
// The rule it keeps: steps and permissions are printed from the registry, so that this page cannot promise anything else.

import { Notice } from '../components/notice.tsx'
import { PageHeader } from '../components/page-header.tsx'
import { Card, Section } from '../components/section.tsx'
import { Shell } from '../components/shell.tsx'
import { TutorialTraps } from '../components/tutorial-traps.tsx'
import { WhichFlow } from '../components/which-flow.tsx'
import { permissionsByStep, steps } from '../lib/steps/index.ts'
import { findSignedIn } from '../lib/wizard/door.ts'
import { ProblemNotice } from './problem-notice.tsx'
import { StartActions } from './start-actions.tsx'

type Query = { problem?: string; 'signed-out'?: string }

/** What everybody sees before signing in. */
export default async function StartPage({ searchParams }: { searchParams: Promise<Query> }) {
  const signedIn = await findSignedIn()
  const query = await searchParams
  return (
    <Shell person={signedIn?.person}>
      <PageHeader
        title="Let a program read and send mail with OAuth"
        why="This wizard sets up app-only OAuth for IMAP, POP and SMTP on Exchange Online: it registers the application in your Microsoft 365 tenant and writes the PowerShell that opens the mailboxes to it. One step a page, and you can stop at any time."
      />
      <ProblemNotice code={query.problem} />
      {query['signed-out'] && !signedIn && (
        <Notice kind="info" title="You are signed out">
          <p>Your setups are kept. Sign in to carry on.</p>
        </Notice>
      )}
      <StartActions />
      <Section title="Is this the right way for you?">
        <WhichFlow />
      </Section>
      <Section title="What will happen" intro="Each page shows what it will change before anything is sent.">
        <ol className="grid gap-x-10 gap-y-4 md:grid-cols-2">
          {steps.map((step, index) => (
            <li key={step.id} className="flex gap-4">
              <span className="grid size-8 shrink-0 place-items-center rounded-full border border-line bg-surface text-sm font-semibold text-muted">
                {index + 1}
              </span>
              <div className="min-w-0">
                <h3 className="mt-1 font-semibold">{step.title}</h3>
                <p className="text-sm text-muted">{step.why}</p>
              </div>
            </li>
          ))}
        </ol>
      </Section>
      <Section title="What you need">
        <Roles />
      </Section>
      <Section
        title="What Microsoft will ask you to allow"
        intro="Signing in tells the wizard who you are, nothing more. Only when you enter a tenant are these delegated Microsoft Graph permissions asked for; they let the wizard do what you yourself may do, while you are signed in. What you allow stays in the tenant until you remove it; the last page says how. Doing a step by hand asks for nothing, or to read only."
      >
        <Permissions />
      </Section>
      <Section title="What old tutorials get wrong">
        <TutorialTraps />
      </Section>
    </Shell>
  )
}

// https://learn.microsoft.com/entra/identity/enterprise-apps/grant-admin-consent and
// https://learn.microsoft.com/powershell/exchange/find-exchange-cmdlet-permissions say which roles suffice.
function Roles() {
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
        <p className="mt-3 text-muted">And the addresses of the mailboxes that the program shall open.</p>
      </Card>
    </div>
  )
}

function Permissions() {
  return (
    <ul className="divide-y divide-line rounded-md border border-line bg-surface">
      {permissionsByStep.map(({ permission, steps: wanting, why }) => (
        <li key={permission} className="grid gap-x-6 gap-y-1 px-4 py-3 sm:grid-cols-[16rem_minmax(0,1fr)]">
          <h3 className="font-mono text-[0.92em] font-semibold wrap-anywhere">{permission}</h3>
          <div className="min-w-0">
            <p>{why}</p>
            <p className="text-sm text-muted">Wanted by: {wanting.map(step => step.title).join(', ')}</p>
          </div>
        </li>
      ))}
    </ul>
  )
}
