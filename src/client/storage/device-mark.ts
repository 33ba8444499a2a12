import type { RescueStorage } from './rescue-key.ts'

/**
 * The device's id once more, outside the database: where that is silent at the start, one's own blocks are one's own all the
 * same.
 */
export interface DeviceMark {
  get(): string | null
  set(device: string | null): void
}

export const createDeviceMark = (storage: RescueStorage | null, principal: string): DeviceMark => {
  const key = `loft-device:${principal}`
  return {
    get: () => {
      try {
        return storage?.getItem(key) ?? null
      } catch {
        return null // refused
      }
    },
    set: (device) => {
      try {
        if (device === null) storage?.removeItem(key)
        else if (storage?.getItem(key) !== device) storage?.setItem(key, device)
      } catch {
        // Full or refused: a silent database then makes this visit another device.
      }
    },
  }
}
