import type { ComponentType } from 'preact'
import type { OutlineItem } from '../../../shared/domain/outline.ts'
import stylesheet from '../../styles/vote.css?url'
import { addStylesheet } from '../shell/add-stylesheet.ts'
import { VoteResult } from './vote-result.tsx'

export const openVoteResult = async (): Promise<ComponentType<{ item: OutlineItem }>> => {
  await addStylesheet(stylesheet)
  return VoteResult
}
