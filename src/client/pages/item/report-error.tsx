import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { longestReport } from '../../../shared/domain/longest-report.ts'
import type { OutlineItem } from '../../../shared/domain/outline.ts'
import { Icon } from '../../components/icon.tsx'
import { formatClock } from '../../i18n/format.ts'
import { language, local, strings } from '../../i18n/i18n.ts'
import type { OwnReport, Reports } from '../../state/reports.ts'
import { useServices } from '../../state/services.ts'
import { links } from '../links.ts'

/** The quiet way to say that something on this page is wrong. What is typed lies on the device at every key. */
export const ReportError = ({ item }: { item: OutlineItem }) => {
  const services = useServices()
  const [reports, setReports] = useState<Reports | null>(null)
  const dialog = useRef<HTMLDialogElement>(null)
  const t = strings('item')
  useEffect(() => {
    let shown = true
    void services.reports().then(
      (opened) => shown && setReports(opened),
      () => {}, // its part of the page could not be had: the page's own note tells of it
    )
    return () => {
      shown = false
    }
  }, [services])
  if (!reports) return null
  const report = reports.own.value[item.id]
  const waits = report?.isWanted ?? false
  const hasDraft = !waits && !!report?.text
  return (
    <div class="report-error">
      <button type="button" class="txt-btn" onClick={() => dialog.current?.showModal()}>
        {t('reportError')}
      </button>
      {waits && (
        <span class="state small unsent">
          <Icon name="unsent" />
          {t('reportNotSent')}
        </span>
      )}
      {hasDraft && <span class="state small">{t('reportDraft')}</span>}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the panel closes; for the keyboard Escape does */}
      <dialog
        ref={dialog}
        class="report-dialog"
        aria-labelledby={`report-${item.id}`}
        onClick={(event) => {
          if (event.target === dialog.current) dialog.current?.close() // beside the panel
        }}
      >
        <div class="report-panel">
          <h2 id={`report-${item.id}`}>{t('reportError')}</h2>
          <p class="hint">{local(item.title)}</p>
          <ReportForm
            item={item}
            reports={reports}
            report={report}
            close={() => dialog.current?.close()}
          />
        </div>
      </dialog>
    </div>
  )
}

const ReportForm = ({
  item,
  reports,
  report,
  close,
}: {
  item: OutlineItem
  reports: Reports
  report: OwnReport | undefined
  close(): void
}) => {
  const { outline } = useServices()
  const id = useId()
  const [isTooLong, setTooLong] = useState(false)
  const t = strings('item')
  const text = report?.text ?? ''
  const about = {
    item: item.id,
    package: outline.id,
    version: outline.version,
    language: language.value,
  }
  const send = (): void => {
    setTooLong(text.trim().length > longestReport)
    void reports.send(item.id)
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <label for={id}>{t('reportWhat')}</label>
      <p class="hint" id={`${id}-hint`}>
        {t('reportWho')}
      </p>
      <textarea
        id={id}
        class="area"
        rows={5}
        dir="auto"
        aria-describedby={`${id}-hint`}
        value={text}
        onInput={(event) => {
          setTooLong(false)
          reports.write(about, event.currentTarget.value)
        }}
      />
      <div role="status" class="report-state">
        <ReportState report={report} isTooLong={isTooLong} />
      </div>
      <div class="row">
        <button type="submit" class="btn" disabled={text.trim() === ''}>
          {t('reportSend')}
        </button>
        <button type="button" class="btn line" onClick={close}>
          {strings('common')('close')}
        </button>
      </div>
    </form>
  )
}

const ReportState = ({
  report,
  isTooLong,
}: {
  report: OwnReport | undefined
  isTooLong: boolean
}) => {
  const t = strings('item')
  if (!report) return null
  if (!report.isKept) return <p class="state small bad">{t('reportNotKept')}</p>
  if (isTooLong) return <p class="state small bad">{t('reportTooLong')}</p>
  if (report.isWanted) {
    return (
      <div class="note">
        <p>
          <b>{t('reportNotSent')}</b>
        </p>
        {report.failure && <p>{t(failures[report.failure])}</p>}
        {report.failure === 'signed-out' && <a href={links.signIn}>{t('reportSignIn')}</a>}
      </div>
    )
  }
  if (report.sentAt !== null && report.text === '') {
    return (
      <p class="state small sent">
        <Icon name="sent2" />
        {t('reportSent', { clock: formatClock(report.sentAt) })}
      </p>
    )
  }
  return report.text === '' ? null : (
    <p class="state small saved">
      <Icon name="kept" />
      {t('reportKept')}
    </p>
  )
}

const failures = {
  offline: 'reportOffline',
  'signed-out': 'reportSignedOut',
  later: 'reportLater',
  refused: 'reportRefused',
} as const
