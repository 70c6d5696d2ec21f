// The practice tenant as one more Microsoft cloud: what goes into CUSTOM_CLOUD_FILE.
// The rule it keeps: the product learns nothing of the practice tenant in any other way.

import { outlookResource } from './identity/tokens.ts'
import type { Store } from './state.ts'

export function cloudOf({ state, addresses }: Store): object {
  const { imap, pop, smtp } = addresses.mailPorts
  return {
    name: 'practice',
    title: 'Practice tenant',
    signIn: addresses.https,
    graph: addresses.https,
    portal: `${addresses.http}/portal`,
    outlookScope: `${outlookResource}/.default`,
    imap: { host: 'localhost', port: imap, security: 'TLS' },
    pop: { host: 'localhost', port: pop, security: 'TLS' },
    smtp: { host: 'localhost', port: smtp, security: 'STARTTLS' },
    clientId: state.wizard.appId,
    clientSecret: state.wizard.secretText
  }
}
