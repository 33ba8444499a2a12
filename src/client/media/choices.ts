import type { MediaDeps } from './media-deps.ts'

/** How this device downloads; all its windows alike. */
export interface Choices {
  paused: boolean
  wifiOnly: boolean
}

const key = 'loft-downloads'

export const readChoices = (settings: MediaDeps['settings']): Choices => {
  try {
    const { paused, wifiOnly } = JSON.parse(settings?.getItem(key) ?? '{}')
    return { paused: paused === true, wifiOnly: wifiOnly === true }
  } catch {
    return { paused: false, wifiOnly: false }
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
