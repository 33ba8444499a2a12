import { fromBase64, toBase64 } from './base64.ts'
import { type RescueStorage, rescueKey } from './rescue-key.ts'

export type { RescueStorage } from './rescue-key.ts'

/** Words that the database would not take. The texts are there for a human reader; the update is what is given back. */
export interface RescuedWords {
  doc: string
  texts: Record<string, string>
  update: Uint8Array
  keys: string[]
  writtenAt: number
}

/** The last resort: localStorage, which is written at once and has a quota of its own. */
export interface Rescue {
  /** False if this failed too. */
  keep(id: string, words: RescuedWords): boolean
  /** If an update is named, only what stands there with it: false where a page has kept more meanwhile. */
  remove(id: string, update?: Uint8Array): boolean
  kept(): [id: string, words: RescuedWords][]
}

/** `storage` is null where the browser refuses it. */
export const createRescue = (storage: RescueStorage | null, principal: string): Rescue => {
  const key = rescueKey(principal)

  const read = (): Record<string, StoredWords> => {
    try {
      const stored = JSON.parse(storage?.getItem(key) ?? '{}') as Partial<Stored>
      return stored.words ?? {}
    } catch {
      return {}
    }
  }

  const write = (words: Record<string, StoredWords>): void => {
    if (Object.keys(words).length === 0) storage?.removeItem(key)
    else storage?.setItem(key, JSON.stringify({ version: 1, words } satisfies Stored))
  }

  return {
    keep: (id, words) => {
      if (storage === null) return false
      try {
        write({ ...read(), [id]: { ...words, update: toBase64(words.update) } })
        return true
      } catch {
        return false // full, or refused
      }
    },
    remove: (id, update) => {
      const { [id]: removed, ...rest } = read()
      if (removed === undefined) return true
      if (update !== undefined && removed.update !== toBase64(update)) return false
      try {
        write(rest)
      } catch {
        // Kept once too often: giving words back twice changes nothing.
      }
      return true
    },
    kept: () =>
      Object.entries(read()).flatMap(([id, words]) => {
        try {
          return [[id, { ...words, update: fromBase64(words.update) }]]
        } catch {
          return [] // torn, or of another release: the others are not lost for it
        }
      }),
  }
}

type StoredWords = Omit<RescuedWords, 'update'> & { update: string }
interface Stored {
  version: 1
  words: Record<string, StoredWords>
}
