import type { ComponentType } from 'preact'
import { type Loaders, loadStrings } from '../../i18n/i18n.ts'
import stylesheet from '../../styles/admin.css?url'
import { addStylesheet } from '../shell/add-stylesheet.ts'
import { AdminPage } from './admin-page.tsx'

const strings: Loaders = {
  nn: () => import('../../i18n/nn-admin.ts'),
  nb: () => import('../../i18n/nb-admin.ts'),
}

/** What only these pages need, before they are shown: their strings and their style sheet. */
export const openAdmin = async (): Promise<ComponentType> => {
  await Promise.all([loadStrings(strings), addStylesheet(stylesheet)])
  // The other language too, while there is a network: the service worker does not have it.
  for (const load of Object.values(strings)) load().catch(() => {})
  return AdminPage
}
