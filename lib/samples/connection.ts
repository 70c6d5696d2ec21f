// The values that any program needs, whatever it calls them.

import type { Fact, Protocol } from '../steps/step.ts'
import { hostOf, type SampleInput, theGrant, tokenEndpoint } from './sample.ts'

const notConfirmed = 'Not confirmed by a Microsoft source.'

/** The SASL string and POP's two lines:
 *  https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth */
export function connectionFacts(input: SampleInput): readonly Fact[] {
  const { clientId, tenantId, cloud, mailbox, protocols } = input
  return [
    { label: 'Application (client) ID', value: clientId, copy: true },
    { label: 'Directory (tenant) ID', value: tenantId, copy: true },
    { label: 'Token endpoint', value: tokenEndpoint(input), copy: true },
    {
      label: 'Scope',
      value: cloud.outlookScope,
      copy: true,
      note: cloud.unconfirmed.includes('outlookScope') ? notConfirmed : 'The same for all three protocols.'
    },
    { label: 'Grant type', value: theGrant, copy: true },
    ...protocols.flatMap(protocol => serverFacts(input, protocol)),
    {
      label: 'User name',
      value: mailbox,
      copy: true,
      note: 'The mailbox that is opened or sends, a shared mailbox included. There is no password.'
    },
    { label: 'SASL mechanism', value: 'XOAUTH2', copy: true },
    {
      label: 'SASL string',
      value: 'base64("user=" + user name + "^Aauth=Bearer " + token + "^A^A")',
      copy: true,
      note: '^A is one byte, 01 in hexadecimal.'
    },
    {
      label: 'SASL string for this mailbox',
      value: `user=${mailbox}^Aauth=Bearer <token>^A^A`,
      copy: true,
      note: `Encode it in Base64 without line breaks.${
        protocols.includes('POP')
          ? ' In POP send AUTH XOAUTH2 first, wait for the +, and send the string on a line of its own.'
          : ''
      }`
    }
  ]
}

function serverFacts({ cloud }: SampleInput, protocol: Protocol): readonly Fact[] {
  const { host, port, security } = hostOf(cloud, protocol)
  const note = cloud.unconfirmed.includes(protocol.toLowerCase()) ? notConfirmed : undefined
  return [
    { label: `${protocol} server`, value: host, copy: true, note },
    { label: `${protocol} port`, value: String(port), copy: true },
    { label: `${protocol} security`, value: security, copy: true }
  ]
}
