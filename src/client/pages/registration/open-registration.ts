import type { ComponentType } from 'preact'
import { loadStrings } from '../../i18n/i18n.ts'
import stylesheet from '../../styles/registration.css?url'
import { addStylesheet } from '../shell/add-stylesheet.ts'
import { RegistrationPage } from './registration-page.tsx'

/** What only this page needs, before it is shown. */
export const openRegistration = async (): Promise<ComponentType<{ token?: string }>> => {
  const strings = loadStrings({
    nn: () => import('../../i18n/nn-registration.ts'),
    nb: () => import('../../i18n/nb-registration.ts'),
  })
  await Promise.all([strings, addStylesheet(stylesheet)])
  return RegistrationPage
}
