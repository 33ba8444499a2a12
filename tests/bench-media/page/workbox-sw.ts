/// <reference lib="webworker" />
// Workbox's way: the whole film as one stored answer, and its plugin for ranges.
import { RangeRequestsPlugin } from 'workbox-range-requests'
import { registerRoute } from 'workbox-routing'
import { CacheOnly } from 'workbox-strategies'

declare const self: ServiceWorkerGlobalScope

registerRoute(
  ({ url, request }) => url.pathname.startsWith('/media/') && request.cache !== 'no-store',
  new CacheOnly({ cacheName: 'films', plugins: [new RangeRequestsPlugin() as object] }),
)
self.addEventListener('install', () => void self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
