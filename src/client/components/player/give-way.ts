/** Where something is on the screen, CSS pixels from the top. */
export interface Extent {
  top: number
  bottom: number
}

/**
 * Whether the dock leaves the screen to whoever writes. On a touch screen always: the keyboard takes the place at the bottom.
 * Elsewhere only when it would lie over the field.
 */
export const mustGiveWay = (field: Extent | null, dock: Extent, isTouch: boolean): boolean =>
  field !== null && (isTouch || (field.bottom > dock.top && field.top < dock.bottom))

/** Tells, whenever it may have changed, whether the dock must give way. Returns what ends that. */
export const followWriting = (dock: HTMLElement, tell: (away: boolean) => void): (() => void) => {
  const touch = matchMedia('(pointer: coarse)')
  // A field grows some time after the key, and what stands above it may grow too.
  const sizes = new ResizeObserver(() => look())
  let watched: Element | null = null
  const look = (): void => {
    const field = document.activeElement
    const written = field?.matches(writable) && !dock.contains(field) ? field : null
    if (written !== watched) {
      if (watched) sizes.unobserve(watched)
      if (written) sizes.observe(written)
      watched = written
    }
    // Where the dock stands, whether it is away now or not.
    const place = { top: innerHeight - dock.offsetHeight, bottom: innerHeight }
    tell(mustGiveWay(written?.getBoundingClientRect() ?? null, place, touch.matches))
  }
  // A press that moves the focus from one field to the next does not flash the dock.
  const soon = (): number => requestAnimationFrame(look)
  const events = ['focusin', 'focusout', 'input', 'scroll'] as const
  for (const type of events) document.addEventListener(type, soon, { passive: true, capture: true })
  addEventListener('resize', soon)
  touch.addEventListener('change', soon)
  sizes.observe(document.body)
  look()
  return () => {
    sizes.disconnect()
    for (const type of events) document.removeEventListener(type, soon, { capture: true })
    removeEventListener('resize', soon)
    touch.removeEventListener('change', soon)
  }
}

const writable =
  'textarea, [contenteditable=true], input:not([type]), input:is([type=text], [type=search], [type=email], [type=number], [type=tel], [type=url], [type=date], [type=password])'
