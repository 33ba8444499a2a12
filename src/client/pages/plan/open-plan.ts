import type { ComponentType } from 'preact'
import stylesheet from '../../styles/plan.css?url'
import { addStylesheet } from '../shell/add-stylesheet.ts'
import { PlanPage } from './plan-page.tsx'

/** What only this page needs, before it is shown. */
export const openPlan = async (): Promise<ComponentType> => {
  await addStylesheet(stylesheet)
  return PlanPage
}
