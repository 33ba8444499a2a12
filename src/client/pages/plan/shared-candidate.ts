import { useLocation } from 'preact-iso'
import type { PlanField } from '../../../shared/domain/plan.ts'
import { type Effort, isEmptyRow } from '../../../shared/words/plan.ts'
import { strings } from '../../i18n/i18n.ts'
import { useCards } from '../cards/use-cards.ts'
import type { Candidate } from './candidates.ts'

/** The shared card that the address names, if it is not in the plan yet. */
export const useSharedCandidate = (field: PlanField, efforts: readonly Effort[]): Candidate[] => {
  const { query } = useLocation()
  const cards = useCards()
  const card = cards?.library.value?.cards.find(({ id }) => id === query.kort)
  const from = `kort/${card?.id}`
  const first = field.columns[0]?.id
  const isThere = efforts.some(
    (effort) => effort.from === from && !(effort.hidden && isEmptyRow(effort)),
  )
  if (!card || !first || isThere) return []
  const title = strings('cards')('fromCard', { group: card.group.name })
  const gives = field.columns.find(({ id }) => id === 'gevinst')
  const what = [card.title, card.what].filter((text, index, all) => all.indexOf(text) === index)
  return [
    {
      from,
      name: card.title,
      sheet: { nn: title, nb: title },
      cells: {
        [first]: what.join('\n'),
        ...(gives && card.gives && { [gives.id]: card.gives }),
      },
    },
  ]
}
