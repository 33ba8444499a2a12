import { mostRegistrants } from '../../../shared/domain/registration.ts'
import type { ErrorCode } from '../../../shared/protocol/errors.ts'
import { strings } from '../../i18n/i18n.ts'
import type { Mistake } from './rows.ts'

/** Why a link registers nobody, or why what was sent was not taken. */
export const sayLinkFailure = (error: ErrorCode | 'unreachable'): string => {
  const t = strings('registration')
  switch (error) {
    case 'wrong-link':
      return t('failureWrongLink')
    case 'link-expired':
      return t('failureExpired')
    case 'link-closed':
      return t('failureClosed')
    case 'link-full':
      return t('failureFull')
    case 'too-many':
      return t('failureTooMany')
    case 'unreachable':
    case 'busy':
    case 'server-error':
      return t('failureUnreachable')
    default:
      return t('failureOther')
  }
}

/** The server may have got it, or may get it yet: it is sent again as it is. */
export const isUncertain = (error: ErrorCode | 'unreachable'): boolean =>
  error === 'unreachable' || error === 'busy' || error === 'server-error'

export const sayMistake = (mistake: Mistake): string => {
  const t = strings('registration')
  switch (mistake) {
    case 'name-missing':
      return t('nameMissing')
    case 'name-long':
      return t('nameLong')
    case 'email-missing':
      return t('emailMissing')
    case 'email-wrong':
      return t('emailWrong')
    case 'email-twice':
      return t('emailTwice')
    case 'audience-missing':
      return t('audienceMissing')
  }
}

export const mostWords = (): string => strings('registration')('most', { count: mostRegistrants })
