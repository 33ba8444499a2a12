import type { OutlineItem } from '../../../shared/domain/outline.ts'
import { strings } from '../../i18n/i18n.ts'
import { KeepItems } from '../keeping/keep-items.tsx'

/** Brings all films and sound of the module to the device. */
export const KeepModule = ({ items }: { items: readonly OutlineItem[] }) => {
  const t = strings('keep')
  return (
    <KeepItems
      items={items}
      words={{
        keep: (size) => t('keepModule', { size }),
        hint: t('keepModuleHint'),
        kept: (size) => t('keptModule', { size }),
      }}
    />
  )
}
