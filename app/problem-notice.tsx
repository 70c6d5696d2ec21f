// What came of a sign-in, in words. The address carries a code only.
import { Notice } from '../components/notice.tsx'
import type { EntranceProblem } from '../lib/wizard/entrance.ts'

const words: Record<EntranceProblem, { title: string; says: string }> = {
  stale: {
    title: 'That sign-in does not count any more',
    says: 'It took too long, was used already, or was begun in another browser. Sign in again from here.'
  },
  cancelled: { title: 'The sign-in was cancelled', says: 'Nothing was changed. Sign in again when you are ready.' },
  'not-allowed': {
    title: 'This account may not use the wizard here',
    says: 'Whoever runs this wizard decides whose people may sign in. Ask them to add your tenant.'
  },
  'wrong-tenant': {
    title: 'That account belongs to another tenant',
    says: 'This setup is for one tenant only, the one named above. Nothing was read in the other tenant. Enter it with an account of the right tenant, or begin a new setup.'
  },
  'needs-admin': {
    title: 'Microsoft wants an administrator’s approval',
    says: 'Ask a Cloud Application Administrator, Application Administrator or Global Administrator to enter the tenant here once, or do the steps by hand.'
  },
  refused: {
    title: 'Microsoft did not let you in',
    says: 'Try again, or choose another account. If a policy of your tenant blocks this, do the steps by hand.'
  },
  'own-credential': {
    title: 'Microsoft does not accept the wizard’s own credential',
    says: 'The client secret or certificate that the wizard signs in with is wrong or has expired. Tell whoever runs this wizard.'
  },
  unreachable: {
    title: 'Microsoft’s sign-in service did not answer',
    says: 'Check the connection of the computer that runs the wizard, and its proxy if it needs one. Then try again.'
  },
  'not-configured': {
    title: 'This cloud, or this way of signing in, is not set up',
    says: 'Whoever runs this wizard decides which clouds it works with.'
  }
}

export function ProblemNotice({ code }: { code: string | undefined }) {
  const problem = code && Object.hasOwn(words, code) ? words[code as EntranceProblem] : undefined
  if (!problem) return null
  return (
    <Notice kind="warning" title={problem.title}>
      <p>{problem.says}</p>
    </Notice>
  )
}
