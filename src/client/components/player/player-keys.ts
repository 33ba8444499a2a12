import type { TargetedKeyboardEvent } from 'preact'
import type { Cue } from '../../../shared/domain/article.ts'
import { chapterFrom } from './chapters.ts'
import { nextSpeed, type Playback } from './playback.ts'
import { actionOfKey, type Focused, type PlayerAction } from './shortcuts.ts'

/** What the keys of a player reach. */
export interface KeyTargets {
  playback: Playback
  chapters: readonly Cue[]
  speed: number
  chooseSpeed(speed: number): void
  /** Null where there is none. */
  captions: (() => void) | null
  fullScreen: (() => void) | null
}

export const takeKey = (event: TargetedKeyboardEvent<HTMLElement>, targets: KeyTargets): void => {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const action = actionOfKey(event.key, event.shiftKey, focusedIn(event.target as HTMLElement))
  if (!action || !act(action, event.repeat, targets)) return
  event.preventDefault()
}

/** False where the player has nothing of the kind: the key stays the browser's. */
const act = (action: PlayerAction, isRepeated: boolean, targets: KeyTargets): boolean => {
  const { playback, chapters, speed, chooseSpeed, captions, fullScreen } = targets
  switch (action.kind) {
    case 'skip':
      playback.skip(action.seconds)
      return true
    case 'share':
      playback.seek(playback.duration.peek() * action.share)
      return true
    case 'speed':
      chooseSpeed(nextSpeed(speed, action.by))
      return true
    case 'chapter': {
      if (chapters.length === 0) return false
      playback.seek(chapterFrom(chapters, playback.time.peek(), action.by))
      return true
    }
    case 'toggle':
      if (!isRepeated) playback.toggle()
      return true
    case 'mute':
      if (!isRepeated) playback.mute()
      return true
    case 'captions':
      if (!isRepeated) captions?.()
      return captions !== null
    case 'full-screen':
      if (!isRepeated) fullScreen?.()
      return fullScreen !== null
  }
}

const focusedIn = (target: HTMLElement): Focused => {
  if (target.matches('select')) return 'choice'
  if (target.matches('input[type=range]')) return 'slider'
  return target.matches('button, a') ? 'button' : 'other'
}
