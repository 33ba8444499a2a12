// A device whose database refuses to forget the table that it has left: the browser's other storage knows it.

type Marks = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null
const key = 'loft-left-table'

export const hasLeftTable = (storage: Marks, principal: string): boolean =>
  storage?.getItem(key) === principal

/** Null = nothing more is to be forgotten. */
export const markLeftTable = (storage: Marks, principal: string | null): void => {
  try {
    if (principal === null) storage?.removeItem(key)
    else storage?.setItem(key, principal)
  } catch {
    // Then this page alone knows it.
  }
}
