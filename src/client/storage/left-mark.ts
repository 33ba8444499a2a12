import type { RescueStorage } from './rescue-key.ts'

/** Whether the principal has signed out on this device, for windows that were asleep when the others were told. */
export interface LeftMark {
  set(hasLeft: boolean): void
  isSet(): boolean
}

export const createLeftMark = (storage: RescueStorage | null, principal: string): LeftMark => {
  const key = `loft-left:${principal}`
  const tried = <T>(work: () => T, otherwise: T): T => {
    try {
      return work()
    } catch {
      return otherwise // refused, or full
    }
  }
  return {
    set: (hasLeft) =>
      tried(() => (hasLeft ? storage?.setItem(key, '1') : storage?.removeItem(key)), undefined),
    isSet: () => tried(() => (storage?.getItem(key) ?? null) !== null, false),
  }
}
