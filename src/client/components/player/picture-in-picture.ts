import { type ReadonlySignal, signal } from '@preact/signals'

/** The film in a small window over everything. */
export interface PictureInPicture {
  readonly on: ReadonlySignal<boolean>
  toggle(): void
}

/** Null where the browser has none. */
export const pictureInPicture = (video: HTMLVideoElement): PictureInPicture | null => {
  const { ownerDocument } = video
  if (!ownerDocument.pictureInPictureEnabled) return null
  const on = signal(false)
  const follow = (): void => {
    on.value = ownerDocument.pictureInPictureElement === video
  }
  video.addEventListener('enterpictureinpicture', follow)
  video.addEventListener('leavepictureinpicture', follow)
  return {
    on,
    toggle: () => {
      // Refused before the film has loaded: the button stays as it is.
      const asked = on.peek()
        ? ownerDocument.exitPictureInPicture()
        : video.requestPictureInPicture()
      void asked.catch(() => undefined)
    },
  }
}
