// Whom somebody is about to register: what they have typed, and what is wrong with it.
import * as v from 'valibot'
import { emailSchema } from '../../../shared/domain/people-file.ts'
import {
  type Registrant,
  type Registration,
  registrantSchema,
  registrationSchema,
} from '../../../shared/domain/registration.ts'

const rowSchema = v.object({
  key: v.string(),
  name: v.string(),
  email: v.string(),
  audience: v.string(),
  serviceArea: v.string(),
})
export type Row = v.InferOutput<typeof rowSchema>
export type RowField = Exclude<keyof Row, 'key'>

export type Mistake =
  | 'name-missing'
  | 'name-long'
  | 'email-missing'
  | 'email-wrong'
  | 'email-twice'
  | 'audience-missing'
export type Mistakes = Partial<Record<RowField, Mistake>>

/** What stays on the device until it is confirmed. `sent` = it is not known whether it has arrived. */
const keptSchema = v.object({ rows: v.array(rowSchema), sent: v.nullable(registrationSchema) })
export type Kept = v.InferOutput<typeof keptSchema>

export const emptyRow = (key: string): Row => ({
  key,
  name: '',
  email: '',
  audience: '',
  serviceArea: '',
})
export const isEmpty = (row: Row): boolean =>
  [row.name, row.email, row.audience, row.serviceArea].every((text) => text.trim() === '')

/** By the row's key. A row that nothing is typed in is none, unless there is no other. */
export const findMistakes = (rows: readonly Row[]): Map<string, Mistakes> => {
  const filled = rows.filter((row) => !isEmpty(row))
  const checked = filled.length > 0 ? filled : rows.slice(0, 1)
  const found = new Map<string, Mistakes>()
  for (const [index, row] of checked.entries()) {
    const email = emailOf(row)
    const isTwice = email !== '' && checked.findIndex((other) => emailOf(other) === email) < index
    const mistakes: Mistakes = {
      ...nameMistake(row.name),
      ...(row.email.trim() === ''
        ? { email: 'email-missing' as const }
        : !v.is(emailSchema, row.email)
          ? { email: 'email-wrong' as const }
          : isTwice && { email: 'email-twice' as const }),
      ...(row.audience === '' && { audience: 'audience-missing' as const }),
    }
    if (Object.keys(mistakes).length > 0) found.set(row.key, mistakes)
  }
  return found
}

const nameMistake = (name: string): Mistakes => {
  if (name.trim() === '') return { name: 'name-missing' }
  return v.is(registrantSchema.entries.name, name) ? {} : { name: 'name-long' }
}
const emailOf = ({ email }: Row): string => email.trim().toLowerCase()

/** Of rows without a mistake. */
export const asRegistrants = (rows: readonly Row[]): Registrant[] =>
  rows
    .filter((row) => !isEmpty(row))
    .map(({ name, email, audience, serviceArea }) =>
      v.parse(registrantSchema, { name, email, audience, serviceArea: serviceArea || null }),
    )

/** The first seats are the first rows'. */
export const splitRegistered = (
  { people }: Registration,
  seats: number,
): { seated: Registrant[]; waiting: Registrant[] } => ({
  seated: people.slice(0, seats),
  waiting: people.slice(seats),
})

type RowStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
const keyOf = (token: string): string => `loft-registration:${token}`

export const readKept = (storage: RowStorage | null, token: string): Kept | null => {
  try {
    const read = v.safeParse(keptSchema, JSON.parse(storage?.getItem(keyOf(token)) ?? ''))
    return read.success ? read.output : null
  } catch {
    return null // nothing kept, or the browser refuses
  }
}

/** False if the browser keeps nothing. */
export const keepRows = (storage: RowStorage | null, token: string, kept: Kept | null): boolean => {
  try {
    if (!storage) return false
    if (kept === null) storage.removeItem(keyOf(token))
    else storage.setItem(keyOf(token), JSON.stringify(kept))
    return true
  } catch {
    return false
  }
}
