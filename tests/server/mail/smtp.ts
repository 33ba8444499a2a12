import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { onTestFinished } from 'vitest'
import type { MailSettings } from '../../../src/server/mail/settings.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

export interface TestSmtp {
  settings: MailSettings
  /** What has arrived. */
  mails: ParsedMail[]
  raw: string[]
  /** Whether each came over TLS. */
  secure: boolean[]
  stop(): Promise<void>
}

/** A mail server on this machine with a real socket. */
export const startSmtp = async (
  options: SMTPServerOptions = {},
  change: Partial<MailSettings> = {},
  port = 0,
): Promise<TestSmtp> => {
  const [mails, raw, secure]: [ParsedMail[], string[], boolean[]] = [[], [], []]
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: options.key ? [] : ['STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', async () => {
        const bytes = Buffer.concat(chunks)
        raw.push(bytes.toString('latin1'))
        secure.push(session.secure)
        mails.push(await simpleParser(bytes))
        done()
      })
    },
    ...options,
  })
  server.on('error', () => undefined) // what a client broke off
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
  const stop = () => new Promise<void>((done) => server.close(() => done()))
  onTestFinished(stop)
  const { port: given } = server.server.address() as AddressInfo
  return {
    settings: {
      host: '127.0.0.1',
      port: given,
      secure: false,
      user: null,
      from: { name: 'Løft', address: 'loft@kommune.example' },
      ...change,
    },
    mails,
    raw,
    secure,
    stop,
  }
}

/** For 127.0.0.1, signed by itself. */
export const makeCertificate = (): { key: string; cert: string } => {
  const folder = temporaryFolder()
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const what = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
  const who = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
  execFileSync('openssl', ['req', '-x509', ...what, ...who, '-keyout', key, '-out', cert], {
    stdio: 'ignore',
  })
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
}
