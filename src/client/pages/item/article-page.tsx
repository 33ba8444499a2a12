import type { OutlineItem } from '../../../shared/domain/outline.ts'
import { local, strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import { links } from '../links.ts'
import { TopBar } from '../shell/top-bar.tsx'
import { FieldList, fieldsFor } from '../task/field-list.tsx'
import { useAnswers } from '../task/use-answers.ts'
import { DoneButton, NextLink } from './item-foot.tsx'
import { ItemMeta } from './item-meta.tsx'
import { ItemTextView } from './item-text.tsx'
import { NoteField } from './note-field.tsx'
import { ReportError } from './report-error.tsx'
import { sectionOf } from './travel.ts'
import { useItemText } from './use-item-text.ts'
import { useTitle } from './use-title.ts'

export const ArticlePage = ({ item }: { item: OutlineItem }) => {
  const { outline, me } = useServices()
  const text = useItemText(item)
  const answers = useAnswers(item, true)
  const section = sectionOf(outline, item)
  const title = local(item.title)
  useTitle(title)
  return (
    <>
      <TopBar
        back={{
          href: section?.href ?? links.line,
          label: section ? local(section.title) : strings('common')('line'),
        }}
      />
      <main id="content" class="art">
        <article class="wrap">
          <h1>{title}</h1>
          <ItemMeta item={item} section={section} />
          <ItemTextView state={text} lede />
        </article>
        <aside class="wrap art-side">
          <FieldList item={item} fields={fieldsFor(item, me)} answers={answers} />
          <NoteField answering={answers.personal} />
        </aside>
        <footer class="wrap art-foot">
          <DoneButton item={item} label={strings('item')('finishReading')} />
          <NextLink item={item} />
          <ReportError item={item} />
        </footer>
      </main>
    </>
  )
}
