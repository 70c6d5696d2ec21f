// A practice tenant whose setup is finished, and clients of the rawest kind, for tests of the mail servers.
// The rule it keeps: everything is open at first, and `shutGates` shuts one gate alone.

import { connect as connectPlain, type Socket } from 'node:net'
import { type ConnectionOptions, connect as connectTls } from 'node:tls'
import { outlookResource } from '../identity/tokens.ts'
import { type PracticeTenant, startPracticeTenant, tenantIds } from '../testing.ts'
import type { SeededIds } from '../worlds/applications.ts'
import type { Gate, Protocol } from './admission.ts'

export const invoices = 'invoices@contoso.example'

export type Kit = {
  tenant: PracticeTenant
  /** The application of the finished setup. */
  ids: SeededIds
  ports: { imap: number; pop: number; smtp: number }
  /** A token of the application, or of another; for Exchange unless another scope is given. */
  token(wanted?: { ids?: SeededIds; scope?: string; place?: string }): Promise<string>
  /** Everything as new, with these permissions granted. */
  finish(permissions?: string[]): void
}

/** @param data the folder that keeps it; a temporary one unless given */
export async function openKit(data?: string): Promise<Kit> {
  const tenant = await startPracticeTenant(data === undefined ? {} : { data })
  const finish = (permissions?: string[]) => {
    const ids = tenant.control.reset({ world: 'finished', ...(permissions ? { permissions } : {}) })
    if (!ids) throw new Error('The finished world has an application.')
    tenant.control.settings({ tokenLifetimeSeconds: 3600 })
    kit.ids = ids
  }
  const kit: Kit = {
    tenant,
    ids: undefined as unknown as SeededIds,
    ports: tenant.practice.addresses.mailPorts,
    finish,
    token: async (wanted = {}) => {
      const { ids = kit.ids, scope = `${outlookResource}/.default`, place = tenantIds.contoso } = wanted
      const fields = { client_id: ids.appId, client_secret: ids.secrets[0]?.secretText ?? '', scope }
      const response = await tenant.fetch(`${tenant.https}/${place}/oauth2/v2.0/token`, {
        method: 'POST',
        body: new URLSearchParams({ grant_type: 'client_credentials', ...fields }),
        headers: { 'content-type': 'application/x-www-form-urlencoded' }
      })
      const { access_token } = (await response.json()) as { access_token?: string }
      if (access_token === undefined) throw new Error('No token was given.')
      return access_token
    }
  }
  finish()
  return kit
}

export function sasl(mailbox: string, token: string): string {
  return Buffer.from(`user=${mailbox}\u0001auth=Bearer ${token}\u0001\u0001`).toString('base64')
}

/** Sends lines and reads lines. */
export type Dialogue = {
  say(line: string): void
  /** The next line; undefined once the server has ended the connection. */
  hear(): Promise<string | undefined>
  /** Lines up to the first that matches, that one included. */
  hearUntil(last: RegExp): Promise<string[]>
  /** Says a line and hears one. */
  ask(line: string): Promise<string | undefined>
  /** Goes over to TLS, as a client does after STARTTLS. */
  secure(options?: ConnectionOptions): Promise<void>
  end(): void
}

function listenTo(first: Socket, ca: string): Dialogue {
  let socket = first
  let text = ''
  let ended = false
  let wake = () => {}
  const attach = () => {
    socket.on('data', chunk => {
      text += chunk.toString('latin1')
      wake()
    })
    for (const event of ['close', 'error'] as const)
      socket.on(event, () => {
        ended = true
        wake()
      })
  }
  attach()
  const hear = async (): Promise<string | undefined> => {
    for (;;) {
      const end = text.indexOf('\r\n')
      if (end !== -1) {
        const line = text.slice(0, end)
        text = text.slice(end + 2)
        return line
      }
      if (ended) return undefined
      await new Promise<void>(resolve => {
        wake = resolve
      })
    }
  }
  return {
    hear,
    say: line => {
      socket.write(`${line}\r\n`, 'latin1')
    },
    ask: line => {
      socket.write(`${line}\r\n`, 'latin1')
      return hear()
    },
    hearUntil: async last => {
      const lines: string[] = []
      for (let line = await hear(); line !== undefined; line = await hear()) {
        lines.push(line)
        if (last.test(line)) return lines
      }
      throw new Error(`The connection ended before ${last}: ${lines.join(' | ')}`)
    },
    secure: async (options = {}) => {
      socket.removeAllListeners()
      const secure = connectTls({ socket, ca, servername: 'localhost', ...options })
      await new Promise<void>((resolve, reject) => {
        secure.once('secureConnect', resolve)
        secure.once('error', reject)
      })
      socket = secure
      attach()
    },
    end: () => socket.destroy()
  }
}

export function dial({ tenant, ports }: Kit, protocol: Protocol, options: ConnectionOptions = {}): Promise<Dialogue> {
  const ca = tenant.certificatePem
  const where = { host: '127.0.0.1', port: ports[protocol] }
  return new Promise((resolve, reject) => {
    const socket: Socket =
      protocol === 'smtp'
        ? connectPlain(where, () => resolve(listenTo(socket, ca)))
        : connectTls({ ...where, ca, servername: 'localhost', ...options }, () => resolve(listenTo(socket, ca)))
    socket.once('error', reject)
  })
}

/** What a login is tried with. */
export type Attempt = { mailbox: string; token: string }

const roleOf: Readonly<Record<Protocol, string>> = {
  imap: 'IMAP.AccessAsApp',
  pop: 'POP.AccessAsApp',
  smtp: 'SMTP.SendAsApp'
}

/** The gates that every protocol hides behind one text: each shuts itself alone and gives what to log in with. */
export const hiddenGates: readonly [Gate, string, (kit: Kit, protocol: Protocol) => Promise<Partial<Attempt>>][] = [
  [
    'token',
    'a token with another signature',
    async kit => {
      const [header, claims, signature = ''] = (await kit.token()).split('.')
      const other = [...signature].reverse().join('')
      return { token: [header, claims, other].join('.') }
    }
  ],
  ['token', 'no token at all', async () => ({ token: 'nonsense' })],
  [
    'expiry',
    'an expired token',
    async kit => {
      kit.tenant.control.settings({ tokenLifetimeSeconds: 0 })
      return {}
    }
  ],
  [
    'audience',
    'a token for Graph',
    async kit => ({ token: await kit.token({ scope: `${kit.tenant.https}/.default` }) })
  ],
  [
    'tenant',
    'a token of another tenant',
    async kit => {
      const grants = Object.values(roleOf)
      const wanted = { displayName: 'Elsewhere', servicePrincipal: true, grants, secrets: [{}] }
      const ids = kit.tenant.control.seedApplication(wanted, tenantIds.fabrikam)
      const servicePrincipal = { appId: ids.appId, objectId: ids.servicePrincipalId ?? null }
      kit.tenant.control.exchange({ servicePrincipal }, tenantIds.fabrikam)
      return { token: await kit.token({ ids, place: tenantIds.fabrikam }) }
    }
  ],
  [
    'role',
    'a token without the role of the protocol',
    async (kit, protocol) => {
      kit.finish(Object.values(roleOf).filter(role => role !== roleOf[protocol]))
      return {}
    }
  ],
  [
    'principal',
    'an application that Exchange does not know',
    async ({ tenant, ids }) => {
      tenant.control.exchange({ servicePrincipal: { appId: ids.appId, objectId: null } })
      return {}
    }
  ],
  [
    'object-id',
    'the Object ID of the app registration in Exchange',
    async ({ tenant, ids }) => {
      tenant.control.exchange({ servicePrincipal: { appId: ids.appId, objectId: ids.applicationId } })
      return {}
    }
  ],
  ['mailbox', 'an address that is nobody’s', async () => ({ mailbox: 'nobody@contoso.example' })],
  ['recipient-type', 'a group', async () => ({ mailbox: 'sales@contoso.example' })],
  ['recipient-type', 'a mailbox on-premises', async () => ({ mailbox: 'legacy@contoso.example' })],
  ['sasl', 'a string that cannot be read', async () => ({ mailbox: '' })]
]

/** Only IMAP and POP look at the mailbox right when somebody logs in. */
export const grantGate: (typeof hiddenGates)[number] = [
  'grant',
  'a mailbox that grants nothing',
  async ({ tenant, ids }) => {
    tenant.control.exchange({ grant: { mailbox: invoices, appId: ids.appId, fullAccess: false } })
    return {}
  }
]

/** Shuts a gate and gives the whole string to log in with. */
export async function shutThen(kit: Kit, protocol: Protocol, shut: (typeof hiddenGates)[number][2]): Promise<string> {
  const attempt = await shut(kit, protocol)
  return sasl(attempt.mailbox ?? invoices, attempt.token ?? (await kit.token()))
}
