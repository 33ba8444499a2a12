/// <reference lib="webworker" />
// Wires the worker's events to functions; what they decide stands in their own files.
import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
} from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { mediaChannelName } from '../shared/media/chunk-cache.ts'
import { sha256By } from '../shared/media/sha256.ts'
import { answerMedia } from './media.ts'
import { storedMedia } from './stored-media.ts'

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: [] }

/** Static routing, which TypeScript's own types lack. */
interface RoutedInstall extends ExtendableEvent {
  addRoutes?(rule: {
    condition: { urlPattern: { pathname: string }; requestMode: RequestMode }
    source: 'network'
  }): Promise<void>
}

precacheAndRoute(self.__WB_MANIFEST)
cleanupOutdatedCaches()
// The page's addresses are all the same document. API answers never enter a cache: they are somebody's.
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/index.html'), {
    denylist: [/^\/(api|feeds|media)\//],
  }),
)
const boundFetch: typeof fetch = (...request) => fetch(...request)
const tabs = new BroadcastChannel(mediaChannelName)
const media = storedMedia({
  caches,
  fetch: boundFetch,
  digest: sha256By(crypto.subtle),
  now: Date.now,
  estimate: () => navigator.storage.estimate().catch(() => null),
  kept: (sha256, index) => tabs.postMessage({ kind: 'came', sha256, index }),
  freed: () => tabs.postMessage({ kind: 'changed' }),
})
tabs.onmessage = ({ data }) => {
  if (data?.kind === 'forgot') media.forget(data.sha256)
}
self.addEventListener('install', (event) => {
  // Where the browser can be told beforehand, it does not even ask here for each piece of the page's downloads.
  const rule = {
    condition: { urlPattern: { pathname: '/media/*' }, requestMode: 'same-origin' },
    source: 'network',
  } as const
  // One that does not understand the rule asks here, as before.
  void (event as RoutedInstall).addRoutes?.(rule).catch(() => {})
})
for (const method of ['GET', 'HEAD'] as const) {
  registerRoute(
    ({ url, request, sameOrigin }) =>
      // The page's own downloads bypass every cache, and this worker: it would only be in the way.
      sameOrigin && /^\/media\/[0-9a-f]{64}$/.test(url.pathname) && request.cache !== 'no-store',
    ({ request, url }) =>
      answerMedia(request, url.pathname.slice('/media/'.length), media, boundFetch),
    method,
  )
}

self.addEventListener('message', (event) => {
  // The page asks before a new version takes over: never in the middle of a sentence.
  if (event.data?.type === 'SKIP_WAITING') void self.skipWaiting()
  // The first visit too: a film that is kept now plays in the next tunnel without a reload in between.
  if (event.data?.type === 'CLAIM') event.waitUntil(self.clients.claim())
})
