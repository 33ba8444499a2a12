import type { Choices } from './choices.ts'
import type { DeviceUnits } from './device-units.ts'
import { emptyQueue, type Queue, type Shown, type State } from './keeping.ts'
import type { MediaDeps } from './media-deps.ts'
import type { Speed } from './speed.ts'
import { bytesOf } from './stored-chunks.ts'
import { unitBytes, unitSize, unitState } from './unit.ts'

/** How far the window has come that fetches. */
export interface Told {
  states: Record<string, State>
  queue: Queue
}

export interface ProgressDeps {
  setTimeout: MediaDeps['setTimeout']
  device: DeviceUnits
  choices: () => Choices
  waitsForWifi: () => boolean
  speed: Speed
  isLost: () => boolean
  /** This window fetches. */
  isLeading: () => boolean
  /** What the one that fetches has told last, where that is another. */
  told: () => Told | null
  tell: (progress: Told) => void
}

/** What is shown moves at most this often. */
const showEveryMs = 250

/** Shows how far the downloads have come, here and in the other windows. */
export const createProgress = (deps: ProgressDeps, shown: Shown) => {
  const { device, speed } = deps
  /** Main files of this round, the finished among them: the bar does not jump back when one is done. */
  const round = new Set<string>()

  const show = (): void => {
    const choices = deps.choices()
    const told = deps.told()
    const states: Record<string, State> = {}
    for (const [sha256, file] of device.stored().files) {
      const bytes = bytesOf(file)
      if (bytes > 0) states[sha256] = { kind: 'absent', bytes }
    }
    for (const unit of device.units.values()) {
      states[unit.main] = unitState(unit, device.stored(), choices.paused)
    }
    if (told) Object.assign(states, told.states)
    shown.states.value = states
    shown.queue.value = told ? told.queue : queue()
    shown.wifiOnly.value = choices.wifiOnly
    shown.rate.value = choices.rate
    if (!deps.isLeading()) return
    const moving = Object.fromEntries(
      [...device.units.keys()].map((main) => [main, states[main] as State]),
    )
    deps.tell({ states: moving, queue: shown.queue.value })
  }

  const queue = (): Queue => {
    const all = device.left()
    if (all.length === 0) {
      round.clear()
      return emptyQueue
    }
    for (const unit of all) round.add(unit.main)
    let [bytes, of] = [0, 0]
    for (const main of round) {
      const unit = device.units.get(main)
      if (!unit) round.delete(main)
      if (!unit || unit.stop) continue
      of += unitSize(unit)
      bytes += Math.min(unitSize(unit), unitBytes(unit, device.stored()) + unit.arriving)
    }
    const kind = kindNow()
    const secondsLeft = kind === 'running' ? speed.secondsFor(of - bytes) : null
    return { kind, items: all.flatMap(({ pin }) => pin.item ?? []), bytes, of, secondsLeft }
  }

  const kindNow = (): Queue['kind'] => {
    if (deps.choices().paused) return 'paused'
    if (deps.waitsForWifi()) return 'no-wifi'
    return deps.isLeading() && deps.isLost() ? 'no-network' : 'running'
  }

  let isWaiting = false
  const showSoon = (): void => {
    if (isWaiting) return
    isWaiting = true
    deps.setTimeout(() => {
      isWaiting = false
      show()
    }, showEveryMs)
  }

  return { show, showSoon }
}
