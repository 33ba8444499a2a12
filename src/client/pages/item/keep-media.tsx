import type { OutlineItem } from '../../../shared/domain/outline.ts'
import { DownloadButton } from '../../components/download-button.tsx'
import { strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import { links } from '../links.ts'

/** Bytes of a film with its described version: they are kept together. */
export const mediaSize = ({ file, described }: NonNullable<OutlineItem['media']>): number =>
  file.size + (described?.size ?? 0)

export const KeepMedia = ({
  item,
  media,
}: {
  item: OutlineItem
  media: NonNullable<OutlineItem['media']>
}) => {
  const { media: library } = useServices()
  const t = strings('item')
  const state = library.states.value[media.file.sha256] ?? { kind: 'absent', bytes: 0 }
  return (
    <section class="keep-media" aria-labelledby="keep-title">
      <h2 id="keep-title" class="h-s">
        {t('onDeviceTitle')}
      </h2>
      <DownloadButton
        size={mediaSize(media)}
        keeping={state}
        keep={() => library.keep([item])}
        cancel={() => library.cancel([item])}
        remove={() => void library.remove(item)}
      />
      {state.kind === 'stopped' && state.reason === 'full' && (
        <a class="btn line small" href={links.device}>
          {t('makeRoom')}
        </a>
      )}
    </section>
  )
}
