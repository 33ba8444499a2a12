import { type ReadonlySignal, signal } from '@preact/signals'

export const speeds = [0.75, 1, 1.25, 1.5, 1.75, 2] as const

/** The one beside it; the fastest and the slowest stay. */
export const nextSpeed = (speed: number, by: 1 | -1): number => {
  const at = (speeds as readonly number[]).indexOf(speed)
  return speeds[at + by] ?? speed
}

/** A film or sound that plays, whoever draws it. Seconds are those of the file that is loaded. */
export interface Playback {
  readonly time: ReadonlySignal<number>
  readonly duration: ReadonlySignal<number>
  readonly playing: ReadonlySignal<boolean>
  /** Has played once in this visit: the poster is gone. */
  readonly begun: ReadonlySignal<boolean>
  readonly waiting: ReadonlySignal<boolean>
  readonly failed: ReadonlySignal<boolean>
  readonly muted: ReadonlySignal<boolean>
  /** Counts up when the place or the length changes otherwise than by playing. */
  readonly jumps: ReadonlySignal<number>
  toggle(): void
  play(): void
  pause(): void
  seek(time: number): void
  skip(seconds: number): void
  mute(): void
  setSpeed(speed: number): void
  /** Where the file that is loaded next begins, and how long it is said to be. */
  startAt(time: number, duration: number): void
  /** Loads the file again where it stopped. */
  retry(): void
  /** Another answers for the file from here on: should that break what is loaded, it is loaded again by itself, once. */
  expectBreak(): void
  /** Binds the element; returns the function that lets it go. */
  attach(element: HTMLMediaElement): () => void
}

export const createPlayback = (at: number, seconds: number): Playback => {
  const time = signal(at)
  const duration = signal(seconds)
  const playing = signal(false)
  const begun = signal(false)
  const waiting = signal(false)
  const failed = signal(false)
  const muted = signal(false)
  const jumps = signal(0)
  let element: HTMLMediaElement | null = null
  let start = { time: at, play: false }
  let speed = 1
  let tries = 0
  let mayBreak = false

  const play = (): void => {
    void element?.play().catch(() => {
      playing.value = false // refused by the browser, or the file failed: `error` tells
    })
  }
  const seek = (to: number): void => {
    const clamped = Math.min(Math.max(0, to), duration.peek())
    time.value = clamped
    jumps.value++
    start = { ...start, time: clamped }
    if (element && element.readyState >= element.HAVE_METADATA) element.currentTime = clamped
  }
  const listeners: Partial<Record<keyof HTMLMediaElementEventMap, () => void>> = {
    loadedmetadata: () => {
      if (!element) return
      failed.value = false
      if (Number.isFinite(element.duration)) duration.value = element.duration
      jumps.value++
      if (start.time > 0) element.currentTime = start.time
      element.playbackRate = speed
      if (start.play) play()
      start = { time: 0, play: false }
    },
    play: () => {
      playing.value = true
      begun.value = true
    },
    pause: () => {
      playing.value = false
    },
    ended: () => {
      playing.value = false
    },
    timeupdate: () => follow(),
    seeked: () => follow(),
    waiting: () => {
      waiting.value = true
    },
    playing: () => {
      waiting.value = false
    },
    canplay: () => {
      waiting.value = false
    },
    volumechange: () => {
      muted.value = element?.muted ?? false
    },
    error: () => {
      start = { time: time.peek(), play: playing.peek() || start.play }
      if (mayBreak) {
        mayBreak = false
        retry(start.play)
        return
      }
      failed.value = true
      playing.value = false
      waiting.value = false
    },
  }
  const follow = (): void => {
    if (element && element.readyState >= element.HAVE_METADATA && !element.seeking)
      time.value = element.currentTime
  }

  const retry = (thenPlay: boolean): void => {
    start = { ...start, play: thenPlay }
    failed.value = false
    // Chromium refuses an address for good, `load()` or not, when the service worker that comes during a first visit answers in
    // the middle of what the server began.
    if (element) element.src = `${element.src.replace(/\?.*/, '')}?again=${++tries}`
  }

  return {
    time,
    duration,
    playing,
    begun,
    waiting,
    failed,
    muted,
    jumps,
    toggle: () => {
      if (!element) return
      if (failed.peek()) retry(true)
      else if (element.paused) play()
      else element.pause()
    },
    play,
    pause: () => element?.pause(),
    seek,
    skip: (by) => seek(time.peek() + by),
    mute: () => {
      if (element) element.muted = !element.muted
    },
    setSpeed: (next) => {
      speed = next
      if (!element) return
      element.defaultPlaybackRate = next
      element.playbackRate = next
    },
    startAt: (to, long) => {
      start = { time: to, play: playing.peek() }
      time.value = to
      duration.value = long
    },
    retry: () => retry(start.play),
    expectBreak: () => {
      mayBreak = true
    },
    attach: (bound) => {
      element = bound
      element.defaultPlaybackRate = speed
      const entries = Object.entries(listeners)
      for (const [type, listener] of entries) bound.addEventListener(type, listener)
      // `timeupdate` comes four times a second: too seldom for captions.
      const timer = setInterval(() => {
        if (playing.peek()) follow()
      }, 100)
      return () => {
        clearInterval(timer)
        for (const [type, listener] of entries) bound.removeEventListener(type, listener)
        bound.pause()
        element = null
      }
    },
  }
}
