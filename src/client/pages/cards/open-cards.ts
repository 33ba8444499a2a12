import type { ComponentType } from 'preact'
import stylesheet from '../../styles/cards.css?url'
import { addStylesheet } from '../shell/add-stylesheet.ts'
import { CardsPage } from './cards-page.tsx'

/** What only these pages need, before they are shown. */
export const openCardPages = async (): Promise<ComponentType<{ part?: string; id?: string }>> => {
  await addStylesheet(stylesheet)
  return CardsPage
}
