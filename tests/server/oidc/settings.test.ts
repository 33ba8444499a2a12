import { expect, test } from 'vitest'
import { readOidcSettings } from '../../../src/server/oidc/settings.ts'

const entra = {
  LOFT_OIDC_ENTRA_ISSUER: 'https://login.example/tenant/v2.0',
  LOFT_OIDC_ENTRA_CLIENT_ID: 'loft',
  LOFT_OIDC_ENTRA_CLIENT_SECRET: 'hemmeleg',
}

test('without settings there are no providers', () => {
  expect(readOidcSettings({ PORT: '1', LOFT_OIDC_ENTRA_ISSUER: '' })).toEqual({
    ok: true,
    providers: [],
  })
})

test('providers are named by their settings', () => {
  const read = readOidcSettings({
    ...entra,
    LOFT_OIDC_ANSATTPORTEN_ISSUER: 'https://ansattporten.example',
    LOFT_OIDC_ANSATTPORTEN_CLIENT_ID: 'loft',
    LOFT_OIDC_ANSATTPORTEN_CLIENT_SECRET: 's',
    LOFT_OIDC_ANSATTPORTEN_SCOPE: 'openid profile',
    LOFT_OIDC_ANSATTPORTEN_LABEL: 'Ansattporten',
  })
  expect(read).toMatchObject({
    ok: true,
    providers: [
      { id: 'ansattporten', label: 'Ansattporten', scope: 'openid profile' },
      { id: 'entra', label: 'Entra', scope: 'openid', clientId: 'loft', clientSecret: 'hemmeleg' },
    ],
  })
})

test.for(['http://127.0.0.1:4000', 'http://localhost:4000', 'http://[::1]:4000'])(
  '%s is a provider on this machine',
  (LOFT_OIDC_ENTRA_ISSUER) => {
    expect(readOidcSettings({ ...entra, LOFT_OIDC_ENTRA_ISSUER }).ok).toBe(true)
  },
)

test.for([
  [{ LOFT_OIDC_ENTRA_ISSUER: 'http://login.example' }, 'LOFT_OIDC_ENTRA_ISSUER'],
  [{ LOFT_OIDC_ENTRA_ISSUER: 'https://a:hemmeleg@login.example' }, 'LOFT_OIDC_ENTRA_ISSUER'],
  [{ LOFT_OIDC_ENTRA_ISSUER: 'https://login.example/?a=b' }, 'LOFT_OIDC_ENTRA_ISSUER'],
  [{ LOFT_OIDC_ENTRA_ISSUER: 'entra' }, 'LOFT_OIDC_ENTRA_ISSUER'],
  [{ LOFT_OIDC_ENTRA_ISSUER: undefined }, 'LOFT_OIDC_ENTRA_ISSUER'],
  [{ LOFT_OIDC_ENTRA_CLIENT_ID: ' ' }, 'LOFT_OIDC_ENTRA_CLIENT_ID'],
  [{ LOFT_OIDC_ENTRA_CLIENT_SECRET: '' }, 'LOFT_OIDC_ENTRA_CLIENT_SECRET'],
  [{ LOFT_OIDC_ENTRA_SCOPE: 'profile' }, 'LOFT_OIDC_ENTRA_SCOPE'],
  [{ LOFT_OIDC_ENTRA_CLIENTID: 'x' }, 'LOFT_OIDC_ENTRA_CLIENTID'],
  [{ LOFT_OIDC_MY_ENTRA_ISSUER: 'https://login.example' }, 'LOFT_OIDC_MY_ENTRA_ISSUER'],
] as const)('a mistake is told by its name, without the secret: %j', ([change, name]) => {
  const read = readOidcSettings({ ...entra, ...change })
  expect(read).toMatchObject({ ok: false, mistakes: [expect.stringMatching(`^${name}: `)] })
  expect(JSON.stringify(read)).not.toContain('hemmeleg')
})
