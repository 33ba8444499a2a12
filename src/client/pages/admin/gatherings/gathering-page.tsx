import { useRef } from 'preact/hooks'
import { type Gathering, gatheringsSchema } from '../../../../shared/domain/gathering.ts'
import { paths } from '../../../../shared/protocol/paths.ts'
import { Icon } from '../../../components/icon.tsx'
import { formatMoment } from '../../../i18n/format.ts'
import { local, strings } from '../../../i18n/i18n.ts'
import { useTitle } from '../../item/use-title.ts'
import { links } from '../../links.ts'
import { Missing } from '../failure.tsx'
import type { PageParams } from '../page-params.ts'
import { useAsked } from '../use-asked.ts'
import { Cancelling } from './cancelling.tsx'
import { GatheringForm } from './gathering-form.tsx'
import { sayMissing, sayWhen } from './gathering-words.ts'

/** `/admin/samling/<cohort>/<stop>`: all that is said of one stop. */
export const GatheringPage = ({ cohort = '', stop = '' }: PageParams) => {
  const t = strings('adminGatherings')
  const answered = useAsked(paths.cohortGatherings(cohort), gatheringsSchema)
  const all = answered.asked?.ok ? answered.asked.value.gatherings : null
  const found = all?.find((one) => one.stop === stop)
  // What stands in the form outlives an answer that did not come.
  const last = useRef<Gathering | null>(null)
  if (found) last.current = found
  const kept = last.current?.cohort === cohort && last.current.stop === stop ? last.current : null
  const gathering = found ?? (all ? null : kept)
  const title = gathering ? local(gathering.title) : t('title')
  useTitle(title)
  const missing = gathering && sayMissing(gathering)
  return (
    <main id="content">
      <a class="back to-overview" href={links.cohortGatherings(cohort)}>
        <Icon name="back" />
        {t('title')}
      </a>
      <h1>{title}</h1>
      {gathering && <p class="lede">{sayWhen(gathering)}</p>}
      {gathering && (
        <p class="meta">
          {missing && <span class="lacks">{missing}</span>}
          {gathering.changedAt !== null && (
            <span>{t('changedAt', { when: formatMoment(gathering.changedAt) })}</span>
          )}
        </p>
      )}
      <Missing {...answered} />
      {all && !gathering && <p class="lede">{strings('admin')('failureNotFound')}</p>}
      {gathering && gathering.kind !== 'own' && gathering.audience === null && (
        <p>
          <a class="btn line" href={links.adminDay(cohort, stop)}>
            <Icon name="clock" />
            {strings('adminDay')('run')}
          </a>{' '}
          <a class="btn line" href={links.readiness(cohort, stop)}>
            <Icon name="group" />
            {strings('adminReadiness')('title')}
          </a>{' '}
          <a class="btn line" href={links.wall(cohort)}>
            <Icon name="eye" />
            {strings('adminReadiness')('wall')}
          </a>
        </p>
      )}
      {gathering && (
        <>
          <GatheringForm key={`${cohort}/${stop}`} gathering={gathering} again={answered.again} />
          <Cancelling gathering={gathering} again={answered.again} />
        </>
      )}
    </main>
  )
}
