// The start page: is this the right way to sign in, what will happen, who has to do it, what is asked for.
// The rule it keeps: steps and permissions are printed from the registry, so that this page cannot promise anything else.

import { Notice } from '../components/notice.tsx'
import { PageHeader } from '../components/page-header.tsx'
import { PermissionList } from '../components/permission-list.tsx'
import { RolesNeeded } from '../components/roles-needed.tsx'
import { Section } from '../components/section.tsx'
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
      <Section title="Is this the right way for you?">
        <WhichFlow />
        <StartActions />
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
        <RolesNeeded />
      </Section>
      <Section
        title="What Microsoft will ask you to allow"
        intro="Signing in tells the wizard who you are: openid and profile. Microsoft’s sign-in library adds offline_access, which Microsoft calls “Maintain access to data you have given it access to”; signing in gives access to no data, and the wizard drops what it gets for it. Only when you enter a tenant are these delegated Microsoft Graph permissions asked for; they let the wizard do what you yourself may do, while you are signed in. What you allow stays in the tenant until you remove it; the last page says how. Doing a step by hand asks for nothing, or to read only."
      >
        <PermissionList permissions={permissionsByStep} />
        <p className="mt-3 text-sm text-muted">
          Only if you pick mailboxes from the directory: User.ReadBasic.All, to list names and addresses. Only if
          Microsoft refuses consent without it: AppRoleAssignment.ReadWrite.All.
        </p>
      </Section>
      <Section title="What old tutorials get wrong">
        <TutorialTraps />
      </Section>
    </Shell>
  )
}
