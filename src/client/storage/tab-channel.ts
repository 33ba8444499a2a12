/** Messages between the tabs of one principal; a tab does not hear itself. */
export interface TabChannel {
  post(message: unknown): void
  listen(listener: (message: unknown) => void): void
  close(): void
}

/** Null where the browser has none: tabs then see each other's words at their next flush or when looked at. */
export const openTabChannel = (name: string): TabChannel | null => {
  if (typeof BroadcastChannel === 'undefined') return null
  const channel = new BroadcastChannel(name)
  return {
    post: (message) => channel.postMessage(message),
    listen: (listener) => {
      channel.onmessage = (event) => listener(event.data)
    },
    close: () => channel.close(),
  }
}
