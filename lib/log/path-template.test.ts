// The log knows which kind of thing was asked for, and never which one.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pathTemplateOf } from './path-template.ts'

const id = '3f2504e0-4f89-41d3-9a0c-0305e82c3301'

test.each([
  [`/v1.0/applications/${id}/addPassword`, '/v1.0/applications/{}/addPassword'],
  [`/v1.0/applications(uniqueName='mail-oauth-wizard-${id}')`, "/v1.0/applications(uniqueName='{}')"],
  [`/v1.0/servicePrincipals(appId=%27${id}%27)?$select=id`, "/v1.0/servicePrincipals(appId='{}')"],
  ['/v1.0/users/ada@contoso.example', '/v1.0/users/{}'],
  ['/v1.0/users/ada%40contoso.example?$search=%22displayName:ada%22', '/v1.0/users/{}'],
  [`/${id}/oauth2/v2.0/token`, '/{}/oauth2/v2.0/token'],
  ['/contoso.example/v2.0/.well-known/openid-configuration', '/{}/v2.0/.well-known/openid-configuration'],
  ['/contoso/v2.0/.well-known/openid-configuration', '/{}/v2.0/.well-known/openid-configuration'],
  ['/organizations/oauth2/v2.0/authorize?code=1', '/organizations/oauth2/v2.0/authorize'],
  ['/v1.0/%E0%A4%A', '/v1.0/{}']
])('%s is written as %s', (path, template) => {
  expect(pathTemplateOf(`https://graph.example${path}`)).toBe(template)
})

test('no address, ID or query ever stands in it', () => {
  const part = fc.oneof(fc.emailAddress(), fc.uuid(), fc.webQueryParameters(), fc.string({ unit: 'binary' }))
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), parts => {
      const template = pathTemplateOf(`https://graph.example/v1.0/users/${parts.map(encodeURI_).join('/')}?q=${id}`)
      expect(template).not.toMatch(/[@?%\d](?<!v1)(?<!v1\.0)/)
    })
  )
})

function encodeURI_(text: string): string {
  return encodeURIComponent(text.toString().replace(/[\uD800-\uDFFF]/g, ''))
}
