// One line of JSON an event, with whose and which request it was; and no secret by any path into it. The last test takes
// the redaction away and sees the secrets, so that those above can fail.
import { describe, expect, test } from 'vitest'
import { noteTold, type Printer, takeConsole } from './log/console.ts'
import { asRequest, secretsIn, servedRequest } from './log/request.ts'
import { type Facts, logTo, neverLog, neverLogAny, noteOfRequest, type Write } from './log.ts'

/** Secrets that no shape gives away; each is known in another way. */
const seeded = {
  'the APP_KEY': 'correct horse battery staple and more',
  'the AZURE_CLIENT_SECRET': 'hunter2hunter2',
  'a secret of the cloud file': 'cloud file secret words',
  'a client secret that is held': 'held client secret of words',
  'the cookie': 'cookie of plain words',
  'the code': 'code of plain words',
  'the state': 'state of plain words',
  'the header': 'Custom plain words of a header',
  'a token': 'eyJ0eXAiOiJKV1QifQ.eyJhdWQiOiJ4In0.c2lnbmF0dXJl',
  'a refresh token': '1.AQYAAbcdEFGH0123456789_ijkl-MNOPqrstuvwx'
}
const secrets: readonly string[] = Object.values(seeded)
const environment = [seeded['the APP_KEY'], seeded['the AZURE_CLIENT_SECRET']]

/** Every way in which a text can get into the log. */
const paths: Record<string, (write: Write, secret: string) => void> = {
  'a fact': (write, secret) => write('info', 'x', { said: `before ${secret} after` }),
  'a name and a value': (write, secret) => write('info', 'x', { said: `client_secret=${secret}` }),
  'an address': (write, secret) =>
    write('info', 'x', { said: `https://x.example/?code=${encodeURIComponent(secret)}` }),
  'an error’s message': (write, secret) => write('error', 'x', { error: new Error(`It was ${secret}`) }),
  'an error’s name and code': (write, secret) =>
    write('error', 'x', { error: Object.assign(new Error('x'), { name: secret, code: secret }) }),
  'an error’s stack': (write, secret) =>
    write('error', 'x', { error: Object.assign(new Error('x'), { stack: `Error: x\n    at ${secret} (x.ts:1:1)` }) }),
  'a cause of a cause': (write, secret) =>
    write('error', 'x', { error: new Error('x', { cause: new Error('y', { cause: new Error(secret) }) }) }),
  'a cause that is no error': (write, secret) => write('error', 'x', { error: new Error('x', { cause: secret }) }),
  'one of several errors': (write, secret) =>
    write('error', 'x', { error: new AggregateError([new Error('a'), new Error(secret)], 'both') }),
  'what hangs on an error': (write, secret) =>
    write('error', 'x', { error: Object.assign(new Error('x'), { request: { body: secret } }) }),
  'something thrown that is no error': (write, secret) => write('error', 'x', { error: secret }),
  'a long text': (write, secret) => write('error', 'x', { error: new Error(`${'x '.repeat(3_990)}${secret}`) })
}

const noted = new Set<string>([seeded['a secret of the cloud file']])
for (const secret of noted) neverLogAny(secret)

function inOneRequest(work: () => void) {
  const brought = secretsIn({
    headers: {
      cookie: `a=1; mail-oauth-wizard-3000=${seeded['the cookie']}; b=2`,
      authorization: seeded['the header']
    },
    url: `/auth/callback?${new URLSearchParams({ code: seeded['the code'], state: seeded['the state'] })}`
  })
  asRequest({ requestId: 'request-1', secrets: new Set(brought) }, () => {
    neverLog(seeded['a client secret that is held'])
    work()
  })
}

/** @returns all that was written */
function written(work: (write: Write) => void, hide?: (text: string) => string): string {
  let all = ''
  const to = {
    write(line: string) {
      all += line
    }
  }
  const write = hide ? logTo(to, 'debug', environment, hide) : logTo(to, 'debug', environment)
  inOneRequest(() => work(write))
  return all
}

describe('a secret never comes out', () => {
  test.each(Object.entries(paths))('through %s', (_path, put) => {
    for (const secret of secrets) {
      const said = written(write => put(write, secret))
      expect(said.trim()).not.toBe('')
      for (const form of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
        expect(said).not.toContain(form)
    }
  })

  test('with the redaction off it would: the test above can fail', () => {
    const out = (put: (write: Write, secret: string) => void, secret: string) => {
      const said = written(
        write => put(write, secret),
        text => text
      )
      return said.includes(secret) || said.includes(encodeURIComponent(secret))
    }
    const leaks = Object.entries(paths).filter(([, put]) => secrets.every(secret => out(put, secret)))
    // Properties that hang on an error are never read, and a long text is cut.
    expect(Object.keys(paths).filter(path => !leaks.some(([leak]) => leak === path))).toEqual([
      'what hangs on an error',
      'a long text'
    ])
  })

  test('half of it does not stay where a long text is cut', () => {
    const secret = seeded['the APP_KEY']
    for (let shift = 0; shift < secret.length; shift++) {
      const text = `${'x '.repeat(4_000 - 20)}${'y'.repeat(shift)} ${secret}`
      const said = written(write => write('info', 'x', { text }))
      expect(said).not.toContain(secret.slice(0, 9))
    }
  })

  test('of one request is not known in another', () => {
    const one = { requestId: '1', secrets: new Set<string>() }
    asRequest(one, () => neverLog('only in request one'))
    expect([...one.secrets]).toEqual(['only in request one'])
    asRequest({ requestId: '2', secrets: new Set<string>() }, () => expect(servedRequest()?.secrets.size).toBe(0))
  })
})

describe('an event', () => {
  const read = (work: (write: Write) => void) =>
    written(work)
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))

  test('is one line of JSON with a time, a level, its facts, and whose request it was', () => {
    const [line] = read(write => {
      noteOfRequest({ personId: 'person-1' })
      noteOfRequest({ setupId: 'setup-1' })
      write('warn', 'microsoft answered', { status: 404, path: '/v1.0/users/{}', microsoftRequestId: undefined })
    })
    expect(line).toEqual({
      level: 'warn',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      event: 'microsoft answered',
      requestId: 'request-1',
      personId: 'person-1',
      setupId: 'setup-1',
      status: 404,
      path: '/v1.0/users/{}'
    })
  })

  test('stays one line whatever is in it', () => {
    const facts: Facts = { text: 'a\nb\r\n\u2028{"level":"info"}\u0000' }
    expect(read(write => write('info', 'x', facts))).toHaveLength(1)
  })

  test('has the stack of an error and of its causes', () => {
    const [line] = read(write => write('error', 'x', { error: new Error('a', { cause: new TypeError('b') }) }))
    expect(line.error).toMatchObject({ name: 'Error', message: 'a', causes: [{ name: 'TypeError', message: 'b' }] })
    expect(line.error.stack).toContain('log.test.ts')
  })

  test('below the level is not written', () => {
    const lines: string[] = []
    const write = logTo({ write: line => lines.push(line) }, 'warn', [])
    write('info', 'x')
    expect(lines).toEqual([])
    write('error', 'y')
    expect(lines.join()).toContain('"event":"y"')
  })
})

test('what others print becomes an event, but for an error that is told already', () => {
  const printed: string[] = []
  const taken: Printer = { log() {}, info() {}, debug() {}, warn() {}, error() {} }
  takeConsole(taken, (level, event, facts) => printed.push(`${level} ${event} ${JSON.stringify(facts)}`))
  const error = new Error('told')
  noteTold(error)
  taken.error('⨯', error)
  taken.error('⨯', new Error('untold'))
  taken.log('ready')
  expect(printed).toHaveLength(2)
  expect(printed[0]).toMatch(/^error printed .*untold/)
  expect(printed[1]).toBe('debug printed {"text":"ready"}')
})
