import { useEffect, useState } from 'preact/hooks'
import type { OutlineItem } from '../../../shared/domain/outline.ts'
import { useServices } from '../../state/services.ts'

export type Checked =
  | { kind: 'checking' }
  | { kind: 'ready' }
  | { kind: 'missing'; items: OutlineItem[] }

/** Looks for every piece and text on the device, and again whenever something has come or gone; null = not asked. */
export const useCheck = (items: readonly OutlineItem[], ask: boolean): Checked | null => {
  const { media, content } = useServices()
  const [checked, setChecked] = useState<Checked | null>(null)
  const ids = items.map(({ id }) => id).join(' ')
  const states = media.states.value
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
  }, [media, ask, ids, states, texts])
  return checked
}
