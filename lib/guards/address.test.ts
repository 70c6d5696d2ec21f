// From which address a request comes, whatever it says of itself.
import { describe, expect, test } from 'vitest'
import { addressOf } from './address.ts'

describe('the address of a request', () => {
  test.each([
    ['is the socket’s, whatever the header says', '192.0.2.7', '203.0.113.9, 198.51.100.1', 0, '192.0.2.7'],
    ['is what the one proxy heard', '10.0.0.1', '203.0.113.9', 1, '203.0.113.9'],
    ['is what the proxy heard, not what was sent to it', '10.0.0.1', '1.1.1.1, 203.0.113.9', 1, '203.0.113.9'],
    ['is what the first of two proxies heard', '10.0.0.2', '1.1.1.1, 203.0.113.9, 10.0.0.1', 2, '203.0.113.9'],
    ['is the first that was heard where there were fewer', '10.0.0.2', '203.0.113.9', 3, '203.0.113.9'],
    ['is the socket’s where no proxy said anything', '192.0.2.7', undefined, 1, '192.0.2.7'],
    ['has no port', '10.0.0.1', '203.0.113.9:5023', 1, '203.0.113.9'],
    ['is the same written as IPv6', '::ffff:192.0.2.7', undefined, 0, '192.0.2.7'],
    ['counts a whole /64 of IPv6 as one', '2001:db8:1:2:aaaa:bbbb:cccc:dddd', undefined, 0, '2001:db8:1:2'],
    ['is the same network however it is written', '2001:0db8:1:2::1', undefined, 0, '2001:db8:1:2'],
    ['may stand in brackets with a port', '10.0.0.1', '[2001:db8::1]:443', 1, '2001:db8:0:0'],
    ['may be missing', undefined, undefined, 0, 'unknown']
  ])('%s', (_says, socket, forwarded, proxies, expected) => {
    expect(addressOf(socket, forwarded, proxies)).toBe(expected)
  })

  test('is never longer than an address, so that no header fills the memory', () => {
    expect(addressOf('10.0.0.1', 'x'.repeat(10_000), 1).length).toBeLessThanOrEqual(64)
  })
})
