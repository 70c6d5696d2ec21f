// What the environment is read as, and what is refused before anything is started.
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSettings, requireSomebody } from './settings.mjs'

const key = 'k'.repeat(43)
const hosted = {
  BASE_URL: 'https://wizard.example.com',
  APP_KEY: key,
  AZURE_CLIENT_ID: 'an-app',
  AZURE_TENANT_ID: 'a-tenant'
}
const read = (env: Record<string, string>) => readSettings(env, '/clone')

describe('the settings', () => {
  it('are a wizard on this machine alone when nothing is set', () => {
    expect(read({})).toEqual({
      host: '127.0.0.1',
      port: 3000,
      baseUrl: 'http://localhost:3000',
      hosted: false,
      dataFolder: resolve('/clone/.data'),
      databaseUrl: undefined,
      appKey: undefined,
      practice: true,
      cloudFile: undefined,
      certificates: undefined
    })
  })

  it('take an empty variable as one that is not set', () => {
    expect(read({ PORT: '', HOST: '', BASE_URL: '', APP_KEY: '', DATABASE_URL: '', PRACTICE_TENANT: '' })).toEqual(
      read({})
    )
  })

  it('read relative paths from the clone', () => {
    expect(read({ DATA_DIR: 'my data', CUSTOM_CLOUD_FILE: 'clouds.json' })).toMatchObject({
      dataFolder: resolve('/clone/my data'),
      cloudFile: resolve('/clone/clouds.json')
    })
  })

  it('drop the slash at the end of BASE_URL', () => {
    expect(read({ ...hosted, BASE_URL: 'https://wizard.example.com/' }).baseUrl).toBe('https://wizard.example.com')
  })

  it.each([
    ['BASE_URL is public', hosted, true],
    ['HOST is every address', { ...hosted, HOST: '0.0.0.0', BASE_URL: 'http://localhost:3000' }, true],
    ['HOST is one of the network', { ...hosted, HOST: '192.0.2.7' }, true],
    ['HOST is ::1', { HOST: '::1' }, false],
    ['BASE_URL is [::1]', { BASE_URL: 'http://[::1]:3000' }, false],
    ['BASE_URL only looks like loopback', { ...hosted, BASE_URL: 'https://localhost.example.com' }, true]
  ])('say whether it is hosted, and then never practise: %s', (_case, env, expected) => {
    expect(read(env)).toMatchObject({ hosted: expected, practice: !expected })
  })
})

describe('is refused:', () => {
  it.each([
    ['a port that is no number', { PORT: 'web' }, 'PORT is web'],
    ['a port beyond the last', { PORT: '65536' }, 'PORT is 65536'],
    ['a path in BASE_URL', { ...hosted, BASE_URL: 'https://example.com/wizard' }, 'end after the host name'],
    ['a BASE_URL that is no address', { BASE_URL: 'wizard' }, 'whole address'],
    ['a BASE_URL that is no web address', { BASE_URL: 'file:///wizard' }, 'whole address'],
    ['plain http for other people', { ...hosted, BASE_URL: 'http://wizard.example.com' }, 'https://'],
    ['hosting without a key', { BASE_URL: hosted.BASE_URL, AZURE_CLIENT_ID: 'an-app' }, 'set APP_KEY'],
    ['a key that is too short', { APP_KEY: 'secret' }, 'too short'],
    ['hosting without an application', { BASE_URL: hosted.BASE_URL, APP_KEY: key }, 'AZURE_CLIENT_ID'],
    ['hosting where nobody may sign in', { ...hosted, AZURE_TENANT_ID: '' }, 'set AZURE_TENANT_ID'],
    ['hosting for a list of nobody', { ...hosted, AZURE_TENANT_ID: ' ', ALLOWED_TENANTS: ' , ' }, 'ALLOWED_TENANTS'],
    ['a database that is no PostgreSQL', { DATABASE_URL: 'mysql://x' }, 'postgresql://'],
    ['a switch that is neither on nor off', { PRACTICE_TENANT: 'no' }, 'on or off'],
    ['a level of the log that is none', { LOG_LEVEL: 'loud' }, 'LOG_LEVEL is loud']
  ])('%s', (_case, env, says) => {
    expect(() => read(env)).toThrow(says)
  })

  it('without repeating a key or a password', () => {
    expect(() => read({ APP_KEY: 'hush' })).not.toThrow('hush')
    expect(() => read({ DATABASE_URL: 'mysql://u:hush@h' })).not.toThrow('hush')
  })
})

describe('hosted, people of some tenant may sign in', () => {
  const application = { name: 'airgap', clientId: 'an-app' }
  const nobody = 'says nowhere whose people may sign in'

  it.each([
    ['AZURE_TENANT_ID', { AZURE_CLIENT_ID: 'an-app', AZURE_TENANT_ID: 'a-tenant' }, []],
    ['ALLOWED_TENANTS', { ALLOWED_TENANTS: 'contoso.com' }, [application]],
    ['tenantId of one cloud', {}, [application, { ...application, tenantId: 'a-tenant' }]]
  ])('by %s', (_by, env, clouds) => {
    expect(() => requireSomebody(env, clouds)).not.toThrow()
  })

  it.each([
    ['no application names a tenant', { AZURE_CLIENT_ID: 'an-app' }, [application], nobody],
    ['only a tenant without an application is named', {}, [application, { tenantId: 'a-tenant' }], nobody],
    [
      'the file’s own global cloud takes the place of the one that names it',
      { AZURE_CLIENT_ID: 'an-app', AZURE_TENANT_ID: 'a-tenant' },
      [{ ...application, name: 'global' }],
      nobody
    ],
    ['there is no application at all', { ALLOWED_TENANTS: 'contoso.com' }, [{ name: 'airgap' }], 'set AZURE_CLIENT_ID']
  ])('or it is refused: %s', (_case, env, clouds, says) => {
    expect(() => requireSomebody(env, clouds)).toThrow(says)
  })
})
