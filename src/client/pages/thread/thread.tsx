import type { Outline, OutlineItem } from '../../../shared/domain/outline.ts'
import { earlierSheets, isSamePart, saidIn } from '../../../shared/domain/thread.ts'
import { type BroughtCard, broughtOf, broughtTask } from '../../../shared/words/brought.ts'
import { documentId } from '../../../shared/words/scope.ts'
import { local, strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import type { OwnGroup } from '../task/use-group.ts'
import { ThreadText } from './thread-text.tsx'

/** What a group has with it into this item, to read and to use: what members have brought, and the sheets before it. */
export const Thread = ({
  item,
  group,
  use,
}: {
  item: OutlineItem
  group: OwnGroup
  /** Puts a text into the answer that is open; null where that takes none. */
  use: ((text: string) => void) | null
}) => {
  const { outline, words } = useServices()
  const t = strings('task')
  const plainOf = (task: string) =>
    words.documents.value.find(({ id }) => id === documentId(group.scope, task))?.plain
  const brought = plainOf(broughtTask)
  // A group around a gathering's table has no cards: what is brought is brought to the leaders.
  const cards = brought ? broughtOf(brought) : []
  const here = cards.filter(({ from }) => isSamePart(outline, from.item, item.id))
  const others = cards.filter((card) => !here.includes(card))
  const sheets = earlierSheets(outline, item).flatMap((sheet) => {
    const plain = plainOf(sheet.id)
    const said = plain ? saidIn(sheet, plain) : []
    return said.length > 0 ? [{ sheet, said }] : []
  })
  if (cards.length === 0 && sheets.length === 0) return null

  const cardList = (some: readonly BroughtCard[]) => (
    <ul>
      {some.map((card, index) => (
        <ThreadText
          key={card.row}
          index={index}
          question={questionOf(outline, card)}
          label={card.label}
          text={card.text}
          use={use}
        />
      ))}
    </ul>
  )
  return (
    <section class="thread" aria-label={t('thread')}>
      {here.length > 0 && (
        <details open>
          <summary>{t('threadBrought', { count: here.length })}</summary>
          {cardList(here)}
        </details>
      )}
      {others.length > 0 && (
        <details>
          <summary>{t('threadBroughtOther', { count: others.length })}</summary>
          {cardList(others)}
        </details>
      )}
      {sheets.map(({ sheet, said }, index) => (
        <details key={sheet.id} open={index === 0 && here.length === 0}>
          <summary>
            {t('threadSheet', { title: local(sheet.title), stop: stopTitle(outline, sheet) })}
          </summary>
          <ul>
            {said.flatMap(({ field, agreed, texts }) =>
              texts.map(({ key, label, text }, at) => (
                <ThreadText
                  key={`${field.id}/${key}`}
                  index={at}
                  question={at === 0 ? local(field.label) : null}
                  label={label}
                  text={text}
                  agreed={agreed}
                  use={use}
                />
              )),
            )}
          </ul>
        </details>
      ))}
    </section>
  )
}

const questionOf = (outline: Outline, { from }: BroughtCard): string | null => {
  const field = outline.modules
    .flatMap(({ items }) => items)
    .find(({ id }) => id === from.item)
    ?.fields.find(({ id }) => id === from.field)
  return field ? local(field.label) : null
}

const stopTitle = ({ stops }: Outline, { stop }: OutlineItem): string => {
  const found = stops.find(({ id }) => id === stop)
  return found ? local(found.title) : ''
}
