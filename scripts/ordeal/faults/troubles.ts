// What may happen to a write on its way to Microsoft and back: the rows of the contract, and those that need a sign-in or
// more patience than a contract test has.
import { troubles as ofTheContract, type Trouble } from '../../../test-data/contract/faults.ts'

export type NetworkTrouble = Trouble & {
  /** What happens to the person's sign-in just before the write. */
  signIn?: 'revoked' | 'challenged'
}

export const networkTroubles: readonly NetworkTrouble[] = [
  ...ofTheContract,
  {
    name: '429 with a Retry-After of 45 seconds',
    fault: {
      kind: 'status',
      status: 429,
      code: 'TooManyRequests',
      message: 'Too many requests',
      retryAfterSeconds: 45
    },
    unnoticed: () => true
  },
  {
    name: '429 with a Retry-After of five minutes',
    fault: {
      kind: 'status',
      status: 429,
      code: 'TooManyRequests',
      message: 'Too many requests',
      retryAfterSeconds: 300
    }
  },
  {
    name: '503 with a Retry-After of 45 seconds',
    fault: { kind: 'status', status: 503, code: 'ServiceUnavailable', message: 'Try later', retryAfterSeconds: 45 }
  },
  { name: 'the sign-in is revoked', signIn: 'revoked' },
  { name: 'a challenge that only a new sign-in meets', signIn: 'challenged' }
]
