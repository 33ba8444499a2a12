import { type ReadonlySignal, signal } from '@preact/signals'
import { Workbox } from 'workbox-window'

/** A new version waits until the person takes it into use. */
export interface AppUpdate {
  readonly ready: ReadonlySignal<boolean>
  /** Saves first (`before`), then lets the new version take over and loads the page again. */
  use(before: () => Promise<void>): Promise<void>
  /** Asks now whether there is a new version; `ready` tells. */
  check(): Promise<void>
}

const checkEvery = 60 * 60 * 1000

export const registerServiceWorker = (address: string): AppUpdate => {
  const ready = signal(false)
  const { serviceWorker } = navigator
  if (!serviceWorker) return { ready, use: async () => {}, check: async () => {} }

  const workbox = new Workbox(address)
  workbox.addEventListener('waiting', () => {
    ready.value = true
  })
  // Waits for the page's own downloads. Without a worker all but the offline start still works.
  const registered = workbox.register().catch(() => undefined)
  if (!serviceWorker.controller) void serviceWorker.ready.then(claim)
  const check = (): Promise<void> => registered.then(() => workbox.update()).catch(() => {})
  setInterval(() => void check(), checkEvery)

  return {
    ready,
    check,
    use: async (before) => {
      await before()
      serviceWorker.addEventListener('controllerchange', () => location.reload())
      workbox.messageSkipWaiting()
    },
  }
}

const claim = ({ active }: ServiceWorkerRegistration): void =>
  active?.postMessage({ type: 'CLAIM' })
