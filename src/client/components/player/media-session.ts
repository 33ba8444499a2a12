import { effect, type ReadonlySignal } from '@preact/signals'
import type { Cue } from '../../../shared/domain/article.ts'
import { chapterFrom } from './chapters.ts'
import type { Playback } from './playback.ts'
import { skipSeconds } from './shortcuts.ts'

export interface SessionParts {
  playback: Playback
  chapters: ReadonlySignal<readonly Cue[]>
  speed: ReadonlySignal<number>
  /** Title and programme in the language of the page; reads signals. */
  names(): { title: string; programme: string }
  /** A picture of the film, or null where there is none. Never rejects. */
  artwork(): Promise<string | null>
}

/** What the lock screen, the headset and the keyboard's media keys show and do. Returns what lets go of them. */
export const holdMediaSession = (session: MediaSession, parts: SessionParts): (() => void) => {
  const { playback, chapters, speed, names, artwork } = parts
  let ended = false
  let picture: string | null = null
  const tell = (): void => {
    const { title, programme } = names()
    const src = picture ?? '/icons/icon-512.png'
    session.metadata = new MediaMetadata({
      title,
      album: programme,
      artwork: [{ src, type: 'image/png', sizes: picture ? artworkSizes : '512x512' }],
    })
  }
  const stops = [
    effect(tell),
    effect(() => {
      session.playbackState = playback.playing.value ? 'playing' : 'paused'
    }),
    effect(() => {
      // Told when it jumps or changes, not with every tick: between, the system counts by itself.
      void [playback.playing.value, playback.jumps.value, speed.value]
      tellPosition(session, playback, speed.peek())
    }),
    effect(() => {
      const has = chapters.value.length > 0
      const go = (by: 1 | -1) => () =>
        playback.seek(chapterFrom(chapters.peek(), playback.time.peek(), by))
      handle(session, 'previoustrack', has ? go(-1) : null)
      handle(session, 'nexttrack', has ? go(1) : null)
    }),
  ]
  handle(session, 'play', playback.play)
  handle(session, 'pause', playback.pause)
  handle(session, 'stop', playback.pause)
  handle(session, 'seekbackward', ({ seekOffset }) => playback.skip(-(seekOffset ?? skipSeconds)))
  handle(session, 'seekforward', ({ seekOffset }) => playback.skip(seekOffset ?? skipSeconds))
  handle(session, 'seekto', ({ seekTime }) => {
    if (seekTime !== undefined && seekTime !== null) playback.seek(seekTime)
  })
  void artwork().then((drawn) => {
    if (ended || !drawn) return
    picture = drawn
    tell()
  })
  return () => {
    ended = true
    for (const stop of stops) stop()
    for (const action of actions) handle(session, action, null)
    session.metadata = null
    session.playbackState = 'none'
  }
}

const artworkSizes = '512x512'

const actions: readonly MediaSessionAction[] = [
  'play',
  'pause',
  'stop',
  'seekbackward',
  'seekforward',
  'seekto',
  'previoustrack',
  'nexttrack',
]

const handle = (
  session: MediaSession,
  action: MediaSessionAction,
  handler: MediaSessionActionHandler | null,
): void => {
  try {
    session.setActionHandler(action, handler)
  } catch {
    // an action that this browser does not know
  }
}

const tellPosition = (session: MediaSession, playback: Playback, playbackRate: number): void => {
  const duration = playback.duration.peek()
  const position = Math.min(playback.time.peek(), duration)
  if (!(duration > 0)) return
  session.setPositionState?.({ duration, position, playbackRate })
}

/** A poster as a square picture, since lock screens take no SVG; null if the browser cannot draw it. */
export const drawArtwork = async (svg: string): Promise<string | null> => {
  try {
    const image = new Image()
    image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = 512
    canvas.height = 512
    const context = canvas.getContext('2d')
    if (!context) return null
    context.fillStyle = '#0a2730'
    context.fillRect(0, 0, 512, 512)
    const height = (512 * image.naturalHeight) / image.naturalWidth || 288
    context.drawImage(image, 0, (512 - height) / 2, 512, height)
    return canvas.toDataURL('image/png')
  } catch {
    return null
  }
}
