import { useEffect, useState } from 'preact/hooks'
import type { OutlineItem } from '../../../shared/domain/outline.ts'
import { useServices } from '../../state/services.ts'
import { keepStateOf } from '../keeping/keeping.ts'

export type Checked =
  | { kind: 'checking' }
  | { kind: 'ready' }
  | { kind: 'missing'; items: OutlineItem[] }

/** Looks for every piece and text on the device, and again whenever something has come or gone, or when told; null = not asked. */
export const useCheck = (
  items: readonly OutlineItem[],
  ask: boolean,
): { checked: Checked | null; again(): void } => {
  const { media, content } = useServices()
  const [checked, setChecked] = useState<Checked | null>(null)
  const [attempt, setAttempt] = useState(0)
  const ids = items.map(({ id }) => id).join(' ')
  // Not the signal's value itself: the check reads the device anew, and with that sets it.
  const kinds = items.map((item) => keepStateOf(item, media.states.value).kind).join(' ')
  const { texts } = content.kept.value
  useEffect(() => {
    setChecked(ask ? { kind: 'checking' } : null)
    if (!ask) return
    let gone = false
    void media
      .check(items)
      .catch(() => ({ ready: false, missing: [...items] })) // what cannot be seen is not promised
      .then(({ ready, missing }) => {
        if (!gone) setChecked(ready ? { kind: 'ready' } : { kind: 'missing', items: missing })
      })
    return () => {
      gone = true
    }
    // `items` is new at every drawing; its ids say when it is another.
  }, [media, ask, ids, kinds, texts, attempt])
  return { checked, again: () => setAttempt((before) => before + 1) }
}
