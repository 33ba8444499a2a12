import * as v from 'valibot'
import { isLoopback } from '../loopback.ts'

/** An OpenID Connect provider. `clientSecret` is never to be shown. */
export interface ProviderSettings {
  /** The name in the settings in small letters: it stands in addresses. */
  id: string
  /** What the button says. */
  label: string
  issuer: URL
  clientId: string
  clientSecret: string
  scope: string
}

const text = v.pipe(v.string(), v.trim(), v.nonEmpty())
const providerSchema = v.object({
  ISSUER: v.pipe(
    text,
    v.check(isIssuer, 'an https:// address, or http:// on this machine'),
    v.transform((url) => new URL(url)),
  ),
  CLIENT_ID: text,
  CLIENT_SECRET: text,
  SCOPE: v.optional(
    v.pipe(
      text,
      v.check((scope) => scope.split(/\s+/).includes('openid'), 'has openid in it'),
    ),
    'openid',
  ),
  LABEL: v.optional(v.pipe(text, v.maxLength(40))),
})
const parts = Object.keys(providerSchema.entries).join('|')
const setting = new RegExp(`^LOFT_OIDC_([A-Z0-9]{1,20})_(${parts})$`)

/** `LOFT_OIDC_<NAME>_ISSUER` and its like, in the order of their names; every mistake at once. */
export const readOidcSettings = (
  env: Record<string, string | undefined>,
): { ok: true; providers: ProviderSettings[] } | { ok: false; mistakes: string[] } => {
  const given = new Map<string, Record<string, string>>()
  const mistakes: string[] = []
  for (const [key, value] of Object.entries(env)) {
    if (!key.startsWith('LOFT_OIDC_') || value === undefined || value.trim() === '') continue
    const [, name, part] = setting.exec(key) ?? []
    if (name === undefined || part === undefined) mistakes.push(`${key}: there is no such setting`)
    else given.set(name, { ...given.get(name), [part]: value })
  }
  const providers = [...given].sort().flatMap(([name, values]): ProviderSettings[] => {
    const read = v.safeParse(providerSchema, values)
    if (!read.success) {
      for (const issue of read.issues) {
        const what = issue.type === 'check' ? issue.message : 'is missing, or no text of this kind'
        mistakes.push(`LOFT_OIDC_${name}_${v.getDotPath(issue)}: ${what}`)
      }
      return []
    }
    const { ISSUER, CLIENT_ID, CLIENT_SECRET, SCOPE, LABEL } = read.output
    return [
      {
        id: name.toLowerCase(),
        label: LABEL ?? name.charAt(0) + name.slice(1).toLowerCase(),
        issuer: ISSUER,
        clientId: CLIENT_ID,
        clientSecret: CLIENT_SECRET,
        scope: SCOPE,
      },
    ]
  })
  return mistakes.length > 0 ? { ok: false, mistakes } : { ok: true, providers }
}

function isIssuer(address: string): boolean {
  const url = URL.parse(address)
  if (url === null || url.search !== '' || url.hash !== '' || url.username !== '') return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
}
