import type { ComponentType } from 'preact'
import { loadLaterStrings } from '../../../i18n/i18n.ts'
import stylesheet from '../../../styles/admin-wall.css?url'
import { addStylesheet } from '../../shell/add-stylesheet.ts'
import type { PageParams } from '../page-params.ts'
import { ReadinessPage } from '../readiness/readiness-page.tsx'
import { WallPage } from './wall-page.tsx'

const open = (page: ComponentType<PageParams>) => async (): Promise<ComponentType<PageParams>> => {
  await Promise.all([addStylesheet(stylesheet), loadLaterStrings()])
  return page
}
export const openWall = open(WallPage)
export const openReadiness = open(ReadinessPage)
