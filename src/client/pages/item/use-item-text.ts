import { useEffect, useState } from 'preact/hooks'
import type { ItemText } from '../../../shared/domain/article.ts'
import type { OutlineItem } from '../../../shared/domain/outline.ts'
import { language } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'

export type ItemTextState =
  | { kind: 'loading' }
  | { kind: 'here'; text: ItemText }
  | { kind: 'missing'; retry(): void }

/** The item's text in the language of the page, from the device or the network. */
export const useItemText = (item: OutlineItem): ItemTextState => {
  const { content } = useServices()
  const wanted = language.value
  const [state, setState] = useState<ItemTextState>({ kind: 'loading' })
  const [attempt, setAttempt] = useState(0)
  // A new attempt asks again.
  useEffect(() => {
    let gone = false
    const missing: ItemTextState = {
      kind: 'missing',
      retry: () => {
        setState({ kind: 'loading' })
        setAttempt((before) => before + 1)
      },
    }
    content.text(item, wanted).then(
      (text) => gone || setState(text ? { kind: 'here', text } : missing),
      () => gone || setState(missing),
    )
    return () => {
      gone = true
    }
  }, [content, item, wanted, attempt])
  return state
}
