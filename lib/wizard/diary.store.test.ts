// The diary as people and programs take it with them: whole, in order, of one setup, and never all of it in memory.
import Papa from 'papaparse'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { databases, newPerson, useDatabase } from '../../test-data/databases.ts'
import { database } from '../db/client.ts'
import type { Person } from '../session/session.ts'
import { registerTheApplication } from '../steps/register-the-application.ts'
import { diaryAsCsv, diaryAsJsonLines, diaryPage } from './diary.ts'
import { createSetup, type Entry, rememberPerson, writeDiary } from './store.ts'

async function textOf(parts: AsyncGenerator<string>): Promise<{ text: string; longest: number }> {
  let text = ''
  let longest = 0
  for await (const part of parts) {
    text += part
    longest = Math.max(longest, part.length)
  }
  return { text, longest }
}

const change: Entry = {
  stepId: registerTheApplication.id,
  who: 'ada@contoso.example',
  kind: 'change',
  says: 'Create the application Invoices',
  method: 'PATCH',
  path: "/applications(uniqueName='x')",
  status: 201,
  requestId: 'request-1'
}

describe.each(databases)('on $name', ({ open }) => {
  let opened: { close(): Promise<void> }
  let ada: Person
  let setupId: string
  beforeAll(async () => {
    opened = await useDatabase(open)
    ada = await rememberPerson(newPerson())
  })
  afterAll(() => opened.close())
  beforeEach(async () => {
    setupId = (await createSetup(ada.id, { name: 'Invoices', protocols: ['IMAP'], cloud: 'global' })).id
  })

  test('an entry has who, what, when, step, method, path, status and Microsoft’s request ID in each form', async () => {
    await writeDiary(setupId, change)
    const { entries } = await diaryPage(setupId, undefined)
    const line = {
      id: expect.any(String),
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      who: 'ada@contoso.example',
      step: registerTheApplication.title,
      says: 'Create the application Invoices',
      outcome: 'done',
      method: 'PATCH',
      path: "/applications(uniqueName='x')",
      status: 201,
      requestId: 'request-1'
    }
    expect(entries).toEqual([line])
    expect(JSON.parse((await textOf(diaryAsJsonLines(setupId))).text)).toEqual(line)
    const csv = (await textOf(diaryAsCsv(setupId))).text
    const [heading, row] = Papa.parse<string[]>(csv.replace(/^\uFEFF/, ''), { skipEmptyLines: true }).data
    expect(heading).toHaveLength(9)
    const [first] = entries
    const { id: _, ...cells } = first ?? line
    expect(row).toEqual(Object.values(cells).map(String))
  })

  test('a fault that Microsoft answered with is no silence: its reference leads to it', async () => {
    await writeDiary(setupId, { ...change, kind: 'silence', status: 503 })
    await writeDiary(setupId, { who: 'ada', kind: 'silence', says: 'Asked' })
    const { entries } = await diaryPage(setupId, undefined)
    expect(entries).toMatchObject([
      { outcome: 'no answer from Microsoft', requestId: undefined },
      { outcome: 'fault at Microsoft', status: 503, requestId: 'request-1' }
    ])
  })

  test('what a spreadsheet would run is text in the CSV', async () => {
    await writeDiary(setupId, { who: '=HYPERLINK("http://x")', kind: 'note', says: '@SUM(A1),"\n-2' })
    const { text } = await textOf(diaryAsCsv(setupId))
    const [, row] = Papa.parse<string[]>(text, { skipEmptyLines: true }).data
    expect(row?.[1]).toBe(`'=HYPERLINK("http://x")`)
    expect(row?.[3]).toBe(`'@SUM(A1),"\n'-2`)
  })

  test('ten thousand entries come whole and in order, in parts, without those of another setup or of later', async () => {
    const other = await createSetup(ada.id, { name: 'Other', protocols: ['IMAP'], cloud: 'global' })
    const count = 10_000
    for (let from = 0; from < count; from += 1_000) {
      const data = Array.from({ length: 1_000 }, (_, index) => ({
        ...change,
        setupId,
        says: `Entry ${from + index}`
      }))
      await database().logEntry.createMany({ data })
      await writeDiary(other.id, { who: 'ben', kind: 'note', says: 'Not mine' })
    }
    const parts = diaryAsJsonLines(setupId)
    const begun = await parts.next()
    await writeDiary(setupId, { who: 'ada', kind: 'note', says: 'Too late' })
    const { text, longest } = await textOf(parts)
    const lines = `${begun.value}${text}`.trimEnd().split('\n')
    expect(lines.map(line => JSON.parse(line).says)).toEqual(
      Array.from({ length: count }, (_, index) => `Entry ${index}`)
    )
    expect(longest).toBeLessThan(500_000)
    const csv = await textOf(diaryAsCsv(setupId))
    expect(csv.text.match(/Entry \d+/g)).toHaveLength(count)
    expect(csv.text.match(/\uFEFF/g)).toHaveLength(1)
  })

  test('an empty diary is a heading, or nothing', async () => {
    expect((await textOf(diaryAsJsonLines(setupId))).text).toBe('')
    expect((await textOf(diaryAsCsv(setupId))).text.trim().split('\n')).toHaveLength(1)
  })
})
