import type { OutlineItem } from '../../../shared/domain/outline.ts'
import { Icon } from '../../components/icon.tsx'
import { formatBytes } from '../../i18n/format.ts'
import { strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import { mediaSize } from '../home/kept.ts'
import { type Keeping, keepingOf } from './keeping.ts'

/** Brings all films and sound of the module to the device. */
export const KeepModule = ({ items }: { items: readonly OutlineItem[] }) => {
  const t = strings('module')
  const words = { keep: (size: string) => t('keepModule', { size }), hint: t('keepHint') }
  return <KeepItems items={items} words={words} />
}

/** The same for any items: `words` are those of the button that begins it. */
export const KeepItems = ({
  items,
  words,
}: {
  items: readonly OutlineItem[]
  words: { keep(size: string): string; hint: string }
}) => {
  const { media } = useServices()
  const files = items.filter((item) => item.media !== null)
  if (files.length === 0) return null
  const stateOf = (item: OutlineItem) =>
    media.states.value[item.media?.file.sha256 ?? ''] ?? { kind: 'absent' as const, bytes: 0 }
  const keeping = keepingOf(files.map((item) => ({ size: mediaSize(item), state: stateOf(item) })))
  return (
    <KeepButton
      keeping={keeping}
      words={words}
      keep={() => media.keep(files)}
      cancel={() => media.cancel(files)}
    />
  )
}

const KeepButton = ({
  keeping,
  words,
  keep,
  cancel,
}: {
  keeping: Keeping
  words: { keep(size: string): string; hint: string }
  keep(): void
  cancel(): void
}) => {
  const t = strings('module')
  const loaded = formatBytes(keeping.bytes)
  const size = formatBytes(keeping.of)
  switch (keeping.kind) {
    case 'kept':
      return (
        <p class="mark keep-done">
          <Icon name="kept" small />
          {t('keptModule', { size })}
        </p>
      )
    case 'loading':
      return (
        <div class="keep">
          <button
            type="button"
            class="btn line dl"
            style={{ '--p': `${Math.round((keeping.bytes / Math.max(1, keeping.of)) * 100)}%` }}
            aria-label={`${t('stopKeeping')}, ${t('keeping', { loaded, size })}`}
            onClick={cancel}
          >
            <Icon name="pause" />
            <span class="num">{t('keeping', { loaded, size })}</span>
          </button>
          <p class="hint">{t('keepingHint')}</p>
        </div>
      )
    case 'stopped':
      return (
        <div class="keep">
          <button type="button" class="btn line" onClick={keep}>
            <Icon name="warn" />
            {t('stoppedAt', { loaded })}
          </button>
          <p class="hint" role="status">
            {
              {
                network: t('stoppedNetwork'),
                full: t('stoppedFull'),
                damaged: t('stoppedDamaged'),
              }[keeping.reason]
            }
          </p>
        </div>
      )
    case 'absent':
      return (
        <div class="keep">
          <button type="button" class="btn line" onClick={keep}>
            <Icon name="down" />
            {words.keep(formatBytes(keeping.of - keeping.bytes))}
          </button>
          <p class="hint">{words.hint}</p>
        </div>
      )
  }
}
