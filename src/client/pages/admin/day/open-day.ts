import type { ComponentType } from 'preact'
import stylesheet from '../../../styles/day.css?url'
import { addStylesheet } from '../../shell/add-stylesheet.ts'
import type { PageParams } from '../page-params.ts'
import { DayPage } from './day-page.tsx'

export const openDay = async (): Promise<ComponentType<PageParams>> => {
  await addStylesheet(stylesheet)
  return DayPage
}
