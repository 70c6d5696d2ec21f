import { describe, expect, it } from 'vitest'
import { appId, check, clouds, file, objectId, wrong } from '../../test-data/checked-output.ts'
import { checkFields } from './check-output.ts'
import { inputOfQuery, readAsked } from './powershell-query.ts'

const tenantId = '0a1b2c3d-1111-4222-8333-444455556666'
/** The tenant that the receipts of test-data/outputs are of. */
const ranIn = '7c1a4d3e-52f0-4f0a-9f07-0d2a5f8c6b11'
const secret = 'aB38Q~9dEfGhIjKlMnOpQrStUvWxYz012345678a'

describe('the checker', () => {
  it('answers a right output with what is right, and offers no repair', async () => {
    const { checked, problems } = await check({ output: file('list-tutorial'), tenantId })
    expect(problems).toEqual([])
    expect(checked?.verdicts.map(({ kind }) => kind)).toEqual(['right'])
    expect(checked?.scriptsHref).toBeUndefined()
  })

  it('answers a wrong Object ID with its name, a link, and with the tenant ID the script that repairs it', async () => {
    const output = file('list-wrong-object-id')
    const without = await check({ output, applicationObjectId: wrong })
    expect(without.checked?.verdicts[0]?.is).toBe('application-object-id')
    expect(without.checked).toMatchObject({ scriptsHref: '/tools/powershell' })
    expect(without.checked?.repair).toBeUndefined()
    const { checked } = await check({ output, tenantId, mailboxes: 'Invoices@contoso.com' })
    expect(checked?.scriptsHref).toContain(`objectId=${objectId}`)
    expect(checked?.scriptsHref).not.toContain('invoices')
    expect(checked?.repair?.code).toContain('Remove-ServicePrincipal')
    expect(checked?.repair?.code).toContain("'invoices@contoso.com'")
    const posted = new URLSearchParams(checked?.repair?.pairs.map(([name, value]) => [name, value]))
    const read = readAsked(inputOfQuery(posted), clouds, 'form')
    expect(read.ok && read.asked).toMatchObject({ objectId, tenantId, mailboxes: ['invoices@contoso.com'] })
  })

  it('makes the repair for the cloud and the client organization that were named', async () => {
    const output = file('list-wrong-object-id')
    const named = { cloud: 'china', delegatedOrganization: 'contoso.partner.onmschina.cn' }
    const { checked, fields } = await check({ output, tenantId, ...named })
    expect(checked?.repair?.code).toMatch(/ExchangeEnvironmentName.*'O365China'/)
    expect(checked?.repair?.code).toMatch(/DelegatedOrganization.*'contoso\.partner\.onmschina\.cn'/)
    for (const [name, value] of Object.entries(named)) {
      expect(checked?.repair?.pairs).toContainEqual([name, value])
      expect(checked?.scriptsHref).toContain(`${name}=${value}`)
      expect(fields.find(field => field.name === name)?.value).toEqual([value])
    }
    const plain = await check({ output, tenantId })
    expect(plain.checked?.repair?.pairs).toContainEqual(['cloud', 'global'])
    expect(plain.checked?.repair?.code).not.toMatch(/O365China|'contoso/)
  })

  it('answers the receipt of a diagnosis mailbox by mailbox, and offers the repair where one entry is wrong', async () => {
    const words = async (name: string) => (await check({ output: file(name), tenantId: ranIn })).checked
    const plain = await words('diagnosis-plain')
    expect(plain?.verdicts.map(({ about, kind, subject }) => `${about} ${kind} ${subject}`)).toEqual([
      'receipt right Receipt of 2026-08-22T10:00:00Z',
      `principal right ${appId}`,
      'mailbox right invoices@contoso.example',
      'switches right invoices@contoso.example',
      'mailbox wrong legacy@contoso.example',
      'mailbox wrong nobody@contoso.example',
      'mailbox wrong sales@contoso.example',
      'mailbox wrong scanner@contoso.example',
      'switches wrong scanner@contoso.example'
    ])
    expect(plain?.repair).toBeUndefined()
    expect((await words('diagnosis-wrong-object-id'))?.repair?.code).toContain('Remove-ServicePrincipal')
    expect((await words('diagnosis-several'))?.repair).toBeUndefined()
  })

  it('offers the repair only for one entry that has this application’s AppId and a wrong Object ID', async () => {
    const offered = async (output: string) => {
      const { checked } = await check({ output, tenantId: ranIn })
      expect(checked?.verdicts.some(({ kind }) => kind === 'wrong' || kind === 'ambiguous')).toBe(true)
      return [checked?.repair !== undefined, checked?.scriptsHref !== undefined]
    }
    const [one, receipt] = [file('list-wrong-object-id'), file('receipt-plain')]
    const right = one.replace(/^\[PS\].*$/m, '').replace(wrong, objectId)
    expect(await offered(one)).toEqual([true, true])
    expect(await offered(receipt.replaceAll(objectId, wrong))).toEqual([true, true])
    expect(await offered(receipt.replaceAll(appId, wrong))).toEqual([false, false])
    expect(await offered(receipt.replaceAll(appId, objectId))).toEqual([false, false])
    expect(await offered(right.replace(appId, '0b9d43a0-7d57-4f6a-8a0c-2a5ef4d9b0a4'))).toEqual([false, false])
    expect(await offered(`${one.trimEnd()}\n${right}`)).toEqual([false, false])
  })

  it('calls neither of two Object IDs right that nothing checked, and says first what decides', async () => {
    const list = `${file('list-wrong-object-id')}\n${file('permission-list-asked-for').replaceAll(objectId, wrong)}`
    const pasted: readonly (readonly [string, Record<string, string>])[] = [
      [list, {}],
      [list, { applicationObjectId: wrong }],
      [file('diagnosis-wrong-object-id'), { tenantId: ranIn }]
    ]
    for (const [output, given] of pasted) {
      const { checked } = await check({ output, ...given })
      const verdicts = checked?.verdicts.filter(({ about }) => about !== 'receipt') ?? []
      const entry = verdicts.find(({ is }) => is !== undefined)
      expect(entry?.kind).toBe(given.applicationObjectId ? 'wrong' : 'ambiguous')
      expect(entry?.says).toContain(
        `The one that was given is ${objectId}, and nobody has checked it: one of the two is wrong.`
      )
      expect(entry?.todo).toMatch(
        /^Compare first\. Open Enterprise applications.* claim oid .*Exchange is right.*repaired/
      )
      const mailbox = verdicts.find(({ about, todo }) => about === 'mailbox' && todo?.includes('Find out first'))
      expect(mailbox?.kind).toBe('ambiguous')
      expect(JSON.stringify(verdicts)).not.toMatch(
        /Remove the entry|Repair the Object ID|script that repairs|right one/
      )
    }
  })

  it('has nobody remove one of several entries, or another application’s, before the Object IDs were compared', async () => {
    const several = await check({ output: file('diagnosis-several'), tenantId: ranIn })
    const twice = `${file('list-wrong-object-id')}\n\nAppId : ${appId}\nObjectId : ${objectId}`
    const listed = await check({ output: twice })
    const others = await check({
      output: file('list-tutorial').replace(appId, '0b9d43a0-7d57-4f6a-8a0c-2a5ef4d9b0a4')
    })
    for (const { checked } of [several, listed, others]) {
      const todo = checked?.verdicts.map(one => one.todo ?? '').find(one => /remove/i.test(one)) ?? ''
      expect(todo.indexOf('Open Enterprise applications')).toBeGreaterThanOrEqual(0)
      expect(todo.indexOf('Open Enterprise applications')).toBeLessThan(todo.search(/remove/i))
      expect(JSON.stringify(checked?.verdicts)).not.toMatch(/the right one|The right Object ID/)
    }
  })

  it('a repair of ten thousand mailboxes is a file only', async () => {
    const mailboxes = Array.from({ length: 10_000 }, (_, index) => `m${index}@contoso.com`).join('\n')
    const { checked } = await check({ output: file('list-wrong-object-id'), tenantId, mailboxes })
    expect(checked?.repair?.code).toBeUndefined()
    expect(checked?.repair?.pairs.at(-1)?.[1]).toContain('m9999@contoso.com')
  })

  it('a missing or wrong ID is named at its field; the tenant ID may be left out', async () => {
    const fieldsOf = async (given: Record<string, string>) =>
      (await check({ output: 'x', ...given })).problems.map(({ field }) => field)
    expect(await fieldsOf({})).toEqual([])
    expect(await fieldsOf({ appId: '', objectId: appId })).toEqual(['appId'])
    expect(await fieldsOf({ objectId: appId })).toEqual(['objectId'])
    expect(await fieldsOf({ applicationObjectId: objectId })).toEqual(['objectId'])
    expect(await fieldsOf({ tenantId: 'contoso.com' })).toEqual(['tenantId'])
    expect(await fieldsOf({ mailboxes: 'nobody' })).toEqual(['mailboxes'])
    expect(await fieldsOf({ cloud: 'mars' })).toEqual(['cloud'])
    expect(await fieldsOf({ delegatedOrganization: 'not an organization' })).toEqual(['delegatedOrganization'])
    expect(await fieldsOf({ output: ' \n ' })).toEqual(['output'])
  })

  it('a secret pasted anywhere is not repeated', async () => {
    const everywhere: readonly Record<string, string>[] = [
      { output: `client secret: '${secret}'\nWrite-ErrorMessage : no ${secret}` },
      { output: 'x', objectId: secret },
      { output: 'x', mailboxes: secret },
      { output: 'x', delegatedOrganization: secret }
    ]
    for (const given of everywhere) expect(JSON.stringify(await check(given))).not.toContain(secret)
  })

  it('a text of thousands of mailboxes, or of nothing that fits, is answered in seconds and at a readable length', async () => {
    const list = (index: number) =>
      `Identity : m${index}@contoso.com\nUser : ${wrong}\nAccessRights : {FullAccess}\nDeny : False\n`
    const many = Array.from({ length: 20_000 }, (_, index) => list(index)).join('\n')
    const broken = `DisplayName ObjectId AppId\n----------- -------- -----\n${`x ${wrong.slice(0, 30)}\n`.repeat(50_000)}`
    const started = process.cpuUsage()
    const { checked } = await check({ output: many })
    expect(checked?.verdicts).toHaveLength(500)
    expect(checked?.left).toBe(19_501)
    for (const output of [broken, '11111111-'.repeat(200_000), '\u001B]'.repeat(500_000)]) await check({ output })
    const { user, system } = process.cpuUsage(started)
    expect((user + system) / 1_000_000).toBeLessThan(8)
  }, 60_000)

  it('has the same fields before and after', async () => {
    const names = checkFields({}, clouds).map(({ name }) => name)
    expect((await check({ output: 'x' })).fields.map(({ name }) => name)).toEqual(names)
  })
})
