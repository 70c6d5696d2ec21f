// Microsoft's codes in words. Every problem says what to do; what nobody knows is shown with Microsoft's own words.
import { describe, expect, test } from 'vitest'
import { explain } from '../diagnosis/explain.ts'
import { Refusal } from './answers.ts'
import { explainRefusal, silenceProblem, tokenProblem, willPass } from './problems.ts'

const refusal = (status: number, ...words: string[]) =>
  new Refusal({ status, code: words[0], message: words.at(-1), requestId: 'r-1' }, words)

describe('a refusal', () => {
  test.each([
    ['credential-policy', refusal(400, 'InvalidKeyEndDate', 'CredentialInvalidLifetimeAsPerAppPolicy', 'Lifetime')],
    [
      'credential-policy',
      refusal(
        400,
        'Request_BadRequest',
        "Credential lifetime exceeds the max value allowed as per assigned policy 'x'."
      )
    ],
    ['credential-type-policy', refusal(400, 'CredentialTypeNotAllowedAsPerAppPolicy', 'Not allowed')],
    ['audience-policy', refusal(400, 'SignInAudienceNotAllowedAsPerAppPolicy', 'Not allowed')],
    [
      'unique-name-reserved',
      refusal(400, 'ObjectConflict', 'Another object with the same value for property uniqueName already exists.')
    ],
    [
      'insufficient-privileges',
      refusal(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.')
    ],
    ['throttled', refusal(429, 'TooManyRequests', 'Slow down')],
    ['throttled', refusal(429, 'SomethingNew', 'Slow down')],
    ['microsoft-fault', refusal(503, 'ServiceUnavailable', 'Later')],
    ['unknown-refusal', refusal(400, 'SomethingNew', 'Microsoft’s own words.')]
  ])('is %s', (id, refused) => {
    const problem = explainRefusal(refused)
    expect(problem.id).toBe(id)
    expect(problem.reference).toMatchObject({ status: refused.reference.status, requestId: 'r-1' })
  })

  test('is known by its detail’s code even where its message would say something else', () => {
    const both = refusal(400, 'CredentialTypeNotAllowedAsPerAppPolicy', 'Credential lifetime exceeds')
    expect(explainRefusal(both).id).toBe('credential-type-policy')
  })

  test('offers a role that can be activated where a role is missing, and nowhere else', () => {
    expect(explainRefusal(refusal(403, 'Authorization_RequestDenied')).mayActivateRole).toBe(true)
    expect(explainRefusal(refusal(403, 'SomethingNew')).mayActivateRole).toBe(true)
    expect(explainRefusal(refusal(400, 'SomethingNew')).mayActivateRole).toBeFalsy()
  })

  test('that nobody knows is told in Microsoft’s own words, or says that there were none', () => {
    expect(explainRefusal(refusal(400, 'SomethingNew', 'Their words.')).happened).toBe('Their words.')
    expect(explainRefusal(new Refusal({ status: 400, message: '' }, [])).happened).toBe('Microsoft gave no reason.')
  })
})

test('says how long Microsoft asks to wait', () => {
  const busy = new Refusal({ status: 429, message: 'Slow down' }, ['TooManyRequests'], 45_000)
  expect(explainRefusal(busy).todo).toEqual(['Wait 45 seconds, as Microsoft asks. Then carry on. Nothing is lost.'])
})

describe('a token that was not given', () => {
  test.each([
    ['AADSTS7000215', 'secret-invalid'],
    ['AADSTS7000222', 'secret-expired'],
    ['AADSTS700016', 'app-not-in-directory'],
    ['AADSTS90002', 'tenant-mistyped'],
    ['AADSTS900023', 'tenant-mistyped'],
    ['AADSTS7000229', 'app-without-sp'],
    ['AADSTS53003', 'ca-blocks-app'],
    ['AADSTS900382', 'wrong-cloud'],
    ['AADSTS500011', 'exchange-resource-missing'],
    ['AADSTS500014', 'unknown-token-error'],
    ['AADSTS650056', 'unknown-token-error'],
    ['AADSTS99999', 'unknown-token-error']
  ])('%s is %s', (code, id) => {
    const problem = tokenProblem(`invalid_client ${code}: Something happened. Trace ID: t`, 'c-1')
    expect(problem).toMatchObject({ id, reference: { code, requestId: 'c-1' } })
  })

  test('is not taken for a missing service principal because it names one', () => {
    const words = 'AADSTS500014: The service principal for resource x is disabled.'
    expect(tokenProblem(words).id).toBe('unknown-token-error')
    expect(tokenProblem('The client application x is missing service principal in the tenant y.').id).toBe(
      'app-without-sp'
    )
  })

  test.each([
    'temporarily_unavailable AADSTS90033: A transient error has occurred. Please try again.',
    'invalid_request AADSTS90024: x',
    'temporarily_unavailable x'
  ])('and will be given later says nothing: %s', words => {
    expect(willPass(words)).toBe(true)
  })

  test.each(['AADSTS900331: x', 'AADSTS7000215: x', 'AADSTS53003: x'])('and is refused for good counts: %s', words => {
    expect(willPass(words)).toBe(false)
  })

  test('as it was asked for in another cloud sends nobody to compare values that are right', () => {
    const { todo } = tokenProblem('AADSTS900382: Confidential Client is not supported in Cross Cloud request.')
    expect(todo[0]).toMatch(/^Begin a setup for the Microsoft cloud that the tenant is in/)
    expect(todo.join(' ')).not.toContain('Compare')
  })

  test('with a code that begins like another is not taken for it', () => {
    expect(tokenProblem('AADSTS7000161: x').id).toBe('unknown-token-error')
  })
})

test('a code that means the same everywhere has the failure dictionary’s words', () => {
  for (const code of ['AADSTS700016', 'AADSTS7000229', 'AADSTS500011']) {
    const [finding] = explain(`${code}: x`).findings
    if (finding?.kind !== 'one') throw new Error(`The dictionary does not know ${code}`)
    const { id, title, cause, fix } = finding.entry
    expect(tokenProblem(`${code}: x`)).toMatchObject({ id, title, happened: cause, todo: fix })
  }
})

test('every problem is plain data that says what to do', () => {
  const words = [
    'InvalidKeyEndDate',
    'CredentialTypeNotAllowedAsPerAppPolicy',
    'SignInAudienceNotAllowedAsPerAppPolicy'
  ]
  const more = ['uniqueName is reserved', 'Authorization_RequestDenied', 'TooManyRequests', 'SomethingNew']
  const problems = [
    ...[...words, ...more].flatMap(word => [400, 403, 429, 500].map(status => explainRefusal(refusal(status, word)))),
    ...['7000215', '7000222', '700016', '90002', '7000229', '500011', '53003', '900382', '1'].map(code =>
      tokenProblem(`AADSTS${code}: x`)
    ),
    silenceProblem
  ]
  for (const problem of problems) {
    expect(JSON.parse(JSON.stringify(problem))).toEqual({ ...problem })
    expect(problem.todo.length).toBeGreaterThan(0)
    for (const text of [problem.title, problem.happened, ...problem.todo]) {
      expect(text.trim()).not.toBe('')
      expect(text).not.toMatch(/!/)
    }
    expect(
      Object.keys(problem).filter(
        key => !['id', 'title', 'happened', 'todo', 'mayActivateRole', 'reference'].includes(key)
      )
    ).toEqual([])
  }
})
