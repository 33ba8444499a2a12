import type { ConnectionOptions } from 'node:tls'
import { createTransport } from 'nodemailer'
import { mailAddress, oneLine } from './address.ts'
import type { Mailer, MailOutcome } from './mailer.ts'
import { type MailSettings, staysHere } from './settings.ts'

/** How long the mail server may take, in ms. `whole` is the end of it, however busy it looks. */
export interface MailPatience {
  connect: number
  silence: number
  whole: number
}
const patience: MailPatience = { connect: 10_000, silence: 20_000, whole: 60_000 }

export interface SmtpOptions {
  patience?: Partial<MailPatience>
  /** Letters may cross the wire unencrypted; by default on this machine alone. */
  plain?: boolean
  tls?: ConnectionOptions
}

/** One connection a mail: a queue of some hundred a year needs no more. */
export const createSmtpMailer = (
  settings: MailSettings,
  { plain = staysHere(settings), tls = {}, ...options }: SmtpOptions = {},
): Mailer => {
  const { connect, silence, whole } = { ...patience, ...options.patience }
  const { host, port, secure, user, from } = settings
  const transport = createTransport({
    host,
    port,
    secure,
    requireTLS: !secure && !plain,
    // On the machine itself nobody stands between, and a relay there has a certificate that it made itself.
    tls: { ...(plain ? { rejectUnauthorized: false } : {}), ...tls },
    ...(user ? { auth: { user: user.name, pass: user.password } } : {}),
    connectionTimeout: connect,
    greetingTimeout: connect,
    dnsTimeout: connect,
    socketTimeout: silence,
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false,
  })
  return {
    send: async ({ to, subject, text }) => {
      const address = mailAddress(to)
      if (address === null) return 'rejected'
      const sending = transport
        .sendMail({
          from,
          to: { name: '', address },
          subject: oneLine(subject),
          text,
          // Mail that a machine wrote: no "out of office" comes back.
          headers: { 'Auto-Submitted': 'auto-generated' },
        })
        .then(() => 'sent' as const, outcomeOf)
      return withDeadline(sending, whole)
    },
  }
}

/** A server that says a letter a second is never silent. */
const withDeadline = async (sending: Promise<MailOutcome>, ms: number): Promise<MailOutcome> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<MailOutcome>((resolve) => {
    timer = setTimeout(() => resolve('unreachable'), ms)
  })
  const outcome = await Promise.race([sending, late])
  clearTimeout(timer)
  return outcome
}

/** Only what is said of the recipient or the letter is final: a refused sender or password is a setting to be mended. */
const outcomeOf = (error: unknown): MailOutcome => {
  const { code, command, responseCode } = error as {
    code?: string
    command?: string
    responseCode?: number
  }
  const isOfThisMail = code === 'EMESSAGE' || (code === 'EENVELOPE' && command !== 'MAIL FROM')
  if (!isOfThisMail) return 'unreachable'
  return responseCode !== undefined && responseCode >= 500 ? 'rejected' : 'later'
}
