// A row a cloud: where to sign in, where Graph and Exchange Online are. Custom clouds come from CUSTOM_CLOUD_FILE.
// The rule it keeps: a credential belongs to its cloud and is never sent to another.
import 'server-only'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { type Credential, credentialOf, env } from '../env.ts'
import { neverLogAny } from '../log.ts'
import type { Cloud } from '../steps/step.ts'

/** How the wizard signs people in to a cloud: its own registration there, or Microsoft's public command line client. */
export type WizardApp = { way: 'own' | 'command-line'; clientId: string; credential: Credential; tenantId?: string }
export type CloudRow = Cloud & { wizard: WizardApp | undefined }

const tls = (host: string, port: number) => ({ host, port, security: 'TLS' as const })
const startTls = (host: string) => ({ host, port: 587, security: 'STARTTLS' as const })

/** Hosts: https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud,
 *  https://learn.microsoft.com/graph/deployments,
 *  https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/pop3-and-imap4/pop3-and-imap4 */
const known: readonly Cloud[] = [
  {
    name: 'global',
    title: 'Global (and US Government GCC)',
    signIn: 'https://login.microsoftonline.com',
    graph: 'https://graph.microsoft.com',
    portal: 'https://entra.microsoft.com',
    outlookScope: 'https://outlook.office365.com/.default',
    imap: tls('outlook.office365.com', 993),
    pop: tls('outlook.office365.com', 995),
    smtp: startTls('smtp.office365.com'),
    unconfirmed: []
  },
  {
    name: 'gcc-high',
    title: 'US Government (GCC High)',
    signIn: 'https://login.microsoftonline.us',
    graph: 'https://graph.microsoft.us',
    portal: 'https://portal.azure.us',
    outlookScope: 'https://outlook.office365.us/.default',
    imap: tls('outlook.office365.us', 993),
    pop: tls('outlook.office365.us', 995),
    smtp: startTls('smtp.office365.us'),
    exchangeEnvironmentName: 'O365USGovGCCHigh',
    unconfirmed: ['outlookScope', 'imap', 'pop', 'smtp']
  },
  {
    name: 'dod',
    title: 'US Government (DoD)',
    signIn: 'https://login.microsoftonline.us',
    graph: 'https://dod-graph.microsoft.us',
    portal: 'https://portal.azure.us',
    outlookScope: 'https://outlook-dod.office365.us/.default',
    imap: tls('outlook-dod.office365.us', 993),
    pop: tls('outlook-dod.office365.us', 995),
    smtp: startTls('outlook-dod.office365.us'),
    exchangeEnvironmentName: 'O365USGovDoD',
    unconfirmed: ['outlookScope', 'imap', 'pop', 'smtp']
  },
  {
    name: 'china',
    title: 'China (21Vianet)',
    signIn: 'https://login.chinacloudapi.cn',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    portal: 'https://portal.azure.cn',
    outlookScope: 'https://partner.outlook.cn/.default',
    imap: tls('partner.outlook.cn', 993),
    pop: tls('partner.outlook.cn', 995),
    smtp: startTls('smtp.partner.outlook.cn'),
    exchangeEnvironmentName: 'O365China',
    unconfirmed: ['outlookScope', 'imap', 'pop', 'smtp']
  }
]

const host = z.object({
  host: z.string().min(1),
  port: z.int().min(1).max(65535),
  security: z.enum(['TLS', 'STARTTLS'])
})
const https = z.url({ protocol: /^https$/ }).transform(url => url.replace(/\/+$/, ''))
const customShape = z.object({
  name: z.string().regex(/^[a-z0-9-]{1,32}$/),
  title: z.string().min(1),
  signIn: https,
  graph: https,
  portal: z.url().transform(url => url.replace(/\/+$/, '')),
  outlookScope: z.string().min(1),
  imap: host,
  pop: host,
  smtp: host,
  exchangeEnvironmentName: z.string().min(1).optional(),
  clientId: z.guid().optional(),
  tenantId: z.guid().optional(),
  clientSecret: z.string().min(1).optional(),
  clientCertificatePath: z.string().min(1).optional()
})

/** Reads a custom cloud file: one cloud or an array. Throws an Error in one sentence when it is not usable. */
export function readCustomClouds(text: string): readonly CloudRow[] {
  const value = jsonIn(text)
  const parsed = z.array(customShape).safeParse(Array.isArray(value) ? value : [value])
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new Error(`The custom cloud file is not usable: ${issue?.path.slice(1).join('.')}: ${issue?.message}`)
  }
  return parsed.data.map(({ clientId, tenantId, clientSecret, clientCertificatePath, ...cloud }) => {
    if (clientSecret) neverLogAny(clientSecret)
    const credential = credentialOf(clientSecret, clientCertificatePath)
    return {
      ...cloud,
      unconfirmed: stillUnconfirmed(cloud),
      wizard: clientId ? { way: 'own', clientId, tenantId, credential } : undefined
    }
  })
}

/** Whoever restates a known cloud, to give the wizard its application there, confirms no host by that. */
function stillUnconfirmed(cloud: Omit<Cloud, 'unconfirmed'>): readonly string[] {
  const row = known.find(candidate => candidate.name === cloud.name)
  const marks = row?.unconfirmed ?? []
  return marks.filter(
    name => JSON.stringify(row?.[name as keyof Cloud]) === JSON.stringify(cloud[name as keyof typeof cloud])
  )
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // JSON.parse would quote the text, and there may be a secret in it.
    throw new Error('The custom cloud file is not usable: it is not JSON')
  }
}

/** Microsoft Graph Command Line Tools. https://learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in */
export const commandLineTools: WizardApp = {
  way: 'command-line',
  clientId: '14d82eec-204b-4c2f-b7e8-296a70dab67e',
  credential: { kind: 'none' }
}

function all(): readonly CloudRow[] {
  const { azure, customCloudFile } = env()
  const custom = customCloudFile ? readCustomClouds(readFileSync(customCloudFile, 'utf8')) : []
  const rows = known.map((cloud): CloudRow => {
    const wizard: WizardApp | undefined = azure && cloud.name === 'global' ? { way: 'own', ...azure } : undefined
    return { ...cloud, wizard }
  })
  return [...rows.filter(row => !custom.some(mine => mine.name === row.name)), ...custom]
}

let cached: readonly CloudRow[] | undefined

export function clouds(): readonly CloudRow[] {
  cached ??= all()
  return cached
}

export const findCloud = (name: string): CloudRow | undefined => clouds().find(cloud => cloud.name === name)

/** Whether a way of signing in may be offered: the command line client only where everything is loopback. */
export function findWizardApp(cloud: CloudRow, way: string): WizardApp | undefined {
  if (way === 'own') return cloud.wizard
  if (way === 'command-line' && env().local) return commandLineTools
  return undefined
}
