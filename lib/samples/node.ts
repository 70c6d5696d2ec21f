// The samples in Node.js, with the libraries that this wizard itself reads and sends with.

import { javascript } from './quote.ts'
import { does, type Sample, type SampleFile, type SampleInput, secretVariable, valuesOf } from './sample.ts'

/** https://imapflow.com/docs/guides/basic-usage and https://nodemailer.com/smtp/oauth2 */
function code(input: SampleInput, protocol: 'IMAP' | 'SMTP', imported: string, rest: string): string {
  const { clientId, endpoint, scope, mailbox, host, port } = valuesOf(input, protocol, javascript)
  return `// ${does[protocol]}
import { env } from 'node:process'
${imported}

const clientId = ${clientId}
const tokenEndpoint = ${endpoint}
const scope = ${scope}
const mailbox = ${mailbox}
const host = ${host}
const port = ${port}

const secret = env.${secretVariable}
if (!secret) throw new Error('${secretVariable} is not set')

const answer = await fetch(tokenEndpoint, {
  method: 'POST',
  body: new URLSearchParams({
    client_id: clientId,
    scope,
    client_secret: secret,
    grant_type: 'client_credentials'
  })
})
const { access_token: accessToken, error_description: refusal } = await answer.json()
if (!accessToken) throw new Error(\`No token: \${refusal}\`)

${rest}`
}

const readImap = `const client = new ImapFlow({
  host,
  port,
  secure: true,
  tls: { minVersion: 'TLSv1.2' },
  auth: { user: mailbox, accessToken },
  logger: false
})
await client.connect()
try {
  // Read only: nothing is marked as read.
  const { exists } = await client.mailboxOpen('INBOX', { readOnly: true })
  console.log(\`\${exists} messages\`)
  if (exists > 0) {
    const newest = \`\${Math.max(1, exists - 9)}:*\`
    for await (const { envelope } of client.fetch(newest, { envelope: true })) {
      console.log(envelope.date?.toISOString(), envelope.from?.[0]?.address, envelope.subject)
    }
  }
} finally {
  await client.logout()
}
`

const sendSmtp = `const transport = createTransport({
  host,
  port,
  secure: false,
  requireTLS: true,
  tls: { minVersion: 'TLSv1.2' },
  auth: { type: 'OAuth2', user: mailbox, accessToken }
})
const sent = await transport.sendMail({
  from: mailbox,
  to: mailbox,
  subject: 'Sent with OAuth by Node.js',
  text: 'This message was sent by SMTP with a token of the application itself.'
})
console.log(\`Sent to \${mailbox}: \${sent.response}\`)
`

export function nodeSample(input: SampleInput): Sample {
  const files: readonly SampleFile[] = [
    {
      name: 'read-imap.mjs',
      protocol: 'IMAP',
      does: does.IMAP,
      code: code(input, 'IMAP', `import { ImapFlow } from 'imapflow'`, readImap)
    },
    {
      name: 'send-smtp.mjs',
      protocol: 'SMTP',
      does: does.SMTP,
      code: code(input, 'SMTP', `import { createTransport } from 'nodemailer'`, sendSmtp)
    }
  ]
  return {
    id: 'node',
    title: 'Node.js (imapflow, nodemailer)',
    language: 'javascript',
    tested: true,
    needs: ['Node.js 20 or newer, and: npm install imapflow nodemailer', 'Run a file with: node send-smtp.mjs'],
    files,
    notes: input.protocols.includes('POP')
      ? [
          'There is no POP file: we know of no well-kept library for Node.js that signs in with XOAUTH2 as Microsoft’s POP server wants it, on two lines.'
        ]
      : []
  }
}
