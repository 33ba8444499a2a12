import { useLayoutEffect, useRef } from 'preact/hooks'

/**
 * Each state has its own buttons: where one that had the focus goes, the next one gets it, else the box itself. What must be read
 * before anything more is pressed has `data-first`, and gets it before all.
 */
export const useKeptFocus = <Box extends HTMLElement = HTMLDivElement>() => {
  const box = useRef<Box>(null)
  const had = box.current?.contains(document.activeElement) ?? false
  useLayoutEffect(() => {
    if (!had || box.current?.contains(document.activeElement)) return
    const next =
      box.current?.querySelector<HTMLElement>('[data-first]') ??
      box.current?.querySelector<HTMLElement>('button, a[href]') ??
      box.current
    next?.focus({ preventScroll: true })
  })
  return box
}
