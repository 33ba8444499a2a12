import type { MediaDeps } from './media-deps.ts'

/** How this device downloads, and how fast it did; all its windows alike. */
export interface Choices {
  paused: boolean
  wifiOnly: boolean
  /** Bytes a second of the last download; null = none was long enough to measure. */
  rate: number | null
}

const key = 'loft-downloads'

export const readChoices = (settings: MediaDeps['settings']): Choices => {
  try {
    const { paused, wifiOnly, rate } = JSON.parse(settings?.getItem(key) ?? '{}')
    return {
      paused: paused === true,
      wifiOnly: wifiOnly === true,
      rate: typeof rate === 'number' && rate > 0 ? rate : null,
    }
  } catch {
    return { paused: false, wifiOnly: false, rate: null }
  }
}

export const writeChoices = (settings: MediaDeps['settings'], choices: Choices): void => {
  try {
    settings?.setItem(key, JSON.stringify(choices))
  } catch {
    // A full disk: the choice holds for this visit.
  }
}

/** Null where the browser does not tell: then downloads go on. */
export const isOnWifi = ({ connection }: MediaDeps): boolean | null => {
  const type = connection?.type
  return type === undefined || type === 'unknown' ? null : type === 'wifi' || type === 'ethernet'
}
