import { useRef } from 'preact/hooks'
import type { OutlineItem } from '../../../shared/domain/outline.ts'
import { Icon } from '../../components/icon.tsx'
import { formatBytes } from '../../i18n/format.ts'
import { local, strings } from '../../i18n/i18n.ts'
import { type StoredFile, useServices } from '../../state/services.ts'
import { type Leftover, leftoversOf } from './parts.ts'
import { usedWords } from './used-words.ts'

/** What stayed after it was watched: the first to be cleared when room is short, or at once, at a tap. */
export const Leftovers = ({
  files,
  items,
}: {
  files: readonly StoredFile[]
  items: readonly OutlineItem[]
}) => {
  const { media } = useServices()
  const t = strings('device')
  const heading = useRef<HTMLHeadingElement>(null)
  const left = leftoversOf(files, items)
  const bytes = left.reduce((sum, one) => sum + one.bytes, 0)
  const free = async (some: readonly Leftover[]): Promise<void> => {
    heading.current?.focus({ preventScroll: true }) // the row goes, and its button with it
    for (const sha256 of some.flatMap((one) => one.files)) await media.removeFile(sha256)
  }
  return (
    <section class="leftovers" aria-labelledby="leftovers">
      <h2 id="leftovers" ref={heading} tabIndex={-1}>
        {t('leftovers')}
      </h2>
      {left.length === 0 ? (
        <p class="mute">{t('noLeftovers')}</p>
      ) : (
        <>
          <p class="mute">{t('leftoversText')}</p>
          <button type="button" class="btn line small" onClick={() => void free(left)}>
            <Icon name="trash" small />
            {t('freeAll', { size: formatBytes(bytes) })}
          </button>
          <ul class="items store">
            {left.map((one) => (
              <LeftoverRow key={one.key} leftover={one} free={() => void free([one])} />
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

const LeftoverRow = ({ leftover, free }: { leftover: Leftover; free(): void }) => {
  const t = strings('device')
  const { item, bytes, usedAt } = leftover
  const title = item ? local(item.title) : t('goneItem')
  return (
    <li class="store-row">
      <span class="store-name">
        <b>{title}</b>
        <span class="meta">
          <span class="num">{formatBytes(bytes)}</span>
          <span>{usedWords(usedAt)}</span>
        </span>
      </span>
      <button type="button" class="txt-btn" aria-label={`${t('remove')}: ${title}`} onClick={free}>
        <Icon name="trash" /> {t('remove')}
      </button>
    </li>
  )
}
