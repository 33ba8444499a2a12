import { fingerprint } from './fingerprint.ts'
import { canonicalPlain, type PlainDocument } from './plain.ts'

/** The scalar by which a group hands its document in; no field of the content may bear this id. */
export const handedInKey = 'handed-in'

/**
 * `at` (ms since 1970) and `label`, the name of who did it, are for display; `id` is random, so that handing in again is another
 * value, while another label of the same id is the same handing in.
 */
export interface HandingIn {
  id: string
  at: number
  label: string
  /** The fingerprint of the words as they were seen by whoever handed them in; for display without a network. */
  words?: string
}

/** One string, so that it is set whole. */
export const encodeHandingIn = ({ id, at, label, words }: HandingIn): string =>
  JSON.stringify({ id, at, label, words })

/** The newest handing in; null if there is none. */
export const handingInOf = (plain: PlainDocument): HandingIn | null =>
  decodeHandingIn(plain.scalars[handedInKey])

/** Equal as long as the words are; the handing in itself does not count, nor who has which block. */
export const wordsFingerprint = ({ texts, scalars }: PlainDocument): string => {
  const words = Object.entries(scalars).filter(
    ([key]) => key !== handedInKey && !key.startsWith('block/'),
  )
  return fingerprint(canonicalPlain({ texts, scalars: Object.fromEntries(words) }))
}

export const decodeHandingIn = (encoded: unknown): HandingIn | null => {
  if (typeof encoded !== 'string') return null
  try {
    const { id, at, label, words } = JSON.parse(encoded) as Partial<HandingIn>
    if (typeof id !== 'string' || typeof at !== 'number' || typeof label !== 'string') return null
    return { id, at, label, ...(typeof words === 'string' && { words }) }
  } catch {
    return null
  }
}
