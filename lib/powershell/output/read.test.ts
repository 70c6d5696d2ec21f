// Long windows: what is bounded is bounded so that what counts, which stands last, is read still.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { judge } from './judge.ts'
import { readOutput } from './read.ts'

const appId = '58d827e0-c69c-401f-8deb-b1224d129dc8'
const objectId = 'bf822882-b0bf-4acc-a606-7da6b107a435'
const plain = readFileSync(new URL('../../../test-data/outputs/diagnosis-plain.txt', import.meta.url), 'utf8')
const entry = 'User : S-1-5-21-1-2-3-4\nAccessRights : {FullAccess}\nDeny : False\n'

describe('a command over many lines', () => {
  const script = (lines: number) => `PS> & {\n${'>> $x = 1\n'.repeat(lines)}>> Remove-ServicePrincipal -Identity x\n`

  test('has its removal seen, however far down in it that stands', () => {
    for (const lines of [1, 50, 500]) expect(readOutput(script(lines)).removals).toEqual([1])
  })

  test('asks for the mailbox that its lines name, at each output as far as it was typed by then', () => {
    const { permissions } = readOutput(
      `PS> Get-MailboxPermission\n${entry}\n>> -Identity a@b.c\n${entry}\n>> -User x\n${entry}`
    )
    expect(permissions.map(({ asked }) => [asked?.mailbox, asked?.user])).toEqual([
      [undefined, undefined],
      ['a@b.c', undefined],
      ['a@b.c', 'x']
    ])
  })

  test('that goes on beyond what is read is taken to leave out something', () => {
    const asked = (lines: number) =>
      readOutput(`PS> Get-MailboxPermission a@b.c\n${'>> \n'.repeat(lines)}${entry}`).permissions[0]?.asked
    expect(asked(1)).toMatchObject({ mailbox: 'a@b.c', whole: true })
    expect(asked(500)).toMatchObject({ mailbox: 'a@b.c', whole: false })
  })
})

describe('many receipts', () => {
  const receipts = (count: number) =>
    Array.from({ length: count }, (_, index) => plain.replace('setup: 5f0c', `setup: s${index}`)).join('\n')

  test('up to fifty are all read', () => {
    const { receipts: read, refusedReceipts } = readOutput(receipts(50))
    expect([read.length, refusedReceipts]).toEqual([50, []])
  })

  test('of more the last fifty are read, and that is said once', () => {
    const { receipts: read, refusedReceipts } = readOutput(receipts(60))
    expect(read.map(({ receipt }) => receipt.setupId)).toEqual(Array.from({ length: 50 }, (_, at) => `s${at + 10}`))
    expect(refusedReceipts).toEqual([{ line: 1, says: 'The text holds 60 receipts; the last 50 were read.' }])
  })
})

describe('names that a window cut', () => {
  const permissions = (...names: readonly string[]) => names.map(name => `Identity : ${name}\n${entry}`).join('\n')
  const lineOf = async (mailbox: string, text: string) => {
    const verdicts = await judge(readOutput(text), { appId, objectId, mailboxes: [mailbox] })
    return verdicts.find(({ about }) => about === 'mailbox')?.line
  }

  test('are asked about where the mailbox begins so, the first of them; any other name could be anybody’s', async () => {
    const text = permissions('sales@contoso.com', 'inv@c...', 'invoices@c...', 'invoices@con...', 'Some Name')
    expect(await lineOf('invoices@contoso.com', text)).toBe(11)
    expect(await lineOf('inv@contoso.com', text)).toBe(6)
    expect(await lineOf('scanner@contoso.com', text)).toBe(21)
    expect(await lineOf('scanner@contoso.com', permissions('sales@contoso.com', 'inv@c...'))).toBeUndefined()
  })
})
