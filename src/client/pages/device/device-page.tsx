import { allItems } from '../../../shared/domain/travel-order.ts'
import { Icon } from '../../components/icon.tsx'
import { strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import type { StoredDocument } from '../../state/words.ts'
import { useLine } from '../home/use-line.ts'
import { links } from '../links.ts'
import { TopBar } from '../shell/top-bar.tsx'
import { HandInFile } from './hand-in-file.tsx'
import { Hold } from './hold.tsx'
import { Leftovers } from './leftovers.tsx'
import { PartRow } from './part-row.tsx'
import { mediaBytes, partsOf } from './parts.ts'
import { QueueSection } from './queue-section.tsx'
import { UnsentWords } from './unsent-words.tsx'
import { useOnDevice } from './use-on-device.ts'
import { WifiOnly } from './wifi-only.tsx'

/** What lies on this device: words that wait, films and sound, texts; and how to free room. */
export const DevicePage = () => {
  const { outline, content, media, words } = useServices()
  const t = strings('device')
  const line = useLine()
  const onDevice = useOnDevice()
  const states = media.states.value
  const files = onDevice?.files ?? []
  const items = allItems(outline)
  const films = mediaBytes(states, items, files)
  const written = bytesOfWords(words.documents.value)
  const room = onDevice?.room ?? null
  const texts = content.kept.value
  const lasts = onDevice?.browser.lasts ?? null

  return (
    <>
      <TopBar back={{ href: links.line, label: strings('common')('line') }} current="device" />
      <main id="content" class="wrap p-eininga">
        <h1>{t('title')}</h1>
        <p class="lede">{t('lede')}</p>
        <UnsentWords />
        <QueueSection />
        <Hold
          films={films}
          texts={Math.max(0, (onDevice?.beside ?? 0) - written)}
          words={written}
          quota={room?.quota ?? null}
        />
        <Says icon="lock" text={t('wordsAreSafe')} />
        <Says
          icon={texts.texts === texts.of ? 'kept' : 'down'}
          text={
            texts.texts === texts.of
              ? t('allTexts')
              : t('someTexts', { count: texts.texts, of: texts.of })
          }
        />
        {lasts !== null && (
          <Says icon={lasts ? 'kept' : 'warn'} text={t(lasts ? 'lasts' : 'mayBeCleared')} />
        )}
        <section aria-labelledby="part-by-part">
          <h2 id="part-by-part">{t('partByPart')}</h2>
          {films === 0 && media.queue.value.kind === 'idle' && <p class="mute">{t('noFilms')}</p>}
          <ul class="items store">
            {partsOf(line, outline, states).map((part) => (
              <PartRow key={part.key} part={part} line={line} files={files} />
            ))}
          </ul>
        </section>
        <Leftovers files={files} items={items} />
        {onDevice && <WifiOnly canTell={onDevice.browser.tellsWifi} />}
        <HandInFile />
      </main>
    </>
  )
}

const Says = ({ icon, text }: { icon: 'lock' | 'kept' | 'down' | 'warn'; text: string }) => (
  <p class="words hint">
    <Icon name={icon} />
    <span>{text}</span>
  </p>
)

/** What is written, as text; how the device packs it is its own affair. */
const bytesOfWords = (documents: readonly StoredDocument[]): number =>
  documents.reduce((sum, { plain }) => sum + new Blob([JSON.stringify(plain)]).size, 0)
