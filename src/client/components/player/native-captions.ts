import type { Cue } from '../../../shared/domain/article.ts'

type PhoneVideo = HTMLVideoElement & {
  webkitEnterFullscreen?: () => void
  webkitDisplayingFullscreen?: boolean
  webkitPresentationMode?: string
}

/**
 * Captions for Safari's own full screen and small window, which show nothing of the page: a text track that is hidden except
 * there. In the page the captions are drawn by `Captions`, so that they never stand twice.
 */
export const nativeCaptions = (video: HTMLVideoElement) => {
  const track = video.addTextTrack('captions')
  track.mode = 'hidden'
  let wanted = false
  const follow = (): void => {
    const { webkitDisplayingFullscreen, webkitPresentationMode: mode } = video as PhoneVideo
    const apart = webkitDisplayingFullscreen === true || mode === 'picture-in-picture'
    track.mode = wanted && apart ? 'showing' : 'hidden'
  }
  video.addEventListener('webkitbeginfullscreen', follow)
  video.addEventListener('webkitendfullscreen', follow)
  video.addEventListener('webkitpresentationmodechanged', follow)
  return {
    show: (cues: readonly Cue[], on: boolean): void => {
      wanted = on
      for (const cue of [...(track.cues ?? [])]) track.removeCue(cue)
      for (const cue of cues) {
        if (cue.end > cue.start) track.addCue(new VTTCue(cue.start, cue.end, cue.text))
      }
      follow()
    },
    stop: (): void => {
      video.removeEventListener('webkitbeginfullscreen', follow)
      video.removeEventListener('webkitendfullscreen', follow)
      video.removeEventListener('webkitpresentationmodechanged', follow)
    },
  }
}

/** The whole player where the browser can; an iPhone can only show the film itself. */
export const toggleFullScreen = (player: HTMLElement): void => {
  const { ownerDocument } = player
  if (ownerDocument.fullscreenElement) void ownerDocument.exitFullscreen()
  else if (player.requestFullscreen) void player.requestFullscreen().catch(() => undefined)
  else player.querySelector<PhoneVideo>('video')?.webkitEnterFullscreen?.()
}
