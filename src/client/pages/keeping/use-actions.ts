import { languages } from '../../../shared/domain/languages.ts'
import type { OutlineItem } from '../../../shared/domain/outline.ts'
import type { DownloadActions } from '../../components/download-button.tsx'
import { useServices } from '../../state/services.ts'

/** What can be done about these items. Pausing holds back the whole queue: there is one. */
export const useActions = (items: readonly OutlineItem[]): DownloadActions => {
  const { media, content } = useServices()
  return {
    keep: () => {
      media.keep(items)
      // The library keeps each text that it brings.
      for (const item of items.filter((one) => !content.has(one))) {
        for (const code of languages) void content.text(item, code).catch(() => null)
      }
    },
    pause: () => media.pause(),
    resume: () => media.resume(),
    cancel: () => media.cancel(items),
    remove: async () => {
      for (const item of items) await media.remove(item)
    },
    useMobile: () => media.setWifiOnly(false),
  }
}
