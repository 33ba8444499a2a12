import { computed, effect, signal, untracked } from '@preact/signals'
import type { ItemText } from '../../../shared/domain/article.ts'
import type { OutlineItem } from '../../../shared/domain/outline.ts'
import { drawArtwork, holdMediaSession } from '../../components/player/media-session.ts'
import { moveElement } from '../../components/player/move-element.ts'
import { nativeCaptions } from '../../components/player/native-captions.ts'
import { pictureInPicture } from '../../components/player/picture-in-picture.ts'
import { createPlayback } from '../../components/player/playback.ts'
import { local } from '../../i18n/i18n.ts'
import type { NowPlaying } from '../../state/playing.ts'
import type { Services } from '../../state/services.ts'
import { createVersions } from './film-versions.ts'
import { createPreferences, type Preferences } from './player-preferences.ts'
import { PlayingDock } from './playing-dock.tsx'
import type { ItemMedia, Showing, ShowingPage } from './showing.ts'
import { followResume, resumeAt, watchPlayback } from './watching.ts'

/** The one that plays already, or a new one. */
export const showingOf = (services: Services, item: OutlineItem, media: ItemMedia): Showing => {
  const before = current(services.playing)
  const isSame =
    before?.item.id === item.id &&
    before.words === services.words &&
    before.media.file.sha256 === media.file.sha256
  return isSame ? before : createShowing(services, item, media, before?.preferences)
}

/** Everything that plays is made here. */
const current = (playing: NowPlaying): Showing | null => playing.peek() as Showing | null

const createShowing = (
  { words, outline, playing }: Services,
  item: OutlineItem,
  media: ItemMedia,
  preferences: Preferences = createPreferences(),
): Showing => {
  const { file, poster } = media
  const isFilm = file.type === 'video/mp4'
  const element = document.createElement(isFilm ? 'video' : 'audio')
  element.preload = 'metadata'
  if (element instanceof HTMLVideoElement) element.playsInline = true
  const resume = (): number => resumeAt(words.progress.value[item.id]?.resume ?? null, file.seconds)
  const playback = createPlayback(untracked(resume), file.seconds)
  const text = signal<ItemText | null>(null)
  const versions = createVersions(playback, media, preferences, text)
  const speed = computed(() => preferences.value.value.speed)
  const docked = signal(false)
  const seen = signal(true)
  let page: ShowingPage | null = null
  let ended = false
  let letGoOfSession: (() => void) | null = null

  const stops: (() => void)[] = [
    playback.attach(element),
    effect(() => {
      element.src = versions.src.value
    }),
    effect(() => playback.setSpeed(speed.value)),
    followResume(playback, resume),
    watchPlayback(playback, file.seconds, versions.original, {
      played: (seconds) => void words.setPlayed(item.id, seconds),
      seen: () => void words.setDone(item.id, true),
    }),
    effect(() => {
      if (playback.playing.value) untracked(takeOver)
    }),
    effect(() => {
      if (seen.value) docked.value = false
      else if (playback.playing.value) docked.value = true
    }),
  ]
  // Nobody misses the dock of what is over, but whoever is in it: they may want the last words again, or write.
  const over = (): void => {
    if (docked.peek() && !document.activeElement?.closest('.dock, .dock-note')) showing.close()
  }
  element.addEventListener('ended', over)
  stops.push(() => element.removeEventListener('ended', over))
  // The service worker that comes during a first visit breaks at the next seek what the server began.
  const worker = navigator.serviceWorker
  worker?.addEventListener('controllerchange', playback.expectBreak)
  stops.push(() => worker?.removeEventListener('controllerchange', playback.expectBreak))
  if (element instanceof HTMLVideoElement) {
    const native = nativeCaptions(element)
    stops.push(
      effect(() => native.show(versions.cues.value, preferences.value.value.captions)),
      native.stop,
    )
  }

  const takeOver = (): void => {
    const before = current(playing)
    if (before === showing) return
    before?.giveWay()
    playing.value = showing
    letGoOfSession ??= navigator.mediaSession
      ? holdMediaSession(navigator.mediaSession, {
          playback,
          chapters: versions.chapters,
          speed,
          names: () => ({ title: local(item.title), programme: local(outline.title) }),
          artwork: async () => poster && drawArtwork(poster),
        })
      : null
  }
  const leaveSession = (): void => {
    letGoOfSession?.()
    letGoOfSession = null
  }

  const showing: Showing = {
    item,
    words,
    media,
    playback,
    versions,
    preferences,
    text,
    docked,
    pictureInPicture: element instanceof HTMLVideoElement ? pictureInPicture(element) : null,
    Dock: () => <PlayingDock showing={showing} />,
    get page() {
      return page
    },
    showIn: (place) => {
      if (!ended) moveElement(element, place)
    },
    enterPage: (entered) => {
      page = entered
      seen.value = true
      return () => {
        if (page !== entered) return
        page = null
        if (ended) return
        if (element.paused) return showing.end()
        // Out of the page before the page is gone, and in the document all the time. Sound never is in the dock.
        if (!docked.peek() || !isFilm) moveElement(element, wings())
        seen.value = false
      }
    },
    inSight: (now) => {
      if (page) seen.value = now
    },
    close: () => {
      playback.pause()
      if (page) docked.value = false
      else showing.end()
    },
    giveWay: () => {
      leaveSession()
      showing.close()
    },
    end: () => {
      if (ended) return
      ended = true
      leaveSession()
      for (const stop of stops) stop()
      element.remove()
      element.removeAttribute('src')
      element.load() // stops fetching
      if (playing.peek() === showing) playing.value = null
    },
  }
  return showing
}

/** Where what plays waits between its page and the dock: in the document, and seen by nobody. */
const wings = (): HTMLElement => {
  const found = document.getElementById('wings')
  if (found) return found
  const made = document.createElement('div')
  made.id = 'wings'
  made.hidden = true
  document.body.append(made)
  return made
}
