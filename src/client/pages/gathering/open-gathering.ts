import type { ComponentType } from 'preact'
import dayStylesheet from '../../styles/day.css?url'
import stylesheet from '../../styles/gathering.css?url'
import { addStylesheet } from '../shell/add-stylesheet.ts'
import { GatheringPage } from './gathering-page.tsx'

/** What only these pages need, before they are shown. */
export const openGathering = async (): Promise<ComponentType<{ stop?: string }>> => {
  await Promise.all([addStylesheet(stylesheet), addStylesheet(dayStylesheet)])
  return GatheringPage
}
