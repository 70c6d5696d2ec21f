// What the page before left in the address to be told here.
import { Notice } from '../../../../components/notice.tsx'
import { firstOf, type PageQuery } from '../../../../lib/wizard/proof-table.ts'
import { ProblemNotice } from '../../../problem-notice.tsx'
import { Busy } from './busy.tsx'

export function Told({ setupId, query }: { setupId: string; query: PageQuery }) {
  return (
    <>
      <ProblemNotice code={firstOf(query.problem)} />
      {query.saved && <Notice kind="success" title="Saved" />}
      {query.enter && (
        <Notice kind="warning" title="Enter the tenant again">
          <p>The sign-in to this tenant has ended, or Microsoft wants to see you again. Nothing is lost.</p>
        </Notice>
      )}
      {query['signed-in'] && (
        <Notice kind="warning" title="You signed in in another window">
          <p>The run in this one ended with it. Look at how this step stands now, then carry on.</p>
        </Notice>
      )}
      <ToldToWait seconds={firstOf(query.wait)} />
      {query.busy && <Busy setupId={setupId} />}
      {query['other-secret'] && (
        <Notice kind="warning" title="The page that was open is out of date">
          <p>
            Since it was shown, another secret was made, or something else was said of this one. Nothing was changed.
            Below is how it stands now.
          </p>
        </Notice>
      )}
      {query['not-yet'] && (
        <Notice kind="warning" title="Microsoft does not show it yet">
          <p>
            The wizard has looked at the tenant, and this is not done there. If you just did it, look again in a minute.
          </p>
        </Notice>
      )}
    </>
  )
}

/** Without JavaScript the page does not go on by itself. The address is anybody's to write: only a number is shown. */
function ToldToWait({ seconds }: { seconds: string | undefined }) {
  if (!seconds || !/^\d{1,3}$/.test(seconds)) return null
  return (
    <Notice kind="warning" title="Microsoft asks to slow down">
      <p>Wait {seconds} seconds, then carry on. Nothing is lost.</p>
    </Notice>
  )
}
