import { Workbox } from 'workbox-window'
import type { AppUpdate } from '../state/shell.ts'
import { createAppUpdate } from './app-update.ts'

const checkEvery = 60 * 60 * 1000

/** A new version waits until the person takes it into use. Without a worker all but the offline start still works. */
export const registerServiceWorker = (address: string): AppUpdate => {
  // Absent in a window without a secure origin, whatever its type says.
  const serviceWorker = navigator.serviceWorker as ServiceWorkerContainer | undefined
  const workbox = serviceWorker && new Workbox(address)
  // Waits for the page's own downloads.
  const registered = workbox?.register().catch(() => undefined)

  const update = createAppUpdate({
    isControlled: Boolean(serviceWorker?.controller),
    skipWaiting: () => workbox?.messageSkipWaiting(),
    check: async () => {
      await registered
      await workbox?.update().catch(() => undefined)
    },
    canLoad: () =>
      fetch('/').then(
        ({ ok }) => ok,
        () => false,
      ),
    reload: () => location.reload(),
  })
  // Sent by scripts/plain-imports.ts.
  addEventListener('vite:preloadError', (event) => {
    const { payload } = event as Event & { payload?: unknown }
    update.missed(`${location.pathname} ${payload}`)
  })
  if (!serviceWorker) return update

  workbox?.addEventListener('waiting', update.waits)
  serviceWorker.addEventListener('controllerchange', update.controllerChanged)
  if (!serviceWorker.controller) void serviceWorker.ready.then(claim)
  setInterval(() => void update.check(), checkEvery)
  return update
}

const claim = ({ active }: ServiceWorkerRegistration): void =>
  active?.postMessage({ type: 'CLAIM' })
