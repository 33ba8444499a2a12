import { useEffect, useState } from 'preact/hooks'
import { useServices } from '../../state/services.ts'
import type { OpenDocument } from '../../state/words.ts'

export type Opening =
  | { kind: 'none' }
  | { kind: 'opening' }
  | { kind: 'open'; document: OpenDocument }
  | { kind: 'failed'; retry(): void }

/** A document of words, open as long as the page is; closing writes what is in its buffer. */
export const useDocument = (id: string | null): Opening => {
  const { words } = useServices()
  const [opening, setOpening] = useState<Opening>({ kind: id === null ? 'none' : 'opening' })
  const [attempt, setAttempt] = useState(0)
  // A new attempt opens again.
  useEffect(() => {
    if (id === null) return
    let gone = false
    let opened: OpenDocument | null = null
    setOpening({ kind: 'opening' })
    words.open(id).then(
      (document) => {
        if (gone) return void document.close()
        opened = document
        setOpening({ kind: 'open', document })
      },
      () => {
        if (gone) return
        setOpening({ kind: 'failed', retry: () => setAttempt((before) => before + 1) })
      },
    )
    return () => {
      gone = true
      void opened?.close()
    }
  }, [words, id, attempt])
  return opening
}
