type Movable = HTMLElement & { moveBefore?: (node: Node, before: Node | null) => void }

/**
 * Puts an element into another place while it plays. A media element stops when it is outside the document at the end of the
 * task (https://html.spec.whatwg.org/multipage/media.html#playing-the-media-resource), so taking it out and putting it in at
 * once is safe; `moveBefore`, where there is one, keeps picture-in-picture too.
 */
export const moveElement = (element: HTMLElement, place: HTMLElement): void => {
  if (element.parentElement === place) return
  const { moveBefore } = place as Movable
  if (moveBefore && element.isConnected && place.isConnected) moveBefore.call(place, element, null)
  else place.append(element)
}
