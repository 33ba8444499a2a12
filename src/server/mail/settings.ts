import * as v from 'valibot'
import { isLoopback } from '../loopback.ts'
import { mailAddress, oneLine } from './address.ts'

/** `password` is never to be shown. */
export interface MailSettings {
  host: string
  port: number
  /** TLS from the first byte; else STARTTLS. */
  secure: boolean
  user: { name: string; password: string } | null
  from: { name: string; address: string }
}

const optionalText = v.optional(v.pipe(v.string(), v.trim()), '')

/** What config.ts reads of the environment. Messages name what is expected, never what was given. */
export const mailSettingsSchema = v.object({
  LOFT_SMTP_URL: v.pipe(
    optionalText,
    v.check((text) => text === '' || serverOf(text) !== null, 'a smtp:// or smtps:// address'),
  ),
  LOFT_MAIL_FROM: v.pipe(
    optionalText,
    v.check(
      (text) => text === '' || senderOf(text) !== null,
      'an address, such as Løft <loft@kommune.example>',
    ),
  ),
})

/** null = there is no mail server. Mail without a sender is a mistake. */
export const readMailSettings = (
  env: Record<string, string | undefined>,
): { ok: true; settings: MailSettings | null } | { ok: false; mistakes: string[] } => {
  const read = v.safeParse(mailSettingsSchema, env)
  if (!read.success) {
    const mistakes = read.issues.map((issue) => `${v.getDotPath(issue)}: ${issue.message}`)
    return { ok: false, mistakes }
  }
  const server = serverOf(read.output.LOFT_SMTP_URL)
  if (!server) return { ok: true, settings: null }
  const from = senderOf(read.output.LOFT_MAIL_FROM)
  if (!from) return { ok: false, mistakes: ['LOFT_MAIL_FROM: whom mails come from'] }
  return { ok: true, settings: { ...server, from } }
}

/** May letters go there unencrypted? Only when they do not leave the machine. */
export const staysHere = ({ host }: Pick<MailSettings, 'host'>): boolean => isLoopback(host)

const serverOf = (text: string): Omit<MailSettings, 'from'> | null => {
  const url = URL.parse(text)
  if (!url || !/^smtps?:$/.test(url.protocol) || url.hostname === '') return null
  const secure = url.protocol === 'smtps:'
  const [name, password] = [decoded(url.username), decoded(url.password)]
  if (name === null || password === null) return null
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    user: name === '' ? null : { name, password },
  }
}

/** null where a % stands for nothing. */
const decoded = (text: string): string | null => {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

const senderOf = (text: string): MailSettings['from'] | null => {
  const [, name = '', inside] = /^([^<>]*)<([^<>]+)>$/.exec(text) ?? []
  const address = mailAddress(inside ?? text)
  return address === null ? null : { name: oneLine(name) || 'Løft', address }
}
