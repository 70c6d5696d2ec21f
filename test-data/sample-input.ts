// A setup's values for tests of the samples: what stands in the code when nothing about them is odd.

import type { SampleInput } from '../lib/samples/sample.ts'
import { type Cloud, protocols } from '../lib/steps/step.ts'

const tls = (host: string, port: number) => ({ host, port, security: 'TLS' as const })

export const globalCloud: Cloud = {
  name: 'global',
  title: 'Global',
  signIn: 'https://login.microsoftonline.com',
  graph: 'https://graph.microsoft.com',
  portal: 'https://entra.microsoft.com',
  outlookScope: 'https://outlook.office365.com/.default',
  imap: tls('outlook.office365.com', 993),
  pop: tls('outlook.office365.com', 995),
  smtp: { host: 'smtp.office365.com', port: 587, security: 'STARTTLS' },
  unconfirmed: []
}

export const chinaCloud: Cloud = {
  ...globalCloud,
  name: 'china',
  signIn: 'https://login.chinacloudapi.cn',
  outlookScope: 'https://partner.outlook.cn/.default',
  imap: tls('partner.outlook.cn', 993),
  pop: tls('partner.outlook.cn', 995),
  smtp: { host: 'smtp.partner.outlook.cn', port: 587, security: 'STARTTLS' }
}

export const sampleInput = (given: Partial<SampleInput> = {}): SampleInput => ({
  clientId: '11111111-2222-4333-8444-555555555555',
  tenantId: 'bf822882-b0bf-4acc-a606-7da6b107a435',
  cloud: globalCloud,
  mailbox: 'invoices@contoso.example',
  protocols,
  ...given
})
