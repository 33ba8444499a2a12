import type { OutlineItem } from '../../../shared/domain/outline.ts'
import { DownloadButton, type DownloadWords } from '../../components/download-button.tsx'
import { useServices } from '../../state/services.ts'
import { links } from '../links.ts'
import { keepingOf, withTexts } from './keeping.ts'
import { useActions } from './use-actions.ts'

/** Brings the film and sound of these items to the device, together. */
export const KeepItems = ({
  items,
  words,
}: {
  items: readonly OutlineItem[]
  words: DownloadWords
}) => {
  const { media, content, words: written } = useServices()
  const files = items.filter((item) => item.media !== null)
  const actions = useActions(files)
  if (files.length === 0) return null
  const keeping = keepingOf(files, media.states.value, media.queue.value)
  return (
    <DownloadButton
      keeping={withTexts(keeping, files, content.has)}
      words={words}
      actions={actions}
      rate={media.rate.value}
      isOffline={written.pending.value.connection === 'offline'}
      roomAddress={links.device}
    />
  )
}
