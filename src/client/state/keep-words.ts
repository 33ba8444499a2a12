import { effect, type ReadonlySignal } from '@preact/signals'

/**
 * From the first word on, asks the browser not to clear this site's storage when the disk runs full. Asked once a visit;
 * a browser that refuses changes nothing.
 */
export const keepWords = (
  documents: ReadonlySignal<readonly unknown[]>,
  persist: () => Promise<boolean>,
): void => {
  let asked = false
  effect(() => {
    if (asked || documents.value.length === 0) return
    asked = true
    void persist().catch(() => false)
  })
}
