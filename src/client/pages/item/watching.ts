import { effect, untracked } from '@preact/signals'
import type { Playback } from '../../components/player/playback.ts'

const everySeconds = 15
/** A film counts as seen at this share of its length. */
const seenShare = 0.95

export interface WatchReport {
  /** Where it stands, seconds. */
  played(seconds: number): void
  seen(): void
}

/** Decides when a position is worth writing: at a stop, and at most every 15 s while it plays. */
export const createWatch = (report: WatchReport, length: number) => {
  let written: number | null = null
  let writtenAt = Number.NEGATIVE_INFINITY
  let wasSeen = false
  const write = (seconds: number, now: number): void => {
    if (written !== null && Math.abs(written - seconds) < 0.5) return
    written = seconds
    writtenAt = now
    report.played(seconds)
  }
  return {
    /** `now` in seconds of any clock. */
    at: (seconds: number, now: number): void => {
      if (!wasSeen && length > 0 && seconds >= length * seenShare) {
        wasSeen = true
        report.seen()
      }
      if (now - writtenAt >= everySeconds) write(seconds, now)
    },
    stopped: write,
  }
}

/** Where a film begins: where it was left, but not at its very end. */
export const resumeAt = (resume: number | null, length: number): number =>
  resume !== null && resume > 3 && resume < length * seenShare ? resume : 0

/**
 * What another device left may come from the server after the page was opened; whoever has begun is not moved. `resume` reads
 * signals.
 */
export const followResume = (playback: Playback, resume: () => number): (() => void) => {
  let shown = playback.time.peek()
  return effect(() => {
    const at = resume()
    const isTouched = playback.begun.peek() || playback.time.peek() !== shown
    if (at === 0 || at === shown || isTouched) return
    shown = at
    playback.seek(at)
  })
}

/** Follows a film, on its page or not. `original` turns the seconds of the file that plays into those of the film. */
export const watchPlayback = (
  playback: Playback,
  length: number,
  original: (seconds: number) => number,
  report: WatchReport,
): (() => void) => {
  const watch = createWatch(report, length)
  const now = (): number => performance.now() / 1000
  let played = false
  const stop = (): void => {
    if (played)
      watch.stopped(
        untracked(() => original(playback.time.peek())),
        now(),
      )
  }
  const end = effect(() => {
    if (playback.playing.value) {
      played = true
      const at = original(playback.time.value)
      untracked(() => watch.at(at, now()))
    } else stop()
  })
  const hidden = (): void => {
    if (document.visibilityState === 'hidden') stop()
  }
  document.addEventListener('visibilitychange', hidden)
  addEventListener('pagehide', stop)
  return () => {
    stop()
    end()
    document.removeEventListener('visibilitychange', hidden)
    removeEventListener('pagehide', stop)
  }
}
