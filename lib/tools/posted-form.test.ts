// A posted form is read within its limit, and not to the end when it is longer.
import { describe, expect, it } from 'vitest'
import { bodyBytesMax, readPostedForm } from './posted-form.ts'

const form = 'application/x-www-form-urlencoded'
const post = (body: BodyInit, type = form) =>
  new Request('http://localhost/', {
    method: 'POST',
    body,
    headers: { 'content-type': type },
    duplex: 'half'
  } as RequestInit)

describe('a posted form', () => {
  it('is read with repeated fields and letters of any language', async () => {
    const read = await readPostedForm(post('mailbox=zo%C3%AB%40a.com&mailbox=b%40a.com'))
    expect(read.ok && read.fields.getAll('mailbox')).toEqual(['zoë@a.com', 'b@a.com'])
  })

  it('may come in pieces that part a letter', async () => {
    const [first, second] = [new Uint8Array([0x61, 0x3d, 0xc3]), new Uint8Array([0xab])]
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(first)
        controller.enqueue(second)
        controller.close()
      }
    })
    const read = await readPostedForm(post(body))
    expect(read.ok && read.fields.get('a')).toBe('ë')
  })

  it('of another kind is refused', async () => {
    expect(await readPostedForm(post('{}', 'application/json'))).toMatchObject({ ok: false, status: 415 })
  })

  it('that is too long is refused, and its rest is not read', async () => {
    let sent = 0
    const endless = new ReadableStream({
      pull(controller) {
        sent += 100_000
        controller.enqueue(new Uint8Array(100_000).fill(0x61))
      }
    })
    expect(await readPostedForm(post(endless))).toMatchObject({ ok: false, status: 413 })
    expect(sent).toBeLessThan(bodyBytesMax + 1_000_000)
  })

  it('that breaks off in the middle is refused, and is no fault', async () => {
    const broken = new ReadableStream({
      pull(controller) {
        controller.error(new Error('aborted'))
      }
    })
    expect(await readPostedForm(post(broken))).toEqual({ ok: false, status: 400, problem: 'The form broke off.' })
  })

  it('that says it is too long is refused before it is read', async () => {
    const request = new Request('http://localhost/', {
      method: 'POST',
      headers: { 'content-type': form, 'content-length': String(bodyBytesMax + 1) }
    })
    expect(await readPostedForm(request)).toMatchObject({ ok: false, status: 413 })
  })
})
