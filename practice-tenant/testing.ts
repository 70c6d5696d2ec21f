// The practice tenant for tests, in this process. The rule it keeps: each call is a tenant of its own, on ports of its
// own, in a folder that goes with it.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Agent, fetch as undiciFetch } from 'undici'
import { type Control, createControl } from './control/actions.ts'
import type { Practice } from './practice.ts'
import { type Options, serve } from './server.ts'

export { tenantIds } from './worlds/people.ts'

export type GraphAnswer = { status: number; headers: Headers; body: Readonly<Record<string, unknown>> }

/** One request; `path` begins after `/v1.0`. */
export type AskGraph = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>
) => Promise<GraphAnswer>

const wideScopes = ['User.Read', 'User.ReadBasic.All', 'Application.ReadWrite.All']

export type PracticeTenant = {
  /** What programs call: metadata, tokens, Graph. */
  https: string
  /** What people see, and the control API. */
  http: string
  cloudFile: string
  certificateFile: string
  certificatePem: string
  control: Control
  /** Everything inside, for tests of the practice tenant itself. */
  practice: Practice
  /** Graph as a person (address or object ID) whose token holds these scopes; wide ones unless given. */
  graphAs(person: string, options?: { tenant?: string; scopes?: readonly string[] }): Promise<AskGraph>
  /** fetch that trusts the certificate, for a process that was started without NODE_EXTRA_CA_CERTS. */
  fetch: typeof fetch
  stop(): Promise<void>
}

/** Starts one. Without `data` its folder is temporary and goes when it stops, so nothing is written into it on the way. */
export async function startPracticeTenant(options: Partial<Options> = {}): Promise<PracticeTenant> {
  const folder = options.data ?? (await mkdtemp(path.join(tmpdir(), 'practice-tenant-')))
  const running = await serve({ keep: options.data !== undefined, ...options, data: folder })
  const { https, http, cloudFile, certificateFile, certificatePem, practice } = running
  const dispatcher = new Agent({ connect: { ca: certificatePem } })
  const trusting = (input: Parameters<typeof undiciFetch>[0], init?: Parameters<typeof undiciFetch>[1]) =>
    undiciFetch(input, { ...init, dispatcher })
  const control = createControl(practice)
  const trustingFetch = trusting as unknown as typeof fetch

  async function graphAs(person: string, wanted: { tenant?: string; scopes?: readonly string[] } = {}) {
    const { tenant, scopes = wideScopes } = wanted
    const token = await control.accessToken({ person, tenant, scopes })
    const ask: AskGraph = async (method, path, body, headers = {}) => {
      const response = await trustingFetch(`${https}/v1.0${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) })
      })
      const text = await response.text()
      return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) }
    }
    return ask
  }

  return {
    https,
    http,
    cloudFile,
    certificateFile,
    certificatePem,
    control,
    practice,
    graphAs,
    fetch: trustingFetch,
    stop: async () => {
      await dispatcher.destroy()
      await running.stop()
      if (options.data === undefined) await rm(folder, { recursive: true, force: true })
    }
  }
}
