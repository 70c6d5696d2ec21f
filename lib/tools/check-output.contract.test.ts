// As much as is read of a pasted text, of one odd thing over and over: anybody may paste it, signed in or not, so none of it may
// hold the processor for long.
import { describe, expect, it } from 'vitest'
import { appId, check, file, wrong } from '../../test-data/checked-output.ts'
import { mostRead } from '../powershell/output/read.ts'
import { beginMarker, endMarker } from '../powershell/receipt.ts'

describe('the checker', () => {
  const table = 'Identity User AccessRights IsInherited Deny\n-------- ---- ------------ ----------- ----\n'
  const number = (index: number) => String(index).padStart(8, '0')
  const filled = (part: (index: number) => string, length = mostRead) => {
    const parts: string[] = []
    for (let index = 0, left = length; left > 0; index += 1) {
      parts.push(part(index))
      left -= (parts[index] as string).length
    }
    return parts.join('').slice(0, length)
  }
  const tenThousand = Array.from({ length: 10_000 }, (_, index) => `m${index}@contoso.com`).join('\n')
  const wrapped = `send-as=- @\n${`${'@'.repeat(1_900)}\n`.repeat(1_500)}@ @`

  it.each<[string, () => string, string?]>([
    ['errors', () => filled(() => 'Error: x\n')],
    ['errors between empty lines', () => filled(() => 'Exception: \n\n')],
    ['first lines of receipts', () => filled(() => `${beginMarker}\n`)],
    ['empty receipts', () => filled(() => `${beginMarker}\n${endMarker}\n`)],
    [
      'receipts of many setups',
      () => filled(index => file('diagnosis-plain').replace('5f0c', `s${index}`)),
      tenThousand
    ],
    [
      'a line of a receipt that goes on and on',
      () => file('diagnosis-plain').replace('send-as=no invoices@contoso.example', wrapped)
    ],
    ['a command that goes on and on', () => `PS> Get-Mailbox \`\n${filled(() => '>> x `\n')}`],
    ['commands with an output after every line', () => filled(() => '>> x\nAppId : 1\n')],
    ['removals', () => filled(() => 'Remove-ServicePrincipal\n')],
    ['prompts without an end', () => filled(() => `[PS]${' '.repeat(1_990)}\n`)],
    ['lines of dashes', () => filled(() => '--\n')],
    ['rows of spaces', () => table + filled(() => `${' '.repeat(1_990)}x\n`)],
    ['rows of one sign', () => table + filled(() => `x ${'@'.repeat(1_990)}\n`)],
    [
      'rows of a thousand columns',
      () => `AppId${' a'.repeat(900)}\n-----${' -'.repeat(900)}\n${filled(() => `${'x'.repeat(1_990)}\n`)}`
    ],
    ['broken rows', () => `AppId ObjectId\n----- --------\n${filled(() => 'x\n')}`],
    [
      'entries of the application beside permissions',
      () =>
        filled(
          index => `AppId : ${appId}\nObjectId : ${number(index)}${wrong.slice(8)}\nSid : S-1-5-21-1-1-1-${index}\n\n`,
          mostRead / 2
        ) +
        filled(index => `Identity : x\nUser : S-1-5-21-2-2-2-${index}\nAccessRights : {FullAccess}\n\n`, mostRead / 2)
    ],
    [
      'cut addresses beside ten thousand mailboxes',
      () => filled(index => `Identity : x${index}@a...\nUser : b\nAccessRights : {FullAccess}\n\n`),
      tenThousand
    ],
    [
      'switches beside ten thousand mailboxes',
      () => filled(index => `PrimarySmtpAddress : x${index}@a.com\nImapEnabled : True\n\n`),
      tenThousand
    ]
  ])('as much as is read of nothing but %s is answered in seconds', async (_what, make, mailboxes) => {
    const output = make()
    expect(output.length).toBeGreaterThan(mostRead * 0.9)
    const started = process.cpuUsage()
    const { problems, checked } = await check({ output, ...(mailboxes && { mailboxes }) })
    const { user, system } = process.cpuUsage(started)
    expect(problems).toEqual([])
    expect(checked?.verdicts.length).toBeGreaterThan(0)
    expect((user + system) / 1_000_000).toBeLessThan(8)
  })
})
