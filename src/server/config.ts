import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import * as v from 'valibot'
import { isLoopback } from './loopback.ts'
import { type MailSettings, readMailSettings } from './mail/settings.ts'
import { type ProviderSettings, readOidcSettings } from './oidc/settings.ts'

export interface Config {
  port: number
  host: string
  dataDir: string
  /** Folder of the packages to publish; null = the one beside the program. */
  contentDir: string | null
  /** Of PostgreSQL, with a password maybe: never to be shown. null = SQLite in the data folder. */
  databaseUrl: string | null
  publicUrl: URL | null
  /** Demonstration people and their fixed sign-in codes exist. */
  demo: boolean
  /** null = there is no mail server. */
  mail: MailSettings | null
  /** By which people may sign in with their own login. */
  providers: readonly ProviderSettings[]
}

const isFolder = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() === true

const optionalText = v.optional(v.pipe(v.string(), v.trim()), '')
const settings = v.object({
  PORT: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d+$/, 'a port number, 0–65535'),
      v.transform(Number),
      v.maxValue(65535, 'a port number, 0–65535'),
    ),
    '3000',
  ),
  HOST: v.optional(v.pipe(v.string(), v.nonEmpty('a host name or address')), '127.0.0.1'),
  LOFT_DATA_DIR: v.optional(v.pipe(v.string(), v.nonEmpty('a folder')), 'data'),
  LOFT_CONTENT_DIR: v.pipe(
    optionalText,
    v.check((folder) => folder === '' || isFolder(folder), 'a folder that is there'),
  ),
  LOFT_DATABASE_URL: v.pipe(
    optionalText,
    v.check(
      (text) => text === '' || (/^postgres(ql)?:\/\//.test(text) && URL.canParse(text)),
      'a postgres:// address',
    ),
  ),
  LOFT_PUBLIC_URL: v.pipe(
    optionalText,
    v.check(
      (text) => text === '' || /^https?:$/.test(URL.parse(text)?.protocol ?? ''),
      'a http(s) address',
    ),
  ),
  LOFT_DEMO: v.pipe(optionalText, v.picklist(['', '0', '1'], '0 or 1')),
})

/** Reads all settings from the environment; every mistake at once. */
export const readConfig = (
  env: Record<string, string | undefined>,
): { ok: true; config: Config } | { ok: false; mistakes: string[] } => {
  const read = v.safeParse(settings, env)
  const mail = readMailSettings(env)
  const oidc = readOidcSettings(env)
  if (!read.success || !mail.ok || !oidc.ok) {
    const own = read.success
      ? []
      : read.issues.map((issue) => `${v.getDotPath(issue)}: ${issue.message}`)
    const others = [mail, oidc].flatMap((one) => (one.ok ? [] : one.mistakes))
    return { ok: false, mistakes: [...own, ...others] }
  }
  const { PORT, HOST, LOFT_DATA_DIR, LOFT_CONTENT_DIR, LOFT_DATABASE_URL } = read.output
  const { LOFT_PUBLIC_URL, LOFT_DEMO } = read.output
  const databaseUrl = LOFT_DATABASE_URL === '' ? null : LOFT_DATABASE_URL
  const publicUrl = LOFT_PUBLIC_URL === '' ? null : new URL(LOFT_PUBLIC_URL)
  const isForOneMachine = isLoopback(HOST) && publicUrl === null && databaseUrl === null
  return {
    ok: true,
    config: {
      port: PORT,
      host: HOST,
      dataDir: resolve(LOFT_DATA_DIR),
      contentDir: LOFT_CONTENT_DIR === '' ? null : resolve(LOFT_CONTENT_DIR),
      databaseUrl,
      publicUrl,
      demo: LOFT_DEMO === '1' || (LOFT_DEMO === '' && isForOneMachine),
      mail: mail.settings,
      providers: oidc.providers,
    },
  }
}
