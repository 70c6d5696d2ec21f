// What comes back into the form of the script maker, and what does not.
import { describe, expect, it } from 'vitest'
import { fieldProblems, strangers, toolFields } from './powershell-form.ts'
import type { ToolCloud } from './powershell-query.ts'

const secret = 'aB38Q~9dEfGhIjKlMnOpQrStUvWxYz012345678a'
const clouds: readonly ToolCloud[] = [
  { name: 'global', title: 'Global', unconfirmed: [] },
  { name: 'china', title: 'China', exchangeEnvironmentName: 'O365China', unconfirmed: ['imap'] }
]
const shownIn = (name: string, input: Record<string, string[]>) =>
  toolFields(input, clouds).find(field => field.name === name)?.value

describe('the form', () => {
  it('begins with a name, all protocols and the first cloud', () => {
    expect(shownIn('displayName', {})).toEqual(['Mail connector'])
    expect(shownIn('protocol', {})).toEqual(['IMAP', 'POP', 'SMTP'])
    expect(shownIn('cloud', {})).toEqual(['global'])
  })

  it('leaves every protocol out where an address names none, and keeps the name', () => {
    expect(shownIn('protocol', { appId: [''] })).toEqual([])
    expect(shownIn('displayName', { appId: [''] })).toEqual(['Mail connector'])
  })

  it('shows again what was typed', () => {
    expect(shownIn('admin', { admin: ['ada@'] })).toEqual(['ada@'])
    expect(shownIn('mailboxes', { mailboxes: ['a@b.com\nnobody'] })).toEqual(['a@b.com\nnobody'])
    expect(shownIn('mailboxes', { mailbox: ['a@b.com', 'b@b.com'] })).toEqual(['a@b.com\nb@b.com'])
  })

  it('never shows a secret again, whichever field it was pasted into', () => {
    const input = Object.fromEntries(
      ['appId', 'objectId', 'tenantId', 'displayName', 'admin', 'delegatedOrganization', 'mailboxes', 'mailbox'].map(
        name => [name, [secret]]
      )
    )
    expect(JSON.stringify(toolFields(input, clouds))).not.toContain(secret)
  })

  it('never shows again what is no ID where an ID belongs', () => {
    expect(shownIn('objectId', { objectId: ['SomeOldSecret0123456789'] })).toEqual([''])
  })

  it('marks a cloud whose hosts no Microsoft source confirms', () => {
    const choices = toolFields({}, clouds).find(field => field.name === 'cloud')?.choices
    expect(choices?.[0]?.hint).toBeUndefined()
    expect(choices?.[1]?.hint).toContain('O365China')
    expect(choices?.[1]?.hint).toContain('not confirmed by a Microsoft source')
  })
})

describe('a problem', () => {
  const problems = [
    { parameter: 'admin', problem: 'A.' },
    { parameter: 'mailbox', problem: 'B.' },
    { parameter: 'other', problem: 'C.' }
  ]

  it('stands at its field, and a mailbox’s at the list', () => {
    expect(fieldProblems(problems)).toEqual([
      { field: 'admin', says: 'A.' },
      { field: 'mailboxes', says: 'B.' }
    ])
  })

  it('of a parameter that no field has is told apart', () => {
    expect(strangers(problems)).toEqual(['other'])
  })
})
