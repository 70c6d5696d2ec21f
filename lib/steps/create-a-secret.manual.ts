// Creating the secret by hand. Pasted into the wizard it proves the three IDs by a token; it is not kept past that.

import type { SecretFound } from './create-a-secret.ts'
import { guidIn, one } from './fields.ts'
import { whichPortal } from './portal.ts'
import { registerTheApplication } from './register-the-application.ts'
import type { Form, Manual, Setup } from './step.ts'

export const secretField = 'clientSecret'

const pastes: Form<SecretFound> = {
  submit: 'Check the secret with Microsoft',
  fields: () => [
    {
      name: secretField,
      label: 'Value of the client secret (optional)',
      hint: 'The column Value, not Secret ID. The wizard asks Microsoft for a token with it, reads the right Object ID from that, and keeps the secret sealed for this browser only, eight hours at most.',
      kind: 'text',
      value: [],
      neverEcho: true
    }
  ],
  parse(input) {
    const text = one(input, secretField)
    if (guidIn(text))
      return {
        ok: false,
        problems: [
          {
            field: secretField,
            says: 'This is the secret’s ID. Paste the Value instead: the portal shows it once, right after creating it.'
          }
        ]
      }
    if (text.length > 512 || /\s/.test(text))
      return {
        ok: false,
        problems: [{ field: secretField, says: 'A client secret has no spaces. Copy the Value again.' }]
      }
    return { ok: true, value: {} }
  }
}

export function manualSecret(setup: Setup): Manual<SecretFound> {
  const portal = whichPortal(setup)
  const appId = setup.found(registerTheApplication)?.appId
  return {
    where: portal.title,
    clicks: [
      {
        says: 'Open your application and choose Certificates & secrets, then New client secret',
        href: appId ? portal.application(appId).credentials : portal.appRegistrations
      },
      { says: 'Choose when it expires, and choose Add' },
      { says: 'Copy the Value at once, and store it where your program reads it. The portal does not show it again' },
      { says: 'Or, where a policy allows no client secrets, choose Certificates there, then Upload certificate' }
    ],
    asks: pastes,
    confirms: {
      says: 'The client secret, or a certificate in its place, is stored where my program reads it.',
      found: {}
    }
  }
}
