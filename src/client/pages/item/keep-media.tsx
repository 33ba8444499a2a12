import type { OutlineItem } from '../../../shared/domain/outline.ts'
import { strings } from '../../i18n/i18n.ts'
import { KeepItems } from '../keeping/keep-items.tsx'

export const KeepMedia = ({ item }: { item: OutlineItem }) => {
  const t = strings('keep')
  return (
    <section class="keep-media" aria-labelledby="keep-title">
      <h2 id="keep-title" class="h-s">
        {t('title')}
      </h2>
      <KeepItems
        items={[item]}
        words={{
          keep: (size) => t('keep', { size }),
          hint: t('keepHint'),
          kept: (size) => t('kept', { size }),
        }}
      />
    </section>
  )
}
