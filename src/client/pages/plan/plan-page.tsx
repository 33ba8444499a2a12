import { planItemOf } from '../../../shared/domain/plan.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { local, strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import { useTitle } from '../item/use-title.ts'
import { links } from '../links.ts'
import { TopBar } from '../shell/top-bar.tsx'
import { AnswersTrouble } from '../task/field-list.tsx'
import { HandIn } from '../task/hand-in.tsx'
import { PendingState } from '../task/pending-state.tsx'
import { SheetFiles } from '../task/sheet-files.tsx'
import { useAnswers } from '../task/use-answers.ts'
import { type OwnGroup, useGroup } from '../task/use-group.ts'
import { WhoWrites } from '../task/who-writes.tsx'
import { BasisSheets } from './basis-sheets.tsx'
import { Efforts } from './efforts.tsx'

type Found = NonNullable<ReturnType<typeof planItemOf>>

/** The group's action plan: what is to be done, by whom and when, and how it goes. */
export const PlanPage = () => {
  const { outline } = useServices()
  const t = strings('plan')
  const found = planItemOf(outline)
  useTitle(t('title'))
  return (
    <>
      <TopBar back={{ href: links.group, label: strings('common')('group') }} />
      {found ? <Plan found={found} /> : <NoPlan title={t('none')} text={t('noneText')} />}
    </>
  )
}

const Plan = ({ found: { item, field } }: { found: Found }) => {
  const t = strings('plan')
  const { group, groups } = useGroup(item)
  const answers = useAnswers(item, false)
  if (!group) return <NoPlan title={t('noGroup')} text={t('noGroupText')} />
  return (
    <main id="content" class="plan" key={group.scope}>
      <div class="wrap plan-head">
        <div>
          <h1>{t('title')}</h1>
          <p class="lede">{group.name}</p>
          <OtherGroups groups={groups} current={group} />
          <p class="hint">{field.hint && local(field.hint)}</p>
          <p>
            <a href={links.item(item.path)}>{t('toSheet', { sheet: local(item.title) })}</a>
          </p>
        </div>
        {answers.writer && <WhoWrites item={item} answers={answers} />}
      </div>
      <div class="wrap">
        <AnswersTrouble answers={answers} />
        <BasisSheets group={group} />
        {answers.group && <Efforts field={field} group={group} answering={answers.group} />}
      </div>
      <footer class="send">
        <div class="wrap">
          <PendingState />
          {answers.group && <HandIn answering={answers.group} />}
          {answers.group && <SheetFiles group={group} task={item.id} />}
        </div>
      </footer>
    </main>
  )
}

/** For who sits in several groups: each has a plan of its own. */
const OtherGroups = ({ groups, current }: { groups: readonly OwnGroup[]; current: OwnGroup }) =>
  groups.length < 2 ? null : (
    <nav class="which-group" aria-label={strings('plan')('groups')}>
      <ul>
        {groups.map(({ scope, name }) => (
          <li key={scope}>
            <a
              class="txt-btn"
              href={links.planOf(scope)}
              aria-current={scope === current.scope ? 'page' : undefined}
            >
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )

const NoPlan = ({ title, text }: { title: string; text: string }) => (
  <main id="content" class="wrap">
    <h1 class="sr">{strings('plan')('title')}</h1>
    <EmptyState drawing="table" title={title} text={text}>
      <a class="btn line" href={links.line}>
        {strings('common')('toLine')}
      </a>
    </EmptyState>
  </main>
)
