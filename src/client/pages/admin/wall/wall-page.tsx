import { useRef, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { type Wall, wallSchema } from '../../../../shared/domain/wall.ts'
import { paths } from '../../../../shared/protocol/paths.ts'
import { Icon } from '../../../components/icon.tsx'
import { formatMoment } from '../../../i18n/format.ts'
import { language, local, strings } from '../../../i18n/i18n.ts'
import { useTitle } from '../../item/use-title.ts'
import { links } from '../../links.ts'
import { Missing } from '../failure.tsx'
import type { PageParams } from '../page-params.ts'
import { useAsked } from '../use-asked.ts'
import { WallAnswerView } from './wall-answer.tsx'
import { WallScreen } from './wall-screen.tsx'

/** `/admin/vegg/<cohort>`: what the groups have handed in, side by side, a question at a time. */
export const WallPage = ({ cohort = '' }: PageParams) => {
  const { query } = useLocation()
  const t = strings('adminReadiness')
  useTitle(t('wall'))
  const wanted = query.ark ? `item=${encodeURIComponent(query.ark)}&` : ''
  const answered = useAsked(`${paths.wall(cohort)}?${wanted}language=${language.value}`, wallSchema)
  // Stays when it cannot be had anew: it may stand on the wall of the hall.
  const last = useRef<Wall | null>(null)
  if (answered.asked?.ok) last.current = answered.asked.value
  const shown = last.current?.cohort.id === cohort ? last.current : null
  return (
    <main id="content" class="wall">
      <a class="back to-overview" href={links.cohortGatherings(cohort)}>
        <Icon name="back" />
        {t('toGatherings')}
      </a>
      <h1>{t('wall')}</h1>
      <p class="lede">{t('wallLede')}</p>
      <Missing {...answered} />
      {shown && <Sheets key={shown.item.id} wall={shown} again={answered.again} />}
    </main>
  )
}

const Sheets = ({ wall, again }: { wall: Wall; again(): Promise<void> }) => {
  const t = strings('adminReadiness')
  const [question, setQuestion] = useState(0)
  const screen = useRef<HTMLDialogElement>(null)
  const { item, items, questions, groups, cohort } = wall
  const handedIn = groups.filter(({ handedInAt }) => handedInAt !== null)
  const unreadable = groups.filter((group) => group.isUnreadable)
  const missing = groups.filter((group) => group.handedInAt === null && !group.isUnreadable)
  const { route } = useLocation()
  return (
    <>
      <div class="wall-ways">
        <label>
          <span>{t('whichSheet')}</span>
          <select
            class="area one"
            value={item.id}
            onChange={(event) =>
              route(`${links.wall(cohort.id)}?ark=${encodeURIComponent(event.currentTarget.value)}`)
            }
          >
            {items.map(({ id, title, handedIn: count }) => (
              <option key={id} value={id}>
                {t('sheetOption', { title: local(title), count })}
              </option>
            ))}
          </select>
        </label>
        <button type="button" class="btn line small" onClick={() => void again()}>
          {t('again')}
        </button>
        <button type="button" class="btn line small" onClick={() => screen.current?.showModal()}>
          <Icon name="full" />
          {t('project')}
        </button>
        <button type="button" class="btn line small" onClick={() => print()}>
          <Icon name="print" />
          {t('print')}
        </button>
      </div>
      {handedIn.length === 0 ? (
        <p class="lede">{t('nothingHandedIn')}</p>
      ) : (
        <>
          <nav class="wall-questions" aria-label={t('questions')}>
            <ol>
              {questions.map((text, index) => (
                <li key={text}>
                  <button
                    type="button"
                    aria-current={index === question ? 'step' : undefined}
                    onClick={() => setQuestion(index)}
                  >
                    {index + 1}. {text}
                  </button>
                </li>
              ))}
            </ol>
          </nav>
          <h2>{questions[question]}</h2>
          <div class="wall-cards">
            {handedIn.map(({ id, name, handedInAt, answers }) => (
              <article key={id} aria-label={name}>
                <h3>{name}</h3>
                <p class="hint">{t('handedInAt', { when: formatMoment(handedInAt ?? 0) })}</p>
                <WallAnswerView answer={answers[question]} />
                <p class="wall-files">
                  {(['docx', 'pdf'] as const).map((kind) => (
                    <a
                      key={kind}
                      download
                      href={`${paths.handedInFile(id, item.id, kind)}?language=${language.value}`}
                    >
                      {t(`file_${kind}`)}
                      <span class="sr"> {name}</span>
                    </a>
                  ))}
                </p>
              </article>
            ))}
          </div>
        </>
      )}
      {unreadable.length > 0 && (
        <p class="note err">
          {t('unreadable', { groups: unreadable.map(({ name }) => name).join(', ') })}
        </p>
      )}
      {missing.length > 0 && (
        <p class="mute">
          {t('notHandedIn', { groups: missing.map(({ name }) => name).join(', ') })}
        </p>
      )}
      <WallScreen dialog={screen} {...{ questions, question, setQuestion }} groups={handedIn} />
    </>
  )
}
