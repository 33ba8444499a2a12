import { languages } from '../../../shared/domain/languages.ts'
import type { OutlineItem } from '../../../shared/domain/outline.ts'
import { Icon } from '../../components/icon.tsx'
import { local, strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import { links } from '../links.ts'
import type { Checked } from './use-check.ts'

/** What the check found: ready for the tunnel, or what is missing and how to get it. */
export const Ready = ({
  items,
  checked,
  again,
}: {
  items: readonly OutlineItem[]
  checked: Checked | null
  again(): void
}) => {
  const t = strings('journey')
  if (checked === null || checked.kind === 'checking') {
    return <p class="hint late">{t('checking')}</p>
  }
  if (checked.kind === 'missing') return <Missing items={checked.items} again={again} />
  const [first] = items
  return (
    <>
      <div class="note ready" role="status">
        <Icon name="kept" />
        <div>
          <h3>{t('ready')}</h3>
          <p>{t('readyText')}</p>
        </div>
      </div>
      {first && (
        <a class="btn lamp full" href={links.item(first.path)}>
          {first.media && <Icon name="play" />}
          {t('start', { title: local(first.title) })}
        </a>
      )}
    </>
  )
}

const Missing = ({ items, again }: { items: readonly OutlineItem[]; again(): void }) => {
  const { media, content } = useServices()
  const t = strings('journey')
  const fetchAll = async (): Promise<void> => {
    media.keep(items)
    // The library keeps each text that it brings.
    const texts = items.flatMap((item) => languages.map((code) => content.text(item, code)))
    await Promise.allSettled(texts)
    again()
  }
  return (
    <div class="note missing" role="status">
      <h3>{t('notReady')}</h3>
      <p>{t('missing')}</p>
      <ul>
        {items.map((item) => (
          <li key={item.id}>{local(item.title)}</li>
        ))}
      </ul>
      <button type="button" class="btn line" onClick={() => void fetchAll()}>
        <Icon name="down" />
        {t('fetchMissing')}
      </button>
    </div>
  )
}
