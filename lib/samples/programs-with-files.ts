// Programs that are set up by a file or by code of one's own: the whole of it, with the setup's values.

import type { Protocol } from '../steps/step.ts'
import { field, fieldsNamed, theSecret, told } from './program-fields.ts'
import { java, line } from './quote.ts'
import { hostOf, type Program, type SampleInput, secretVariable, tokenEndpoint } from './sample.ts'

const all: readonly Protocol[] = ['IMAP', 'POP', 'SMTP']
const localPorts = { IMAP: 1993, POP: 1995, SMTP: 1587 } as const

/** With client credentials an account needs neither permission_url nor redirect_uri (issue 119), and the last setting lets the
 *  login carry the secret, so that the file holds none (issues 271 and 288). */
export function emailOauth2Proxy(input: SampleInput): Program {
  const chosen = all.filter(protocol => input.protocols.includes(protocol))
  const servers = chosen.map(protocol => {
    const { host, port, security } = hostOf(input.cloud, protocol)
    const at = `[${protocol}-${localPorts[protocol]}]\nserver_address = ${line(host)}\nserver_port = ${port}\n`
    return security === 'STARTTLS' ? `${at}server_starttls = True\n` : at
  })
  return {
    id: 'email-oauth2-proxy',
    name: 'Email OAuth 2.0 Proxy (simonrob)',
    does: 'Stands between Microsoft and a program that knows only a user name and a password.',
    uses: all,
    fields: [
      ...chosen.flatMap(protocol => [
        field(`Your program’s ${protocol} server`, 'localhost'),
        field(`Your program’s ${protocol} port`, String(localPorts[protocol]), 'Without encryption.')
      ]),
      field('Your program’s user name', input.mailbox),
      told('Your program’s password', theSecret, 'It goes to the proxy without encryption: keep both on one computer.')
    ],
    files: [
      {
        title: 'emailproxy.config',
        language: 'ini',
        code: `[Server setup]

${servers.join('\n')}
[Account setup]

[${line(input.mailbox)}]
token_url = ${line(tokenEndpoint(input))}
oauth2_scope = ${line(input.cloud.outlookScope)}
oauth2_flow = client_credentials
client_id = ${line(input.clientId)}

[emailproxy]
use_login_password_as_client_credentials_secret = True
`
      }
    ],
    notConfirmed: ['Since which version server_starttls has this name: older ones call it starttls.'],
    sources: [
      'https://github.com/simonrob/email-oauth2-proxy/blob/main/emailproxy.config',
      'https://github.com/simonrob/email-oauth2-proxy/issues/119',
      'https://github.com/simonrob/email-oauth2-proxy/issues/271',
      'https://github.com/simonrob/email-oauth2-proxy/issues/288'
    ]
  }
}

/** The configuration file is readable by everybody unless told otherwise; what stands in a token file goes before it. */
export function saslXoauth2(input: SampleInput): Program {
  const { host, port } = hostOf(input.cloud, 'SMTP')
  const tokens = '/etc/tokens/mailbox'
  return {
    id: 'sasl-xoauth2',
    name: 'Postfix with sasl-xoauth2',
    does: 'Lets Postfix send everything through one mailbox.',
    uses: ['SMTP'],
    fields: [
      ...fieldsNamed(input, { clientId: 'client_id' }),
      told('client_secret', theSecret, 'Put it into the file and let only Postfix read that: chmod 600.'),
      ...fieldsNamed(input, { tokenEndpoint: 'token_endpoint', scope: 'scope' }),
      field('use_client_credentials', 'yes'),
      // https://www.postfix.org/TLS_README.html#client_tls_secure
      field(
        'smtp_tls_security_level',
        'secure',
        'The project’s example has encrypt, which does not check the certificate.'
      )
    ],
    files: [
      {
        title: '/etc/sasl-xoauth2.conf',
        language: 'json',
        code: `${JSON.stringify(
          {
            client_id: line(input.clientId),
            client_secret: theSecret,
            token_endpoint: line(tokenEndpoint(input)),
            scope: line(input.cloud.outlookScope),
            use_client_credentials: 'yes'
          },
          null,
          2
        )}\n`
      },
      {
        title: '/etc/postfix/main.cf',
        language: 'ini',
        code: `relayhost = [${line(host)}]:${port}
smtp_tls_security_level = secure
smtp_tls_CAfile = /etc/ssl/certs/ca-certificates.crt
smtp_sasl_auth_enable = yes
smtp_sasl_password_maps = hash:/etc/postfix/sasl_passwd
smtp_sasl_security_options =
smtp_sasl_mechanism_filter = xoauth2
`
      },
      {
        title: '/etc/postfix/sasl_passwd, then run: postmap /etc/postfix/sasl_passwd',
        language: 'text',
        code: `[${line(host)}]:${port} ${line(input.mailbox)}:${tokens}\n`
      }
    ],
    notConfirmed: [
      `What the token file ${tokens} has to hold before the first token. Postfix must be able to write it, inside its chroot where there is one.`,
      'How use_client_credentials is written where it is on: the manual only says “if set”.'
    ],
    sources: [
      'https://github.com/tarickb/sasl-xoauth2/blob/master/docs/sasl-xoauth2.conf.5.md',
      'https://github.com/tarickb/sasl-xoauth2',
      'https://github.com/tarickb/sasl-xoauth2/issues/76'
    ]
  }
}

export function camel(input: SampleInput): Program {
  const { host, port } = hostOf(input.cloud, 'IMAP')
  const uri = `imaps://${host}:${port}?authenticator=#auth&mail.imaps.auth.mechanisms=XOAUTH2`
  return {
    id: 'apache-camel',
    name: 'Apache Camel (camel-mail-microsoft-oauth)',
    does: 'Reads mail into a route. Since Camel 3.18.4.',
    uses: all,
    fields: fieldsNamed(input, { tenantId: 'tenantId', clientId: 'clientId', secret: 'clientSecret', user: 'User' }),
    files: [
      {
        title: 'The authenticator, and a route that reads by IMAP',
        language: 'java',
        code: `@BindToRegistry("auth")
public MicrosoftExchangeOnlineOAuth2MailAuthenticator exchangeAuthenticator() {
    return new MicrosoftExchangeOnlineOAuth2MailAuthenticator(
        ${java(input.tenantId)},
        ${java(input.clientId)},
        System.getenv("${secretVariable}"),
        ${java(input.mailbox)});
}

from(${java(uri)})
    .to("log:mail");
`
      }
    ],
    notConfirmed: [
      'Its page shows IMAP alone, though it says that POP and SMTP work in the same way.',
      'Whether it can ask for tokens in a national cloud.'
    ],
    sources: ['https://camel.apache.org/components/others/mail-microsoft-oauth.html']
  }
}
