import { useEffect, useRef, useState } from 'preact/hooks'
import type { OutlineItem } from '../../../../shared/domain/outline.ts'
import { allItems } from '../../../../shared/domain/travel-order.ts'
import { isVote } from '../../../../shared/domain/vote.ts'
import { type VoteSight, voteSightSchema } from '../../../../shared/domain/vote-answer.ts'
import { paths } from '../../../../shared/protocol/paths.ts'
import { Icon } from '../../../components/icon.tsx'
import { VotePictures } from '../../../components/vote-pictures.tsx'
import { local, strings } from '../../../i18n/i18n.ts'
import { useAsk } from '../../../state/admin-api.ts'
import { useServices } from '../../../state/services.ts'
import { useTitle } from '../../item/use-title.ts'
import { links } from '../../links.ts'
import { Missing, Outcome } from '../failure.tsx'
import type { PageParams } from '../page-params.ts'
import { useAsked } from '../use-asked.ts'

/** `/admin/vote/<cohort>`: the votes of the programme; `/admin/vote/<cohort>/<item>`: one of them, live. */
export const VotesPage = ({ cohort = '' }: PageParams) => {
  const { outline } = useServices()
  const t = strings('vote')
  useTitle(t('votes'))
  const votes = allItems(outline).filter(isVote)
  return (
    <main id="content">
      <a class="back to-overview" href={links.cohortGatherings(cohort)}>
        <Icon name="back" />
        {strings('adminReadiness')('toGatherings')}
      </a>
      <h1>{t('votes')}</h1>
      <p class="lede">{t('votesLede')}</p>
      {votes.length === 0 && <p class="mute">{t('noVotes')}</p>}
      <ul class="group-rows">
        {votes.map((item) => (
          <li key={item.id}>
            <a class="nextlink" href={links.adminVote(cohort, item.id)}>
              <span>
                <b>{local(item.title)}</b>
                <span class="meta">
                  {local(outline.stops.find(({ id }) => id === item.stop)?.title ?? item.summary)}
                </span>
              </span>
              <Icon name="next" />
            </a>
          </li>
        ))}
      </ul>
    </main>
  )
}

export const VotePage = ({ cohort = '', item: id = '' }: PageParams) => {
  const { outline } = useServices()
  const t = strings('vote')
  const item = allItems(outline).find((one) => one.id === id) ?? null
  useTitle(item ? local(item.title) : t('votes'))
  return (
    <main id="content" class="vote-page">
      <a class="back to-overview" href={links.adminVotes(cohort)}>
        <Icon name="back" />
        {t('votes')}
      </a>
      {item ? (
        <Live cohort={cohort} item={item} />
      ) : (
        <p class="lede">{strings('admin')('failureNotFound')}</p>
      )}
    </main>
  )
}

/** Asked once a second while the page is looked at: the last answer is in the picture before anybody asks for it. */
const everyMs = 1000

const Live = ({ cohort, item }: { cohort: string; item: OutlineItem }) => {
  const t = strings('vote')
  const ask = useAsk()
  const path = paths.votes(cohort, item.id)
  const answered = useAsked(path, voteSightSchema)
  const { again } = answered
  const last = useRef<VoteSight | null>(null)
  if (answered.asked?.ok) last.current = answered.asked.value
  const sight = last.current
  const screen = useRef<HTMLDialogElement>(null)
  const [outcome, setOutcome] = useState<Awaited<ReturnType<typeof ask>> | null>(null)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let isOver = false
    const round = async (): Promise<void> => {
      if (document.visibilityState === 'visible') await again()
      if (!isOver) timer = setTimeout(() => void round(), everyMs)
    }
    timer = setTimeout(() => void round(), everyMs)
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [again])
  const setClosed = async (closed: boolean): Promise<void> => {
    setOutcome(await ask(path, { method: 'PUT', body: { closed } }))
    await again()
  }
  const fields = item.fields.map((field) => ({
    field,
    told: sight?.fields.find((one) => one.field === field.id)?.told ?? null,
  }))
  return (
    <>
      <h1>{local(item.title)}</h1>
      {sight === null ? (
        <Missing {...answered} />
      ) : (
        <>
          <Turnout sight={sight} />
          <SaidTurnout sight={sight} />
          {answered.asked?.ok === false && <p class="note">{t('liveStopped')}</p>}
          <div class="vote-ways">
            <button
              type="button"
              class="btn line small"
              onClick={() => screen.current?.showModal()}
            >
              <Icon name="full" />
              {strings('adminReadiness')('project')}
            </button>
            <button
              type="button"
              class="btn line small"
              onClick={() => void setClosed(!sight.closed)}
            >
              <Icon name={sight.closed ? 'undo' : 'lock'} />
              {t(sight.closed ? 'reopen' : 'close')}
            </button>
          </div>
          <p class="hint">{t(sight.closed ? 'closedHint' : 'openHint')}</p>
          {outcome?.ok === false && <Outcome result={outcome} />}
          <VotePictures fields={fields} />
          <dialog class="vote-screen" ref={screen} aria-label={local(item.title)}>
            <h2>{local(item.title)}</h2>
            <Turnout sight={sight} />
            <VotePictures fields={fields} />
            <button type="button" class="btn line" onClick={() => screen.current?.close()}>
              <Icon name="x" />
              {strings('adminReadiness')('closeScreen')}
            </button>
          </dialog>
        </>
      )}
    </>
  )
}

/** Heard in steps: each answer by itself would be all that who listens hears. */
const SaidTurnout = ({ sight: { turnout } }: { sight: VoteSight }) => {
  const t = strings('vote')
  const isWhole = turnout?.missing === 0
  const count = turnout ? (isWhole ? turnout.answers : turnout.answers - (turnout.answers % 5)) : 0
  return (
    <p class="sr" role="status">
      {count > 0 && t(isWhole ? 'saidAll' : 'said', { count })}
    </p>
  )
}

const Turnout = ({ sight: { turnout } }: { sight: VoteSight }) => {
  const t = strings('vote')
  if (!turnout) return <p class="lede">{t('fewPeople')}</p>
  return (
    <p class="vote-turnout">
      <b class="num">{turnout.answers}</b> {t('haveAnswered', { count: turnout.answers })}
      <span class="mute">{t('missing', { count: turnout.missing })}</span>
    </p>
  )
}
