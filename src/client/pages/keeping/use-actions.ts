import type { OutlineItem } from '../../../shared/domain/outline.ts'
import type { DownloadActions } from '../../components/download-button.tsx'
import { useServices } from '../../state/services.ts'

/** What can be done about these items. Pausing holds back the whole queue: there is one. */
export const useActions = (items: readonly OutlineItem[]): DownloadActions => {
  const { media } = useServices()
  return {
    keep: () => media.keep(items),
    pause: () => media.pause(),
    resume: () => media.resume(),
    cancel: () => media.cancel(items),
    remove: async () => {
      for (const item of items) await media.remove(item)
    },
    useMobile: () => media.setWifiOnly(false),
  }
}
