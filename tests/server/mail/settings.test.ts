import { expect, test } from 'vitest'
import { readMailSettings, staysHere } from '../../../src/server/mail/settings.ts'

const from = 'Løft Vestland <loft@kommune.example>'

test('without a mail server there is none, and no mistake', () => {
  expect(readMailSettings({})).toEqual({ ok: true, settings: null })
  expect(readMailSettings({ LOFT_SMTP_URL: ' ', LOFT_MAIL_FROM: from })).toEqual({
    ok: true,
    settings: null,
  })
})

test('an address holds the server, its port, and who we are to it', () => {
  const url = 'smtp://loft%40kommune:p%2Fw%25@mail.kommune.example'
  expect(readMailSettings({ LOFT_SMTP_URL: url, LOFT_MAIL_FROM: from })).toEqual({
    ok: true,
    settings: {
      host: 'mail.kommune.example',
      port: 587,
      secure: false,
      user: { name: 'loft@kommune', password: 'p/w%' },
      from: { name: 'Løft Vestland', address: 'loft@kommune.example' },
    },
  })
})

test.for([
  ['smtps://mail.example', 465, true, 'mail.example'],
  ['smtp://localhost:25', 25, false, 'localhost'],
  ['smtp://[::1]:2525', 2525, false, '::1'],
] as const)('%s is port %i', ([LOFT_SMTP_URL, port, secure, host]) => {
  const env = { LOFT_SMTP_URL, LOFT_MAIL_FROM: 'loft@kommune.example' }
  expect(readMailSettings(env)).toMatchObject({
    settings: { host, port, secure, user: null, from: { name: 'Løft' } },
  })
})

test('only this machine gets letters unencrypted', () => {
  expect(['localhost', '127.0.0.1', '::1'].every((host) => staysHere({ host }))).toBe(true)
  expect(['mail.example', '10.0.0.1', '127.evil.example'].some((host) => staysHere({ host }))).toBe(
    false,
  )
})

test.for([
  [{ LOFT_SMTP_URL: 'https://loft:hemmeleg@mail.example', LOFT_MAIL_FROM: from }, 'LOFT_SMTP_URL'],
  [{ LOFT_SMTP_URL: 'smtp://loft:hemmeleg%@mail.example', LOFT_MAIL_FROM: from }, 'LOFT_SMTP_URL'],
  [{ LOFT_SMTP_URL: 'hemmeleg', LOFT_MAIL_FROM: from }, 'LOFT_SMTP_URL'],
  [{ LOFT_SMTP_URL: 'smtp://loft:hemmeleg@mail.example' }, 'LOFT_MAIL_FROM'],
  [{ LOFT_SMTP_URL: 'smtp://mail.example', LOFT_MAIL_FROM: 'hemmeleg' }, 'LOFT_MAIL_FROM'],
  [
    { LOFT_SMTP_URL: 'smtp://mail.example', LOFT_MAIL_FROM: 'a@b.example, c@d.example' },
    'LOFT_MAIL_FROM',
  ],
] as const)('a mistake is told without the password: %j', ([env, name]) => {
  const read = readMailSettings(env)
  expect(read).toMatchObject({ ok: false, mistakes: [expect.stringContaining(`${name}: `)] })
  expect(JSON.stringify(read)).not.toContain('hemmeleg')
})
