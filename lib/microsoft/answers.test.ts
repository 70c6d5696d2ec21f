// What Microsoft answers instead of yes, read into a Refusal or a Silence.
import { describe, expect, test } from 'vitest'
import { Refusal, refusalOf, Silence } from './answers.ts'

const answer = (body: unknown, status = 400, headers: Record<string, string> = {}) =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers })

const refused = {
  error: {
    code: 'Request_BadRequest',
    message: 'The whole sentence.',
    details: [{ code: 'ObjectConflict', message: 'A detail.' }]
  }
}

describe('a refusal', () => {
  test('is known by its detail’s code first, then its own, and by the messages last', async () => {
    expect((await refusalOf(answer(refused))).words).toEqual([
      'ObjectConflict',
      'Request_BadRequest',
      'The whole sentence.',
      'A detail.'
    ])
  })

  test('carries what Microsoft’s support asks for', async () => {
    const { reference } = await refusalOf(answer(refused, 409, { 'request-id': 'r-1' }))
    expect(reference).toEqual({
      status: 409,
      code: 'ObjectConflict',
      message: 'The whole sentence.',
      requestId: 'r-1'
    })
  })

  test('has no more of Microsoft’s words than a page can show', async () => {
    const { reference } = await refusalOf(answer({ error: { code: 'x', message: 'long '.repeat(1000) } }))
    expect(reference.message).toHaveLength(500)
  })

  test('keeps of its message what a database takes: no control character, no half of a sign', async () => {
    const { reference } = await refusalOf(
      answer({ error: { code: 'x', message: `a\0b\nc\uD800d${'😀'.repeat(400)}` } })
    )
    expect(reference.message).toBe(`a b c d${'😀'.repeat(246)}`)
  })

  test.each([
    ['an empty body', ''],
    ['a body without an error', {}],
    ['an error without details', { error: { code: 'x' } }]
  ])('is read from %s too', async (_name, body) => {
    expect(await refusalOf(answer(body, 403))).toMatchObject({ name: 'Refusal', reference: { status: 403 } })
  })

  test.each([
    ['7', 7000],
    ['0', 0],
    ['soon', undefined],
    ['-1', undefined]
  ])('says how long to wait: Retry-After %s is %s', async (value, waitMs) => {
    expect((await refusalOf(answer({}, 429, { 'retry-after': value }))).waitMs).toBe(waitMs)
  })

  test.each([
    ['no JSON', 'claims'],
    ['no object', '7'],
    ['longer than any challenge', JSON.stringify({ access_token: 'x'.repeat(2_000) })]
  ])('takes claims that are %s for none: they would be sent with a sign-in', async (_name, claims) => {
    const challenge = `Bearer error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`
    expect((await refusalOf(answer({}, 401, { 'www-authenticate': challenge }))).claims).toBeUndefined()
  })

  test('gives the claims of a challenge as the text that they are', async () => {
    const claims = '{"access_token":{"nbf":{"essential":true}}}'
    const challenge = `Bearer realm="", error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`
    expect((await refusalOf(answer({}, 401, { 'www-authenticate': challenge }))).claims).toBe(claims)
    expect(
      (await refusalOf(answer({}, 401, { 'www-authenticate': 'Bearer error="invalid_token"' }))).claims
    ).toBeUndefined()
  })

  test('matches any of its words', () => {
    const refusal = new Refusal({ status: 400 }, ['ObjectConflict', 'Something else'])
    expect([/Conflict/, /else/, /nothing/].map(pattern => refusal.matches(pattern))).toEqual([true, true, false])
  })
})

describe('a silence', () => {
  test('is an error page of something in between', async () => {
    await expect(refusalOf(answer('<html>Bad gateway</html>', 502))).rejects.toBeInstanceOf(Silence)
  })

  test('is an answer that broke off', async () => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"error":'))
        controller.error(new TypeError('terminated'))
      }
    })
    await expect(refusalOf(new Response(body, { status: 400 }))).rejects.toBeInstanceOf(Silence)
  })
})
