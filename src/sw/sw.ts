/// <reference lib="webworker" />
// Wires the worker's events to functions; what they decide stands in their own files.
import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
} from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { answerFromFile, asOurs, mediaCacheName } from './media.ts'

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: [] }

precacheAndRoute(self.__WB_MANIFEST)
cleanupOutdatedCaches()
// The page's addresses are all the same document. API answers never enter a cache: they are somebody's.
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: [/^\/(api|media)\//] }),
)
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/media/'),
  async ({ request, url }) => {
    const cache = await caches.open(mediaCacheName)
    const kept = await cache.match(url.pathname)
    return kept ? answerFromFile(request, kept) : asOurs(await fetch(request))
  },
)

self.addEventListener('message', (event) => {
  // The page asks before a new version takes over: never in the middle of a sentence.
  if (event.data?.type === 'SKIP_WAITING') void self.skipWaiting()
  // The first visit too: a film that is kept now plays in the next tunnel without a reload in between.
  if (event.data?.type === 'CLAIM') event.waitUntil(self.clients.claim())
})
