// Node's and the libraries' errors, told apart and put into sentences that name host and port and what to check.
import { describe, expect, test } from 'vitest'
import { Closed, explainFailure } from './unreachable.ts'

const at = { host: 'outlook.office365.com', port: 993, security: 'TLS' as const }
const withCode = (code: string, more: object = {}) => Object.assign(new Error('what Node says'), { code, ...more })

describe('an error of a connection', () => {
  test.each([
    ['ENOTFOUND', 'connection', 'The name outlook.office365.com was not found'],
    ['EAI_AGAIN', 'connection', 'The name outlook.office365.com was not found'],
    ['ECONNREFUSED', 'connection', 'firewall'],
    ['ETIMEDOUT', 'connection', 'firewall'],
    ['EHOSTUNREACH', 'connection', 'firewall'],
    ['ENETUNREACH', 'connection', 'firewall'],
    ['ECONNRESET', 'connection', 'closed the connection'],
    ['ClosedAfterConnectTLS', 'connection', 'closed the connection'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate', 'NODE_EXTRA_CA_CERTS'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate', 'virus scanner'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate', 'not trusted'],
    ['CERT_HAS_EXPIRED', 'certificate', 'has expired'],
    ['CERT_NOT_YET_VALID', 'certificate', 'not valid yet'],
    ['CERT_REVOKED', 'certificate', 'not trusted'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate', 'another name'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'tls', 'TLS 1.2'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls', 'TLS 1.2'],
    ['EPROTO', 'tls', 'TLS 1.2'],
    ['STARTTLS_INJECTION', 'tls', 'TLS 1.2'],
    ['UPGRADE_TIMEOUT', 'time', 'within 10 seconds']
  ])('%s is one of the kind %s', (code, why, says) => {
    const result = explainFailure(withCode(code), at)
    expect(result).toMatchObject({ kind: 'unreachable', why })
    expect(result?.says).toContain(says)
    expect(result?.says).toContain('outlook.office365.com')
    expect(result?.says).toMatch(/port 993/)
    expect(result?.says).toMatch(/\.$/)
  })

  test('is known by Node’s code where a library put its own beside it', () => {
    expect(explainFailure(withCode('ESOCKET', { originalCode: 'CERT_HAS_EXPIRED' }), at)?.why).toBe('certificate')
  })

  test('is also that the server closed too early', () => {
    expect(explainFailure(new Closed(), at)?.why).toBe('connection')
  })

  test('is nothing else: a bug stays a bug', () => {
    expect(explainFailure(new TypeError('x is undefined'), at)).toBeUndefined()
    expect(explainFailure('a text', at)).toBeUndefined()
  })
})
