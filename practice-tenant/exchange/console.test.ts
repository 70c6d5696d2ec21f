import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listener, route } from '../http.ts'
import { exchangeRoutes } from './index.ts'
import { openTestWindow, sample } from './testing.ts'

const window = openTestWindow()
let server: Server
let origin = ''

beforeAll(async () => {
  server = createServer(listener(route(exchangeRoutes(window.store)), () => origin))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => new Promise(resolve => server.close(resolve)))

async function runJson(body: object): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${origin}/exchange/run`, { method: 'POST', body: JSON.stringify(body) })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

function form(fields: Record<string, string>, file?: Uint8Array): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries({ edition: '5.1', how: 'file', module: '3.10.1', script: '', ...fields }))
    data.set(name, value)
  data.set('file', new Blob(file ? [Uint8Array.from(file)] : []), file ? 'script.ps1' : '')
  return data
}

async function post(data: FormData): Promise<string> {
  return (await fetch(`${origin}/exchange`, { method: 'POST', body: data })).text()
}

describe('POST /exchange/run', () => {
  it('gives output, lines with their kinds, clipboard, files and exit code', async () => {
    const script =
      "Write-Host 'hi' -ForegroundColor Green; Write-Warning w; 'out'; Set-Clipboard 'c'; Set-Content a.txt 'x'; Get-Content none"
    const { status, body } = await runJson({ script, as: 'ada@contoso.example' })
    expect(status).toBe(200)
    expect(body).toMatchObject({ clipboard: 'c', exitCode: 0, failed: true })
    expect(body.files).toEqual([{ name: 'C:\\Users\\Admin\\a.txt', text: 'x\r\n' }])
    expect((body.lines as object[]).slice(0, 3)).toEqual([
      { kind: 'host', text: 'hi', color: 'Green' },
      { kind: 'warning', text: 'WARNING: w' },
      { kind: 'output', text: 'out' }
    ])
    expect(body.output).toContain("Cannot find path 'C:\\Users\\Admin\\none'")
  })

  it('keeps nothing between two runs but the tenant', async () => {
    const as = 'ada@contoso.example'
    const { appId, objectId } = sample
    await runJson({
      script: `$x = 1; Connect-ExchangeOnline; New-ServicePrincipal -AppId ${appId} -ObjectId ${objectId}`,
      as
    })
    const { body } = await runJson({ script: '"[$x]"; @(Get-ConnectionInformation).Count', as })
    expect(body.output).toBe('[]\n0')
    expect(window.exchange.servicePrincipals).toMatchObject([sample])
  })

  it.each([
    [{ script: '1', as: 'nobody@contoso.example' }, 'as is not'],
    [{ as: 'ada@contoso.example' }, 'script is missing'],
    [{ script: '1', as: 'ada@contoso.example', edition: '6.0' }, 'edition is one of']
  ])('refuses %j', async (given, says) => {
    const { status, body } = await runJson(given)
    expect(status).toBe(400)
    expect(JSON.stringify(body)).toContain(says)
  })
})

describe('the page', () => {
  it('names everybody who signs in, and its fields have labels', async () => {
    const page = await (await fetch(`${origin}/exchange`)).text()
    expect(page).toContain('<h1>Exchange Online PowerShell (practice)</h1>')
    for (const id of ['script', 'file', 'as', 'edition', 'how', 'module']) expect(page).toContain(`<label for="${id}">`)
    for (const upn of ['ada@contoso.example', 'noor@northwind.example', 'fatima@fabrikam.example'])
      expect(page).toContain(upn)
  })

  it('runs a pasted script without JavaScript and shows its output as text', async () => {
    const page = await post(
      form({ as: 'ada@contoso.example', script: "Write-Output '<b>&'\r\nSet-Clipboard 'copied'" })
    )
    expect(page).toContain('<span class="output">&lt;b&gt;&amp;</span>')
    expect(page).toContain('copied</textarea>')
    expect(page).toContain('Exit code 0.')
  })

  it('reads a file as each PowerShell does: without a mark Windows PowerShell takes the ANSI code page', async () => {
    const text = "Write-Output 'caf\u00e9'"
    const plain = Buffer.from(text, 'utf8')
    const as = 'ada@contoso.example'
    const shown = (page: string) => /<span class="output">([^<]*)<\/span>/.exec(page)?.[1]
    expect(shown(await post(form({ as }, plain)))).toBe('caf\u00c3\u00a9')
    expect(shown(await post(form({ as }, Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), plain]))))).toBe('caf\u00e9')
    expect(shown(await post(form({ as, edition: '7.6' }, plain)))).toBe('caf\u00e9')
  })

  it('in the ANSI code page a letter can turn into a quote that closes a string', async () => {
    const page = await post(
      form({ as: 'ada@contoso.example' }, Buffer.from("Write-Output '\u00d2; Write-Output injected #'", 'utf8'))
    )
    expect(page).toContain('injected')
  })

  it('says what is missing', async () => {
    expect(await post(form({ as: 'ada@contoso.example' }))).toContain('Paste a script, or choose a file.')
    expect(await post(form({ as: 'nobody', script: '1' }))).toContain('Choose who signs in.')
  })
})
