/** As much of localStorage as the rescue needs. */
export type RescueStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

export const rescueKey = (principal: string): string => `loft-rescue:${principal}`

/** Whether something may be rescued; rescue.ts, which knows more, is loaded only then. */
export const isAnyRescued = (storage: RescueStorage | null, principal: string): boolean => {
  try {
    return (storage?.getItem(rescueKey(principal)) ?? null) !== null
  } catch {
    return false
  }
}
