import { useState } from 'preact/hooks'
import { type ReportList, reportListSchema } from '../../../shared/domain/report.ts'
import { allItems } from '../../../shared/domain/travel-order.ts'
import { paths } from '../../../shared/protocol/paths.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { formatMoment } from '../../i18n/format.ts'
import { local, strings } from '../../i18n/i18n.ts'
import { type Asked, useAsk } from '../../state/admin-api.ts'
import { useServices } from '../../state/services.ts'
import { useTitle } from '../item/use-title.ts'
import { links } from '../links.ts'
import { Missing, sayFailure } from './failure.tsx'
import { useAsked } from './use-asked.ts'

type Told = ReportList['reports'][number]

/** What people say is wrong, item by item. */
export const ReportsPage = () => {
  const t = strings('admin')
  useTitle(t('reports'))
  const answered = useAsked(paths.openReports, reportListSchema)
  const reports = answered.asked?.ok ? answered.asked.value.reports : null
  return (
    <main id="content">
      <h1>{t('reports')}</h1>
      <p class="lede">{t('reportsLede')}</p>
      <Missing {...answered} />
      {reports?.length === 0 && (
        <EmptyState drawing="cabin-lamp" title={t('noReports')} text={t('noReportsText')} />
      )}
      {reports &&
        [...Map.groupBy(reports, ({ item }) => item)].map(([item, ofItem]) => (
          <ItemReports key={item} item={item} reports={ofItem} />
        ))}
    </main>
  )
}

const ItemReports = ({ item, reports }: { item: string; reports: readonly Told[] }) => {
  const { outline } = useServices()
  const t = strings('admin')
  const known = allItems(outline).find(({ id }) => id === item)
  return (
    <section class="reports">
      <h2>{known ? <a href={links.item(known.path)}>{local(known.title)}</a> : t('otherItem')}</h2>
      {!known && <p class="hint">{item.split('.').slice(1).join(', ')}</p>}
      <ul>
        {reports.map((report) => (
          <Report key={report.id} report={report} />
        ))}
      </ul>
    </section>
  )
}

const Report = ({ report }: { report: Told }) => {
  const t = strings('admin')
  const common = strings('common')
  const ask = useAsk()
  const [isClosed, setClosed] = useState(false)
  const [failed, setFailed] = useState<Asked<unknown> | null>(null)
  const close = async (closed: boolean): Promise<void> => {
    const asked = await ask(paths.report(report.id), { method: 'PATCH', body: { closed } })
    setFailed(asked.ok ? null : asked)
    if (asked.ok) setClosed(closed)
  }
  const languageName = report.language === 'nn' ? common('nynorsk') : common('bokmal')
  return (
    <li class={isClosed ? 'closed' : undefined}>
      <p class="written" dir="auto">
        {report.text}
      </p>
      <p class="meta">
        <span>{report.by ?? t('somebodyErased')}</span>
        <span>{formatMoment(report.sentAt)}</span>
        <span>{languageName}</span>
        <span>{t('version', { version: report.version })}</span>
      </p>
      <div role="status">
        {isClosed && <p class="hint">{t('reportClosed')}</p>}
        {failed?.ok === false && <p class="note err">{sayFailure(failed)}</p>}
      </div>
      <button type="button" class="btn line small" onClick={() => void close(!isClosed)}>
        {t(isClosed ? 'openReport' : 'closeReport')}
      </button>
    </li>
  )
}
