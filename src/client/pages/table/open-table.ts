import stylesheet from '../../styles/table.css?url'
import { addStylesheet } from '../shell/add-stylesheet.ts'
import { TableSection } from './table-section.tsx'

/** What only this part needs, before it is shown. */
export const openTableSection = async (): Promise<typeof TableSection> => {
  await addStylesheet(stylesheet)
  return TableSection
}
