/** What the downloads need of the browser; parts that some browsers lack are null. */
export interface MediaDeps {
  caches: CacheStorage
  fetch: typeof fetch
  /** SHA-256, hexadecimal. */
  digest: (bytes: Uint8Array<ArrayBuffer>) => Promise<string>
  estimate: () => Promise<StorageEstimate | null>
  /** The browser does not clear this site by itself; null if it does not say. */
  persisted: () => Promise<boolean | null>
  /** Are all these texts on the device? */
  hasTexts: (hashes: readonly string[]) => Promise<boolean>
  /** Does a service worker answer for this page? Without one nothing opens or plays without network. */
  hasWorker: () => Promise<boolean>
  now: () => number
  setTimeout: (call: () => void, ms: number) => unknown
  clearTimeout: (timer: unknown) => void
  /** Choices of this device. */
  settings: Pick<Storage, 'getItem' | 'setItem'> | null
  locks: Pick<LockManager, 'request'> | null
  /** To the other windows and the service worker. */
  channel: MediaChannel | null
  /** The network is back, or the page is looked at again. */
  onReturn: (listener: () => void) => void
  connection: Connection | null
  wakeLock: { request(): Promise<{ release(): Promise<void> }> } | null
}

export interface MediaChannel {
  post(message: unknown): void
  /** In the place of an earlier listener. */
  listen(listener: (message: unknown) => void): void
}

/** Network Information API: only some browsers tell. */
export interface Connection {
  readonly type?: string
  addEventListener(event: 'change', listener: () => void): void
}
