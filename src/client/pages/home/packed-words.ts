import type { Line } from '../../../shared/domain/line.ts'
import { formatBytes } from '../../i18n/format.ts'
import { strings } from '../../i18n/i18n.ts'
import type { Services } from '../../state/services.ts'
import { packed } from './kept.ts'
import { stopName } from './stop-words.ts'

/** What of the way ahead lies on this device. */
export const packedSentence = (services: Services, line: Line): string => {
  const t = strings('home')
  const { files, kept, size, missing } = packed(services, line)
  const ahead = line.ahead && line.stops[line.ahead.stop]
  const place = ahead && stopName(ahead)
  if (files === 0) return place ? t('noMediaUntil', { place }) : t('noMedia')
  if (missing === 0) {
    const words = { size: formatBytes(size) }
    return place ? t('keptUntil', { ...words, place }) : t('keptEverything', words)
  }
  const words = { kept, of: files, size: formatBytes(missing) }
  return place ? t('keptSomeUntil', { ...words, place }) : t('keptSome', words)
}
