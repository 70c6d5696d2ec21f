// Whatever people and programs send: everything that takes text keeps its promise for any text, and takes no time over it.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { attachment } from '../../app/attachment.ts'
import { hostile, hostilePieces, longTexts } from '../../test-data/hostile.ts'
import { mostRead, readOutput } from '../powershell/output/read.ts'
import { ps, textOf, whyUnsafe } from '../powershell/quote.ts'
import { beginMarker, endMarker } from '../powershell/receipt.ts'
import { safeFileName } from '../powershell/script-file.ts'
import { guidIn, mayEcho, nameLengthMax, readName } from '../steps/fields.ts'
import { whyNotAddress } from '../steps/mailbox-address.ts'
import { mostMailboxes, readMailboxCsv, readMailboxes } from '../steps/mailboxes.ts'
import { maskSecrets } from '../tools/mask.ts'
import { readSearch, searchLengthMax } from '../wizard/directory-search.ts'

const holds = (property: (text: string) => void, runs = 400) => {
  fc.assert(fc.property(hostile, property), { numRuns: runs })
  for (const text of [...hostilePieces, ...longTexts]) property(text)
}
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u

describe('for any text', () => {
  test('a name is taken without anything invisible and within its length, or refused in words', () => {
    holds(text => {
      const name = readName(text)
      if (typeof name !== 'string') return void expect(name.says).toMatch(/^[A-Z].*\.$/)
      expect(name.length).toBeLessThanOrEqual(nameLengthMax)
      expect(name).not.toMatch(invisible)
      expect(name).not.toMatch(/[<>]/)
      expect(readName(name)).toBe(name)
    })
  })

  test('an ID is 36 harmless characters or none', () => {
    holds(text => {
      expect(guidIn(text) ?? '00000000-0000-0000-0000-000000000000').toMatch(
        /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
      )
    })
  })

  test('an address that passes can stand in a script, and has one @', () => {
    holds(text => {
      for (const candidate of [text, `${text}@contoso.com`, `ada@${text}.com`]) {
        if (whyNotAddress(candidate) !== undefined) continue
        expect(whyUnsafe(candidate)).toBeUndefined()
        expect(candidate.split('@')).toHaveLength(2)
        expect(candidate).not.toMatch(/[\s"\\<>]/)
      }
    })
  })

  test('a list and a CSV hold only addresses, never more than fit, and say of the rest why not', () => {
    holds(text => {
      for (const { mailboxes, problems } of [readMailboxes(text), readMailboxCsv(text)]) {
        expect(mailboxes.length).toBeLessThanOrEqual(mostMailboxes)
        expect(mailboxes.filter(address => whyNotAddress(address) !== undefined)).toEqual([])
        expect(problems.every(({ says }) => says !== '')).toBe(true)
      }
    }, 200)
  })

  test('pasted output is read without throwing', () => {
    holds(text => {
      readOutput(text)
      const { receipts, refusedReceipts } = readOutput(`${beginMarker}\n${text}\n${endMarker}`)
      // The marker is the one that is looked for.
      if (text.length < mostRead / 2) expect(receipts.length + refusedReceipts.length).toBeGreaterThan(0)
    }, 200)
  })

  test('a file name is one that Windows takes: no device, no path, no end in a dot', () => {
    holds(text => {
      const name = safeFileName(text)
      expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
      expect(name.length).toBeLessThanOrEqual(90)
      expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d|conin|conout|clock)$/)
    })
  })

  test('a download’s header is one line of ASCII with both names closed', () => {
    holds(text => {
      const header = attachment(text.slice(0, 2_000), new Uint8Array()).headers.get('content-disposition') ?? ''
      expect(header).toMatch(/^attachment; filename="[\w.-]*"; filename\*=UTF-8''(?:[\w.!~-]|%[0-9A-F]{2})*$/)
    })
  })

  test('a search is one line within its length, and closes no quote', () => {
    holds(text => {
      const search = readSearch(text)
      expect(search.length).toBeLessThanOrEqual(searchLengthMax)
      expect(search).not.toMatch(/["\\\n\r\0]/)
    })
  })

  test('covering secrets and asking what may be shown again throws nothing and ends', () => {
    holds(text => {
      maskSecrets(text)
      mayEcho(text)
    }, 200)
  })

  test('PowerShell gets it as one literal that is equal to it, or not at all', () => {
    holds(text => {
      if (whyUnsafe(text) !== undefined) return void expect(() => ps`$x = ${text}`).toThrow()
      const code = textOf(ps`$x = ${text}`)
      expect(code.startsWith("$x = '")).toBe(true)
      const literal = code.slice("$x = '".length, -1)
      // Inside, quotes stand in pairs only: none of them ends the literal.
      expect(literal.replace(/(['\u2018\u2019\u201A\u201B])\1/g, '')).not.toMatch(/['\u2018\u2019\u201A\u201B]/)
      expect(literal.replace(/(['\u2018\u2019\u201A\u201B])\1/g, '$1')).toBe(text)
    })
  })
})
