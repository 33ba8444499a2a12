import { signal } from '@preact/signals'
import type { AppUpdate, UpdateOffer } from '../state/shell.ts'

interface UpdateParts {
  /** A service worker controls this page from the start. Else its first one is no news. */
  isControlled: boolean
  /** Lets the waiting version take over; `controllerChanged` tells. */
  skipWaiting(): void
  /** Asks whether there is a new version. */
  check(): Promise<void>
  /** Whether the page itself can be had now, from the device or the network. */
  canLoad(): Promise<boolean>
  reload(): void
}

/** What is offered to the person, and what has happened to this page's version. Nothing reloads that was not asked to. */
export const createAppUpdate = (
  parts: UpdateParts,
): AppUpdate & {
  /** Another version waits. */
  waits(): void
  controllerChanged(): void
  /** A part of this page could not be had; `what` names it, and where it was wanted: each is told once. */
  missed(what: string): void
} => {
  const offer = signal<UpdateOffer | null>(null)
  const told = new Set<string>()
  let { isControlled } = parts
  let isWaiting = false
  let isChosen = false

  return {
    offer,
    check: parts.check,
    use: async (before) => {
      await before()
      if (isWaiting) {
        isChosen = true
        parts.skipWaiting()
      } else if (await parts.canLoad()) {
        parts.reload()
      } else {
        offer.value = { kind: 'unreachable' }
      }
    },
    waits: () => {
      isWaiting = true
      offer.value ??= { kind: 'waiting' }
    },
    controllerChanged: () => {
      if (!isControlled) {
        isControlled = true
        return
      }
      isWaiting = false
      if (isChosen) parts.reload()
      else offer.value = { kind: 'taken' }
    },
    missed: (what) => {
      if (told.has(what)) return
      told.add(what)
      offer.value = { kind: 'missing' }
      void parts.check()
    },
  }
}
