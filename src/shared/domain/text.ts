import * as v from 'valibot'
import { languages } from './languages.ts'

export const languageSchema = v.picklist(languages)

/** An id of the content: stable for ever, since words are keyed by it. */
export const idSchema = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'id: small letters a–z, digits and single hyphens'),
  v.maxLength(60),
)

/** A text for people in every language of the package. The two never stand in for each other. */
export const localTextSchema = v.strictObject({
  nn: v.pipe(v.string(), v.trim(), v.nonEmpty()),
  nb: v.pipe(v.string(), v.trim(), v.nonEmpty()),
})
export type LocalText = v.InferOutput<typeof localTextSchema>

export const versionSchema = v.pipe(v.string(), v.regex(/^\d+\.\d+\.\d+$/, 'version: like 1.0.0'))
export const sha256Schema = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))

/** No control characters, NUL among them: PostgreSQL's text cannot hold that one. */
const inOneLine = v.regex<string, string>(
  /^[^\p{Cc}\u2028\u2029]*$/u,
  'one line, no control characters',
)
const withoutNul = v.excludes<string, '\u0000', string>('\u0000', 'no NUL')

/** Without what nobody sees, and what turns the direction of all that comes after it. The joiners within characters stay. */
export const withoutInvisible = (text: string): string =>
  text.replaceAll(/[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
const visible = v.regex<string, string>(/[^\s\p{Cf}]/u, 'something that can be seen')

/** One line that somebody has typed, trimmed and not empty, of so many characters at most. */
export const lineSchema = (max: number) =>
  v.pipe(
    v.string(),
    v.transform(withoutInvisible),
    v.trim(),
    v.nonEmpty(),
    v.maxLength(max),
    inOneLine,
    visible,
  )

/** Several lines that somebody has typed, trimmed and not empty, of so many characters at most. */
export const proseSchema = (max: number) =>
  v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(max), withoutNul)
