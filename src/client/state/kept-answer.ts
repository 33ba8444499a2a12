import * as v from 'valibot'

type Kept = Pick<Storage, 'setItem'> | null

/** Keeps an answer of the server's for when there is no network. Full or refused: it is asked for again. */
export const keepAnswer = (storage: Kept, key: string, value: object): void => {
  try {
    storage?.setItem(key, JSON.stringify(value))
  } catch {
    // see above
  }
}

/** What was kept; null if it is nothing, or of a release that kept it in another shape. */
export const readKept = <T>(
  schema: v.GenericSchema<unknown, T>,
  text: string | null | undefined,
): T | null => {
  try {
    const read = v.safeParse(schema, JSON.parse(text ?? 'null'))
    return read.success ? read.output : null
  } catch {
    return null
  }
}
