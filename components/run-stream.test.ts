// What a run tells is read as it comes, however the network cuts it up, and never trusted further than it must be.
import { describe, expect, it } from 'vitest'
import { readLine, readRun, type Said, withSaid } from './run-stream.ts'

function streamOf(text: string, size: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  const bytes = new TextEncoder().encode(text)
  let at = 0
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close()
      controller.enqueue(bytes.slice(at, at + size))
      at += size
    }
  })
}

async function tellAll(text: string, size: number) {
  const told: Said[] = []
  const outcome = await readRun(streamOf(text, size), said => told.push(said))
  return { told, outcome }
}

const lines =
  '{"kind":"looking","says":"Müller – 1"}\n{"kind":"landed","says":"2"}\n{"kind":"end","href":"/setups/a"}\n'

describe('reading a run', () => {
  it.each([1, 2, 7, 1000])('tells the same in pieces of %d bytes', async size => {
    const { told, outcome } = await tellAll(lines, size)
    expect(told).toEqual([
      { kind: 'looking', says: 'Müller – 1' },
      { kind: 'landed', says: '2' }
    ])
    expect(outcome).toEqual({ kind: 'end', href: '/setups/a' })
  })

  it('counts a stream that stops without saying how to go on as interrupted', async () => {
    expect((await tellAll('{"kind":"landed","says":"1"}\n', 5)).outcome).toEqual({ kind: 'interrupted' })
    expect((await tellAll('', 5)).outcome).toEqual({ kind: 'interrupted' })
    expect((await tellAll('{"kind":"end","hr', 5)).outcome).toEqual({ kind: 'interrupted' })
  })

  it('reads the last line without its line end', async () => {
    expect((await tellAll('{"kind":"again"}', 5)).outcome).toEqual({ kind: 'again' })
    expect((await tellAll('{"kind":"again","since":"17"}', 5)).outcome).toEqual({ kind: 'again', since: '17' })
  })

  it('reads how long Microsoft wants to be left alone, and believes numbers only', async () => {
    expect((await tellAll('{"kind":"again","since":"17","waitMs":45000}', 5)).outcome).toEqual({
      kind: 'again',
      since: '17',
      waitMs: 45_000
    })
    expect((await tellAll('{"kind":"again","waitMs":"45000"}', 5)).outcome).toEqual({ kind: 'again' })
  })

  it('goes past lines that it does not understand', async () => {
    const { told, outcome } = await tellAll(
      'nonsense\n\n{"kind":"new","says":"x"}\n42\n{"kind":"note","says":"y"}\n{"kind":"again"}\n',
      9
    )
    expect(told).toEqual([{ kind: 'note', says: 'y' }])
    expect(outcome).toEqual({ kind: 'again' })
  })

  it('throws what a broken connection throws', async () => {
    const broken = new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull: controller => controller.error(new TypeError('network error'))
    })
    await expect(readRun(broken, () => {})).rejects.toThrow('network error')
  })
})

describe('the end of a run', () => {
  it.each([
    'https://elsewhere.example/',
    '//elsewhere.example/',
    '/\\elsewhere.example',
    'javascript:alert(1)',
    'setups',
    7
  ])('never leads to %s', href => {
    expect(readLine(JSON.stringify({ kind: 'end', href }))).toBeUndefined()
  })
})

describe('the log', () => {
  it('replaces a wait by the next wait and keeps everything else', () => {
    const said: Said[] = [
      { kind: 'landed', says: 'a' },
      { kind: 'waiting', says: '2 s' },
      { kind: 'waiting', says: '4 s' },
      { kind: 'landed', says: 'b' },
      { kind: 'waiting', says: '1 s' }
    ]
    const log = said.reduce<readonly Said[]>(withSaid, [])
    expect(log.map(line => line.says)).toEqual(['a', '4 s', 'b', '1 s'])
  })
})
