import { strings } from '../../../i18n/i18n.ts'
import type { Asked } from '../../../state/admin-api.ts'
import { sayFailure } from '../failure.tsx'

/** Why a person was not stored or erased, in words. */
export const sayPersonFailure = (failed: Extract<Asked<unknown>, { ok: false }>): string => {
  const t = strings('adminPeople')
  switch (failed.error) {
    case 'address-taken':
      return t('failureAddress')
    case 'over-capacity':
      return t('failureFull')
    case 'last-administrator':
      return t('failureLast')
    default:
      return sayFailure(failed)
  }
}
