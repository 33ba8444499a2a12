import { type ReadonlySignal, signal } from '@preact/signals'
import { speeds } from '../../components/player/playback.ts'

/** How this device likes its films: nothing about a person. */
export interface PlayerPreferences {
  captions: boolean
  described: boolean
  speed: number
}

const key = 'loft-player'
const defaults: PlayerPreferences = { captions: true, described: false, speed: 1 }

export const readPreferences = (stored: string | null): PlayerPreferences => {
  try {
    const { captions, described, speed } = JSON.parse(stored ?? '{}') as Partial<PlayerPreferences>
    return {
      captions: typeof captions === 'boolean' ? captions : defaults.captions,
      described: typeof described === 'boolean' ? described : defaults.described,
      speed: speeds.find((one) => one === speed) ?? defaults.speed,
    }
  } catch {
    return defaults
  }
}

export interface Preferences {
  readonly value: ReadonlySignal<PlayerPreferences>
  change(part: Partial<PlayerPreferences>): void
}

export const createPreferences = (): Preferences => {
  const value = signal(readPreferences(storage((at) => at.getItem(key)) ?? null))
  return {
    value,
    change: (part) => {
      value.value = { ...value.peek(), ...part }
      storage((at) => at.setItem(key, JSON.stringify(value.peek())))
    },
  }
}

/** Storage may be refused; then the choice holds for this visit. */
const storage = <T>(use: (at: Storage) => T): T | undefined => {
  try {
    return use(localStorage)
  } catch {
    return undefined
  }
}
