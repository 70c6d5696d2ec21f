// What an ordeal judges by: which answers are lost, how a page's forms are read, and that nothing tried proves nothing.
import { describe, expect, test } from 'vitest'
import { lostOf, type Place } from './answers.ts'
import { filled, findForm } from './forms.ts'
import { reportOf } from './report.ts'

const place = (all: boolean) => ({ name: 'x', all }) as Place

describe('an accepted answer', () => {
  test('that is not there is lost, where each adds to those before', () => {
    const given = { place: place(true), accepted: ['a', 'b'], sent: ['a', 'b', 'c'] }
    expect(lostOf(given, ['a', 'b'])).toEqual([])
    expect(lostOf(given, ['a', 'b', 'c'])).toEqual([])
    expect(lostOf(given, ['a', 'c'])).toEqual(['b'])
    expect(lostOf(given, [])).toEqual(['a', 'b'])
  })

  test('is the one that counts, or one that was sent after it, where the last one counts', () => {
    const given = { place: place(false), accepted: ['a', 'b'], sent: ['a', 'b', 'c'] }
    expect(lostOf(given, ['b'])).toEqual([])
    expect(lostOf(given, ['c'])).toEqual([])
    expect(lostOf(given, ['a'])).toEqual(['b'])
    expect(lostOf(given, [])).toEqual(['b'])
    expect(lostOf({ ...given, accepted: [] }, [])).toEqual([])
  })
})

describe('a form', () => {
  const html = `<form action="/other"><button>Leave</button></form>
    <form action="" method="POST"><input type="hidden" name="$ACTION_1:0" value="{&quot;id&quot;:&quot;x&amp;y&quot;}"/>
    <input type="checkbox" name="p" value="IMAP" checked=""/><input type="checkbox" name="p" value="POP"/>
    <input type="file" name="f"/><input name="n" value="old"/><textarea name="t">a
b</textarea><button name="go" value="1"><span>Save</span> it</button></form>`

  test('is found by its button, with its hidden fields and what is marked', () => {
    expect(findForm(html, 'Save')?.fields).toEqual([
      ['$ACTION_1:0', '{"id":"x&y"}'],
      ['p', 'IMAP'],
      ['n', 'old'],
      ['t', 'a\nb'],
      ['go', '1']
    ])
    expect(findForm(html, 'Leave')?.action).toBe('/other')
    expect(findForm(html, 'Other')).toBeUndefined()
  })

  test('is sent back whole, with what is filled in', () => {
    const form = findForm(html, 'Save')
    expect(form && [...filled(form, { n: 'new', more: '2' })]).toEqual([
      ['$ACTION_1:0', '{"id":"x&y"}'],
      ['p', 'IMAP'],
      ['n', 'new'],
      ['t', 'a\nb'],
      ['go', '1'],
      ['more', '2']
    ])
  })
})

describe('a report', () => {
  const ran = { name: 'kept', proves: 'It is kept.', seconds: 12.3, figures: { accepted: 7 } }
  test('says how many cases and failures there were', () => {
    const text = reportOf([{ ...ran, cases: 5, failures: ['case 3 lost a'] }], 5, 300)
    expect(text).toContain('| kept | 5 | 1 | 12 s | FAILED |')
    expect(text).toContain('- FAILED: case 3 lost a')
    expect(text).toContain('- accepted: 7')
    expect(text).toContain('A sample: 5 cases of each sort, in 300 s.')
  })

  test('of no case at all is a failure', () => {
    expect(reportOf([{ ...ran, cases: 0, failures: [] }], undefined, 1)).toContain('FAILED')
    expect(reportOf([{ ...ran, cases: 1, failures: [] }], undefined, 1)).toContain('| ok |')
  })
})
