import type { ComponentType } from 'preact'
import { loadLaterStrings } from '../../i18n/i18n.ts'
import stylesheet from '../../styles/day.css?url'
import { addStylesheet } from '../shell/add-stylesheet.ts'
import { DayLine } from './day-line.tsx'

/** What home needs of it only on such a day. */
export const openDayLine = async (): Promise<ComponentType<{ here?: string }>> => {
  await Promise.all([loadLaterStrings(), addStylesheet(stylesheet)])
  return DayLine
}
