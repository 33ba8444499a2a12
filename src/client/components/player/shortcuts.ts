export type PlayerAction =
  | { kind: 'toggle' }
  | { kind: 'skip'; seconds: number }
  | { kind: 'mute' }
  | { kind: 'captions' }
  | { kind: 'full-screen' }

export const skipSeconds = 10

/** What a key does inside the player; null if it is the browser's own. Space and arrows belong to the focused control. */
export const actionOfKey = (
  key: string,
  focused: 'button' | 'choice' | 'other',
): PlayerAction | null => {
  switch (key.toLowerCase()) {
    case ' ':
      return focused === 'other' ? { kind: 'toggle' } : null
    case 'k':
      return { kind: 'toggle' }
    case 'arrowleft':
      return focused === 'choice' ? null : { kind: 'skip', seconds: -skipSeconds }
    case 'arrowright':
      return focused === 'choice' ? null : { kind: 'skip', seconds: skipSeconds }
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
