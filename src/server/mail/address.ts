import * as v from 'valibot'
import { emailSchema } from '../../shared/domain/people-file.ts'

/** One address in small letters, and nothing but that: no second one, no name, no line of a header. Else null. */
export const mailAddress = (text: string): string | null => {
  const read = v.safeParse(emailSchema, text)
  return read.success ? read.output : null
}

/** For a header: line ends would begin another one. */
export const oneLine = (text: string): string =>
  text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
