export interface MediaDeps {
  caches: CacheStorage
  fetch: typeof fetch
  storage: StorageManager | undefined
  digest: (bytes: ArrayBuffer) => Promise<string>
}

/** The same name as in the service worker, without a build id: an update drops no film. */
export const cacheName = 'loft-media'
