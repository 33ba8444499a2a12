import { useLayoutEffect, useRef, useState } from 'preact/hooks'

/** Measures an element after every render and when its size changes; `null` until the first time. */
export const useMeasure = <T>(
  measure: (element: HTMLElement) => T,
): { ref: { current: HTMLElement | null }; measured: T | null } => {
  const ref = useRef<HTMLElement | null>(null)
  const [measured, setMeasured] = useState<T | null>(null)
  const known = useRef('')

  const update = (): void => {
    if (!ref.current) return
    const next = measure(ref.current)
    const text = JSON.stringify(next)
    if (text === known.current) return
    known.current = text
    setMeasured(next)
  }
  const latest = useRef(update)
  latest.current = update

  useLayoutEffect(update)
  useLayoutEffect(() => {
    if (!ref.current) return
    const observer = new ResizeObserver(() => latest.current())
    observer.observe(ref.current)
    return () => observer.disconnect()
  }, [])
  return { ref, measured }
}
