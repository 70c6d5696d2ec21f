// Scripts that stop at Exchange's entry for the application, run as the product prints them, and what their receipts lead to.
import { describe, expect, it } from 'vitest'
import { evidenceOf } from '../../lib/powershell/output/evidence.ts'
import { judge } from '../../lib/powershell/output/judge.ts'
import { readOutput } from '../../lib/powershell/output/read.ts'
import { textOf } from '../../lib/powershell/quote.ts'
import { repairScript } from '../../lib/powershell/repair.ts'
import { mailboxesScript, registerScript, undoScript, wholeScript } from '../../lib/powershell/script.ts'
import type { ScriptInput } from '../../lib/powershell/script-input.ts'
import { sendAsScript } from '../../lib/powershell/send-as.ts'
import { repairFits } from '../../lib/steps/exchange-stands.ts'
import { openTestWindow, sample, type TestWindow } from './testing.ts'

const wrong = '11111111-2222-4333-8444-555555555555'
const input = (window: TestWindow): ScriptInput => ({
  setupId: 'setup-1',
  name: 'Invoice reader',
  tenantId: window.contoso.id,
  initialDomain: 'contosopractice.onmicrosoft.com',
  ...sample,
  protocols: ['IMAP', 'POP', 'SMTP'],
  mailboxes: ['invoices@contoso.example', 'scanner@contoso.example'],
  admin: 'ada@contoso.example'
})
const withEntry = (objectId: string) => {
  const window = openTestWindow()
  window.connected(`New-ServicePrincipal -AppId ${sample.appId} -ObjectId ${objectId}`)
  return window
}

/** Runs it as far as it goes, and reads what the window shows as the wizard does. */
async function pasted(window: TestWindow, make: typeof registerScript, edition: '5.1' | '7.6') {
  const changes = window.changes()
  const result = window.run(textOf(make(input(window))), { edition })
  expect(result.exitCode).toBe(1)
  expect(window.changes()).toBe(changes)
  const found = readOutput(result.output)
  expect(found.refusedReceipts).toEqual([])
  const expected = { ...sample, tenantId: window.contoso.id, setupId: 'setup-1', mailboxes: input(window).mailboxes }
  const looks = await evidenceOf(found, expected, '2026-08-22T10:00:00.000Z')
  return {
    result,
    receipts: found.receipts.map(({ receipt }) => receipt),
    looks,
    verdicts: await judge(found, expected)
  }
}

describe.each(['5.1', '7.6'] as const)('in PowerShell %s', edition => {
  it.each([
    ['register', registerScript],
    ['mailboxes', mailboxesScript],
    ['whole', wholeScript],
    ['send-as', sendAsScript]
  ])('another Object ID stops the script %s after a receipt that offers the repair', async (script, make) => {
    const { result, receipts, looks, verdicts } = await pasted(withEntry(wrong), make, edition)
    expect(result.output).toContain('Exchange cannot change an Object ID')
    expect(receipts).toMatchObject([
      {
        script,
        principal: 'present',
        principals: [{ objectId: wrong }],
        mailboxes: 0,
        granted: 0,
        failed: 0,
        writes: 0
      }
    ])
    expect(looks).toMatchObject([{ principals: [{ objectId: wrong }], mailboxes: [], changed: false }])
    expect(looks[0]?.granted).toBeUndefined()
    expect(repairFits(looks[0]?.principals ?? [], sample.objectId)).toBe(true)
    expect(verdicts.find(({ about }) => about === 'principal')).toMatchObject({ kind: 'wrong', is: 'another' })
  })

  it.each([
    ['register', registerScript],
    ['mailboxes', mailboxesScript],
    ['whole', wholeScript],
    ['send-as', sendAsScript],
    ['repair', repairScript],
    ['undo', undoScript]
  ])('two entries stop the script %s after a receipt that names both', async (script, make) => {
    const window = withEntry(sample.objectId)
    const [right] = window.exchange.servicePrincipals
    if (!right) throw new Error('There is no entry.')
    window.exchange.servicePrincipals.push({ ...right, objectId: wrong, sid: `${right.sid}9` })
    const { result, receipts, verdicts } = await pasted(window, make, edition)
    expect(result.output).toContain('Exchange has 2 service principals')
    expect(receipts).toMatchObject([
      { script, principal: 'several', principals: [{ objectId: sample.objectId }, { objectId: wrong }], writes: 0 }
    ])
    expect(verdicts.find(({ about }) => about === 'principal')?.says).toContain('Exchange has 2 entries')
  })
})

describe('anything else that goes wrong', () => {
  it('ends the script without a receipt, as before', () => {
    const window = openTestWindow()
    const result = window.run(textOf(mailboxesScript(input(window))))
    expect(result.exitCode).toBe(1)
    expect(result.output).toContain('Exchange does not know the application')
    expect(readOutput(result.output).receipts).toEqual([])
  })
})
