// A device whose database refuses to forget who has left it: the browser's other storage knows it, or else this page.

type Marks = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null
const key = 'loft-left'

/** `isTold` = the server knows, too. */
export interface Left {
  principal: string
  isTold: boolean
}
export interface LeftHere {
  read(): Left | null
  /** Null = nobody is left to be forgotten. */
  mark(left: Left | null): void
}

export const createLeftHere = (storage: Marks): LeftHere => {
  let here: Left | null = null
  return {
    read: () => {
      if (here) return here
      const [principal = '', told] = (storage?.getItem(key) ?? '').split(' ')
      return principal === '' ? null : { principal, isTold: told !== undefined }
    },
    mark: (left) => {
      here = left
      try {
        if (left) storage?.setItem(key, left.isTold ? `${left.principal} told` : left.principal)
        else storage?.removeItem(key)
      } catch {
        // Then this page alone knows it.
      }
    },
  }
}
