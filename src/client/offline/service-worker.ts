import { type ReadonlySignal, signal } from '@preact/signals'

/** A new version waits until the person takes it into use. */
export interface AppUpdate {
  readonly ready: ReadonlySignal<boolean>
  /** Saves first (`before`), then lets the new version take over and loads the page again. */
  use(before: () => Promise<void>): Promise<void>
}

const checkEvery = 60 * 60 * 1000

export const registerServiceWorker = (address: string): AppUpdate => {
  const ready = signal(false)
  const { serviceWorker } = navigator
  if (!serviceWorker) return { ready, use: async () => {} }

  const register = async (): Promise<ServiceWorkerRegistration> => {
    // Its downloads wait until the page has its own.
    if (document.readyState !== 'complete') {
      await new Promise((resolve) => addEventListener('load', resolve, { once: true }))
    }
    const found = await serviceWorker.register(address)
    const look = (): void => {
      // Without a controller it is the very first version, which waits for nobody.
      if (found.waiting && serviceWorker.controller) ready.value = true
    }
    found.addEventListener('updatefound', () =>
      found.installing?.addEventListener('statechange', look),
    )
    look()
    if (!serviceWorker.controller) {
      void serviceWorker.ready.then(({ active }) => active?.postMessage({ type: 'CLAIM' }))
    }
    return found
  }
  const registered = register().catch(() => undefined) // no worker: all but the offline start still works
  setInterval(() => void registered.then((found) => found?.update().catch(() => {})), checkEvery)

  return {
    ready,
    use: async (before) => {
      await before()
      serviceWorker.addEventListener('controllerchange', () => location.reload())
      const found = await registered
      found?.waiting?.postMessage({ type: 'SKIP_WAITING' })
    },
  }
}
