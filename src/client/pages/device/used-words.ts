import { formatMoment } from '../../i18n/format.ts'
import { strings } from '../../i18n/i18n.ts'

/** `Sist spelt kl. 08.39`, `Sist spelt 22. november kl. 08.39` */
export const usedWords = (usedAt: number | null): string => {
  const t = strings('device')
  return usedAt === null ? t('neverPlayed') : t('lastPlayed', { when: formatMoment(usedAt) })
}
