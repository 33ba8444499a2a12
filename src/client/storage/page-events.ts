/** What happens to the page as a whole. Each function returns the one that stops listening. */
export interface PageEvents {
  /** The page may never run again: it is hidden, frozen, left, or has lost the focus. */
  onLeave(listener: () => void): () => void
  /** The page is looked at again. */
  onReturn(listener: () => void): () => void
  onOnline(listener: () => void): () => void
  onOffline(listener: () => void): () => void
}

export const browserPageEvents = (window: Window): PageEvents => {
  const { document } = window
  return {
    onLeave: (listener) => {
      const whenHidden = (): void => {
        if (document.visibilityState === 'hidden') listener()
      }
      return together(
        listen(document, 'visibilitychange', whenHidden),
        listen(document, 'freeze', listener),
        listen(window, 'pagehide', listener),
        listen(window, 'blur', listener),
      )
    },
    onReturn: (listener) => {
      const whenVisible = (): void => {
        if (document.visibilityState === 'visible') listener()
      }
      return together(
        listen(document, 'visibilitychange', whenVisible),
        listen(window, 'pageshow', (event) => {
          if ((event as PageTransitionEvent).persisted) listener()
        }),
      )
    },
    onOnline: (listener) => listen(window, 'online', listener),
    onOffline: (listener) => listen(window, 'offline', listener),
  }
}

const listen = (
  target: EventTarget,
  type: string,
  listener: (event: Event) => void,
): (() => void) => {
  target.addEventListener(type, listener)
  return () => target.removeEventListener(type, listener)
}

const together =
  (...stops: (() => void)[]): (() => void) =>
  () => {
    for (const stop of stops) stop()
  }
