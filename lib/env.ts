// The environment, read once and checked. The rule it keeps: nothing else in the product reads process.env.
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { Secret } from './secret.ts'

const optional = z
  .string()
  .trim()
  .transform(text => text || undefined)
  .optional()

const shape = z.object({
  BASE_URL: optional.pipe(z.url({ protocol: /^https?$/ }).optional()),
  HOST: optional,
  PORT: optional,
  DATABASE_URL: z.string().min(1),
  APP_KEY: z.string().min(32, 'APP_KEY needs at least 32 characters'),
  ALLOWED_TENANTS: optional,
  TRUST_PROXY: optional.pipe(
    z.string().regex(/^\d$/, 'it has to be a number from 0 to 9').transform(Number).optional()
  ),
  CUSTOM_CLOUD_FILE: optional,
  AZURE_TENANT_ID: optional,
  AZURE_CLIENT_ID: optional,
  AZURE_CLIENT_SECRET: optional,
  AZURE_CLIENT_CERTIFICATE_PATH: optional,
  LOG_LEVEL: optional.pipe(z.enum(['debug', 'info', 'warn', 'error', 'silent']).optional())
})

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

export type Env = {
  /** The public address, without a slash at the end. */
  baseUrl: string
  /** Bind address and public address are both loopback. */
  local: boolean
  databaseUrl: string
  appKey: string
  /** How many proxies stand before the wizard, each adding to X-Forwarded-For; 0 where browsers come straight here. */
  proxies: number
  /** Tenant IDs or domains whose people may sign in; undefined when not said. */
  allowedTenants: readonly string[] | undefined
  customCloudFile: string | undefined
  azure: { tenantId: string | undefined; clientId: string; credential: Credential } | undefined
}

/** How the wizard proves to Microsoft that it is itself; PKCE is used in any case. */
export type Credential = { kind: 'none' } | { kind: 'secret'; value: Secret } | { kind: 'certificate'; pem: Secret }

export const loopbackHosts = new Set(['localhost', '127.0.0.1', '::1', '[::1]'])

/** Throws an Error whose message is one sentence for the person who starts the wizard. */
export function readEnv(source: NodeJS.ProcessEnv): Env {
  const parsed = shape.safeParse(source)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new Error(`The environment variable ${issue?.path.join('.')} is not usable: ${issue?.message}`)
  }
  const { data } = parsed
  const baseUrl = (data.BASE_URL ?? `http://localhost:${data.PORT ?? '3000'}`).replace(/\/+$/, '')
  const local = loopbackHosts.has(new URL(baseUrl).hostname) && loopbackHosts.has(data.HOST ?? 'localhost')
  return {
    baseUrl,
    local,
    databaseUrl: data.DATABASE_URL,
    appKey: data.APP_KEY,
    proxies: data.TRUST_PROXY ?? 0,
    allowedTenants: data.ALLOWED_TENANTS?.split(/[\s,;]+/)
      .filter(Boolean)
      .map(name => name.toLowerCase()),
    customCloudFile: data.CUSTOM_CLOUD_FILE,
    azure: data.AZURE_CLIENT_ID
      ? {
          tenantId: data.AZURE_TENANT_ID,
          clientId: data.AZURE_CLIENT_ID,
          credential: credentialOf(data.AZURE_CLIENT_SECRET, data.AZURE_CLIENT_CERTIFICATE_PATH)
        }
      : undefined
  }
}

/** Printed, it reads [secret]: neither a log nor an error can tell it. The launcher has looked at the file before; it may have
 *  gone since, which is said in one sentence. */
export function credentialOf(secret: string | undefined, certificatePath: string | undefined): Credential {
  if (secret) return { kind: 'secret', value: new Secret(secret) }
  if (certificatePath) return { kind: 'certificate', pem: new Secret(readPem(certificatePath)) }
  return { kind: 'none' }
}

function readPem(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : 'unknown'
    throw new Error(`The certificate file ${path} cannot be read (${code})`)
  }
}

/** What the log needs, also where the rest of the environment is not usable: how much is told, and what never is. */
export function logEnv(source: NodeJS.ProcessEnv = process.env): { level: LogLevel; secrets: readonly string[] } {
  const level = shape.shape.LOG_LEVEL.safeParse(source.LOG_LEVEL)
  const database = source.DATABASE_URL ?? ''
  const password = URL.canParse(database) ? decodeURIComponent(new URL(database).password) : ''
  const secrets = [source.APP_KEY, source.AZURE_CLIENT_SECRET, password].filter(text => text !== undefined)
  return { level: level.data ?? 'info', secrets: secrets.filter(Boolean) }
}

let cached: Env | undefined

/** The environment of this process. */
export function env(): Env {
  cached ??= readEnv(process.env)
  return cached
}
