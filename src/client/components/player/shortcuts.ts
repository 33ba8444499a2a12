export type PlayerAction =
  | { kind: 'toggle' }
  | { kind: 'skip'; seconds: number }
  /** To the next chapter or the one before. */
  | { kind: 'chapter'; by: 1 | -1 }
  /** To this share of the whole. */
  | { kind: 'share'; share: number }
  | { kind: 'speed'; by: 1 | -1 }
  | { kind: 'mute' }
  | { kind: 'captions' }
  | { kind: 'full-screen' }

export const skipSeconds = 10

/** What has the focus inside the player: each keeps the keys that are its own. */
export type Focused = 'button' | 'slider' | 'choice' | 'other'

/**
 * What a key does inside the player; null if it is the browser's own. The letters are those that people know from other players.
 * They are heard only while the focus is inside (WCAG 2.1.4): a screen reader and a text field keep theirs.
 */
export const actionOfKey = (key: string, shift: boolean, focused: Focused): PlayerAction | null => {
  if (focused === 'choice' && /^(Arrow|Page|[0-9 ])/.test(key)) return null
  if (/^[0-9]$/.test(key)) return { kind: 'share', share: Number(key) / 10 }
  switch (key.toLowerCase()) {
    case ' ':
      return focused === 'button' ? null : { kind: 'toggle' }
    case 'k':
      return { kind: 'toggle' }
    case 'arrowleft':
      return shift ? { kind: 'chapter', by: -1 } : { kind: 'skip', seconds: -skipSeconds }
    case 'arrowright':
      return shift ? { kind: 'chapter', by: 1 } : { kind: 'skip', seconds: skipSeconds }
    case 'j':
      return { kind: 'skip', seconds: -skipSeconds }
    case 'l':
      return { kind: 'skip', seconds: skipSeconds }
    // A slider's own steps are too small to be heard or seen. Home and End it knows by itself.
    case 'arrowdown':
      return focused === 'slider' ? { kind: 'skip', seconds: -skipSeconds } : null
    case 'arrowup':
      return focused === 'slider' ? { kind: 'skip', seconds: skipSeconds } : null
    case 'pagedown':
      return focused === 'slider' ? { kind: 'chapter', by: -1 } : null
    case 'pageup':
      return focused === 'slider' ? { kind: 'chapter', by: 1 } : null
    case '<':
      return { kind: 'speed', by: -1 }
    case '>':
      return { kind: 'speed', by: 1 }
    case 'm':
      return { kind: 'mute' }
    case 'c':
      return { kind: 'captions' }
    case 'f':
      return { kind: 'full-screen' }
    default:
      return null
  }
}
