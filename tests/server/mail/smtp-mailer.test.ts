import { createServer, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { createSmtpMailer } from '../../../src/server/mail/smtp-mailer.ts'
import { makeCertificate, startSmtp } from './smtp.ts'

const mail = {
  to: 'hr@stord.example',
  subject: 'Invitasjon til Kompetanseløft – æøå',
  text: 'Hei!\n\nÅpne lenken:\nhttps://loft.example/inn/abc\n.\nEin prikk åleine.\n',
}
const refusing = (code: number) => Object.assign(new Error('no such box'), { responseCode: code })

test('a mail arrives as it was written, from whom the settings say', async () => {
  const smtp = await startSmtp()
  expect(await createSmtpMailer(smtp.settings).send(mail)).toBe('sent')
  const [got] = smtp.mails
  expect(got?.subject).toBe(mail.subject)
  expect(got?.text).toBe(mail.text)
  expect(got?.from?.value).toEqual([{ name: 'Løft', address: 'loft@kommune.example' }])
  expect(got?.to).toMatchObject({ value: [{ address: 'hr@stord.example' }] })
  expect(got?.headers.get('auto-submitted')).toBe('auto-generated')
})

test.for([
  'a@stord.example\r\nBcc: b@evil.example',
  'a@stord.example, b@evil.example',
  'a@stord.example b@evil.example',
  'HR <hr@stord.example>',
  '<hr@stord.example>',
  '"a\r\nRCPT TO:<b@evil.example>"@stord.example',
  'stord.example',
  '',
])('nothing goes to %j', async (to) => {
  const smtp = await startSmtp()
  expect(await createSmtpMailer(smtp.settings).send({ ...mail, to })).toBe('rejected')
  expect(smtp.mails).toEqual([])
})

test('a line end in the subject begins no header', async () => {
  const smtp = await startSmtp()
  const subject = 'Hei\r\nBcc: b@evil.example\u2028Reply-To: c@evil.example'
  expect(await createSmtpMailer(smtp.settings).send({ ...mail, subject })).toBe('sent')
  expect(smtp.mails[0]?.bcc).toBeUndefined()
  expect(smtp.mails[0]?.replyTo).toBeUndefined()
  expect(smtp.mails[0]?.subject).toBe('Hei Bcc: b@evil.example Reply-To: c@evil.example')
})

test('beyond this machine a mail goes over TLS or not at all', async () => {
  const certificate = makeCertificate()
  const open = await startSmtp()
  expect(await createSmtpMailer(open.settings, { plain: false }).send(mail)).toBe('unreachable')
  expect(open.mails).toEqual([])

  const locked = await startSmtp(certificate)
  const tls = { ca: certificate.cert }
  expect(await createSmtpMailer(locked.settings, { plain: false, tls }).send(mail)).toBe('sent')
  expect(locked.secure).toEqual([true])
})

test('a mail server whose certificate nobody vouches for gets neither mail nor password', async () => {
  const asked: unknown[] = []
  const smtp = await startSmtp(
    {
      ...makeCertificate(),
      onAuth: (auth, _session, done) => done(asked.push(auth) ? null : null),
    },
    { user: { name: 'loft', password: 'secret' } },
  )
  expect(await createSmtpMailer(smtp.settings, { plain: false }).send(mail)).toBe('unreachable')
  expect(smtp.mails).toEqual([])
  expect(asked).toEqual([])
})

test('on this machine a relay with a certificate of its own is used, over TLS', async () => {
  const smtp = await startSmtp(makeCertificate())
  expect(await createSmtpMailer(smtp.settings).send(mail)).toBe('sent')
  expect(smtp.secure).toEqual([true])
})

test('smtps:// is TLS from the first byte', async () => {
  const smtp = await startSmtp({ ...makeCertificate(), secure: true }, { secure: true })
  expect(await createSmtpMailer(smtp.settings).send(mail)).toBe('sent')
})

test.for([
  ['secret', 'sent'],
  ['wrong', 'unreachable'],
] as const)('with the password %s a mail is %s', async ([password, outcome]) => {
  const smtp = await startSmtp(
    {
      ...makeCertificate(),
      authOptional: false,
      onAuth: ({ username, password: given }, _session, done) =>
        username === 'loft' && given === 'secret'
          ? done(null, { user: username })
          : done(new Error('no')),
    },
    { user: { name: 'loft', password } },
  )
  expect(await createSmtpMailer(smtp.settings).send(mail)).toBe(outcome)
  expect(smtp.mails).toHaveLength(outcome === 'sent' ? 1 : 0)
})

test.for([
  [550, 'rejected'],
  [450, 'later'],
] as const)('a recipient refused with %i is %s', async ([code, outcome]) => {
  const smtp = await startSmtp({ onRcptTo: (_to, _session, done) => done(refusing(code)) })
  expect(await createSmtpMailer(smtp.settings).send(mail)).toBe(outcome)
})

test.for([
  [554, 'rejected'],
  [451, 'later'],
] as const)('a letter refused with %i is %s', async ([code, outcome]) => {
  const smtp = await startSmtp({
    onData: (stream, _session, done) => {
      stream.resume()
      stream.on('end', () => done(refusing(code)))
    },
  })
  expect(await createSmtpMailer(smtp.settings).send(mail)).toBe(outcome)
})

test('a sender that the server refuses is no fault of the recipient', async () => {
  const smtp = await startSmtp({ onMailFrom: (_from, _session, done) => done(refusing(550)) })
  expect(await createSmtpMailer(smtp.settings).send(mail)).toBe('unreachable')
})

test('a server that is down is unreachable, and one that comes back is used', async () => {
  const smtp = await startSmtp()
  const mailer = createSmtpMailer(smtp.settings)
  await smtp.stop()
  expect(await mailer.send(mail)).toBe('unreachable')
  const back = await startSmtp({}, {}, smtp.settings.port)
  expect(await mailer.send(mail)).toBe('sent')
  expect(back.mails).toHaveLength(1)
})

/** Takes every connection and does this with it. */
const startListener = async (greet: (socket: Socket) => void): Promise<number> => {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    greet(socket)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((done) => server.close(done))
  })
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

test('a server that says nothing is given up', async () => {
  const { settings } = await startSmtp({}, { port: await startListener(() => undefined) })
  const mailer = createSmtpMailer(settings, { patience: { connect: 50 } })
  expect(await mailer.send(mail)).toBe('unreachable')
})

test('a server that never stops greeting is given up too', async () => {
  const port = await startListener((socket) => {
    const timer = setInterval(() => socket.write('220-wait\r\n'), 5)
    socket.on('close', () => clearInterval(timer))
  })
  const { settings } = await startSmtp({}, { port })
  const mailer = createSmtpMailer(settings, { patience: { whole: 100 } })
  expect(await mailer.send(mail)).toBe('unreachable')
})
