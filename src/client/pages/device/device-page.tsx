import { useEffect, useState } from 'preact/hooks'
import type { OutlineItem } from '../../../shared/domain/outline.ts'
import { allItems } from '../../../shared/domain/travel-order.ts'
import { Icon } from '../../components/icon.tsx'
import { ShipHold } from '../../components/ship-hold.tsx'
import { formatBytes } from '../../i18n/format.ts'
import { local, strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import { links } from '../links.ts'
import { TopBar } from '../shell/top-bar.tsx'
import { HandInFile } from './hand-in-file.tsx'
import { UnsentWords } from './unsent-words.tsx'

/** What lies on this device: words that wait, films and sound, texts; and how to free room. */
export const DevicePage = () => {
  const { outline, content, media } = useServices()
  const t = strings('device')
  const states = media.states.value
  const withMedia = allItems(outline).filter((item) => item.media !== null)
  const kept = withMedia.filter((item) => states[item.media?.file.sha256 ?? '']?.kind === 'kept')
  const bytes = kept.reduce((sum, item) => sum + sizeOf(item), 0)
  const [room, setRoom] = useState<{ used: number; quota: number } | null>(null)
  useEffect(() => {
    void media.estimate().then(setRoom)
  }, [media, states])
  const rest = Math.max(0, (room?.used ?? bytes) - bytes)
  const texts = content.kept.value

  return (
    <>
      <TopBar back={{ href: links.line, label: strings('common')('line') }} current="device" />
      <main id="content" class="wrap p-eininga">
        <h1>{t('title')}</h1>
        <p class="lede">{t('lede')}</p>
        <UnsentWords />
        <div class="hold">
          <ShipHold media={bytes} rest={rest} quota={room?.quota ?? 0} />
          <p>
            <b class="num">{formatBytes(bytes + rest)}</b>{' '}
            {room && <span class="mute">{t('ofQuota', { quota: formatBytes(room.quota) })}</span>}
          </p>
        </div>
        <ul class="legend">
          <li>
            <i style={{ background: 'var(--deep)' }} />
            <span>{t('filmsAndSound')}</span>
            <span class="gap" />
            <span class="num">{formatBytes(bytes)}</span>
          </li>
          <li>
            <i style={{ background: 'var(--lichen)' }} />
            <span>{t('textsAndWords')}</span>
            <span class="gap" />
            <span class="num">{formatBytes(rest)}</span>
          </li>
        </ul>
        <p class="words hint">
          <Icon name="lock" />
          <span>{t('wordsAreSafe')}</span>
        </p>
        <p class="words hint">
          <Icon name={texts.texts === texts.of ? 'kept' : 'down'} />
          <span>
            {texts.texts === texts.of
              ? t('allTexts')
              : t('someTexts', { count: texts.texts, of: texts.of })}
          </span>
        </p>
        <h2>{t('filmsAndSound')}</h2>
        {kept.length === 0 ? (
          <p>{t('noFilms')}</p>
        ) : (
          <ul class="items store">
            {kept.map((item) => (
              <Kept key={item.id} item={item} />
            ))}
          </ul>
        )}
        <HandInFile />
      </main>
    </>
  )
}

const sizeOf = (item: OutlineItem): number =>
  (item.media?.file.size ?? 0) + (item.media?.described?.size ?? 0)

const Kept = ({ item }: { item: OutlineItem }) => {
  const { media } = useServices()
  const t = strings('device')
  return (
    <li class="store-row">
      <a class="store-name" href={links.item(item.path)}>
        <b>{local(item.title)}</b>
        <span class="mark">
          <Icon name="kept" small /> {t('kept', { size: formatBytes(sizeOf(item)) })}
        </span>
      </a>
      <button
        type="button"
        class="txt-btn"
        aria-label={t('removeNamed', { title: local(item.title) })}
        onClick={() => void media.remove(item)}
      >
        <Icon name="trash" /> {t('remove')}
      </button>
    </li>
  )
}
