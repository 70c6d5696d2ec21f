// The practice tenant as a process: one line when ready, the same tenant after a restart, nothing left behind.

import { type ChildProcess, spawn } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'

const main = fileURLToPath(new URL('main.ts', import.meta.url))
let folder: string
const children: ChildProcess[] = []

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'practice-main-'))
})
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

type Ready = { ready: boolean; https: string; http: string; certificate: string; cloudFile: string }

function start(...more: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', main, '--data', folder, ...more], {
    stdio: ['pipe', 'pipe', 'pipe']
  })
  children.push(child)
  let out = ''
  let err = ''
  const ended = new Promise<{ code: number | null; err: string }>(done => {
    child.once('exit', code => done({ code, err }))
  })
  child.stderr.on('data', chunk => {
    err += chunk
  })
  const ready = new Promise<Ready>((resolve, reject) => {
    child.stdout.on('data', chunk => {
      out += chunk
      if (out.includes('\n')) resolve(JSON.parse(out) as Ready)
    })
    child.once('exit', () => reject(new Error(err)))
  })
  ready.catch(() => undefined)
  return { child, ready, ended }
}

const post = (url: string, body: object) => fetch(url, { method: 'POST', body: JSON.stringify(body) })

test('a restart keeps ports, objects and settings, and SIGTERM ends it with 0', { timeout: 60_000 }, async () => {
  const first = start()
  const addresses = await first.ready
  expect(addresses.ready).toBe(true)
  await post(`${addresses.http}/practice/worlds`, { application: { displayName: 'Kept' } })
  await post(`${addresses.http}/practice/settings`, { copyDelayReads: 3 })
  first.child.kill('SIGTERM')
  expect((await first.ended).code).toBe(0)

  const second = start('--with-parent')
  expect(await second.ready).toEqual(addresses)
  const read = await fetch(`${addresses.http}/practice/tenants/contoso.example`)
  expect(JSON.stringify(await read.json())).toContain('"displayName":"Kept"')
  second.child.stdin.end()
  expect((await second.ended).code).toBe(0)

  const third = start('--fresh')
  const { http } = await third.ready
  const fresh = await fetch(`${http}/practice/tenants/contoso.example`)
  expect(JSON.stringify(await fresh.json())).not.toContain('"displayName":"Kept"')
})

test('cloud.json describes one more cloud, the certificate is a leaf for loopback only', {
  timeout: 60_000
}, async () => {
  const { ready } = start('--redirect-uri', 'https://wizard.example/auth/callback')
  const { cloudFile, certificate, https, http } = await ready
  const cloud = JSON.parse(await readFile(cloudFile, 'utf8')) as Record<string, unknown>
  expect(cloud).toMatchObject({ name: 'practice', signIn: https, graph: https, portal: `${http}/portal` })
  expect(cloud.imap).toMatchObject({ host: 'localhost', security: 'TLS' })
  const leaf = new X509Certificate(await readFile(certificate))
  expect(leaf.ca).toBe(false)
  expect(leaf.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1')
  const query = new URLSearchParams({
    client_id: String(cloud.clientId),
    redirect_uri: 'https://wizard.example/auth/callback',
    response_type: 'code',
    scope: 'openid'
  })
  const page = await fetch(`${http}/organizations/oauth2/v2.0/authorize?${query}`)
  expect(await page.text()).toContain('Pick an account')
})

test('a demanded port that is taken is a plain sentence and not a start', { timeout: 60_000 }, async () => {
  const other = createServer()
  await new Promise<void>(done => other.listen(0, '127.0.0.1', done))
  const { port } = other.address() as AddressInfo
  const { ended } = start('--http-port', String(port))
  const { code, err } = await ended
  other.close()
  expect([code, err]).toEqual([1, `Port ${port} is taken.\n`])
})
