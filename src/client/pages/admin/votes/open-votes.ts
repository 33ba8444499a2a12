import type { ComponentType } from 'preact'
import { loadLaterStrings } from '../../../i18n/i18n.ts'
import stylesheet from '../../../styles/vote.css?url'
import { addStylesheet } from '../../shell/add-stylesheet.ts'
import type { PageParams } from '../page-params.ts'
import { VotePage, VotesPage } from './vote-page.tsx'

const open = (page: ComponentType<PageParams>) => async (): Promise<ComponentType<PageParams>> => {
  await Promise.all([addStylesheet(stylesheet), loadLaterStrings()])
  return page
}
export const openVotes = open(VotesPage)
export const openVote = open(VotePage)
