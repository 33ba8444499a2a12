import { useState } from 'preact/hooks'
import type { PeoplePreview } from '../../../../shared/domain/people-file.ts'
import { strings } from '../../../i18n/i18n.ts'

/** Drawn at first; a file may have two thousand rows. */
const first = 50

/** What becomes of each row. */
export const PreviewRows = ({ preview }: { preview: PeoplePreview }) => {
  const t = strings('adminPeople')
  const [isAll, setAll] = useState(false)
  const rows = preview.rows.filter(({ outcome }) => outcome !== null)
  if (rows.length === 0) return null
  return (
    <>
      <table class="rows preview-rows">
        <caption class="sr">{t('rows')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('line')}</th>
            <th scope="col">{t('name')}</th>
            <th scope="col">{t('outcome')}</th>
          </tr>
        </thead>
        <tbody>
          {rows
            .slice(0, isAll ? undefined : first)
            .map(({ line, name, email, outcome, changes }) => (
              <tr key={line}>
                <td data-label={t('line')} class="num">
                  {line}
                </td>
                <th scope="row">
                  {name}
                  <span class="mute">{email}</span>
                </th>
                <td data-label={t('outcome')}>
                  {outcome && t(`outcome_${outcome}`)}
                  {changes.length > 0 && outcome === 'changed' && (
                    <span class="mute">
                      {changes.map((column) => t(`column_${column}`)).join(', ')}
                    </span>
                  )}
                </td>
              </tr>
            ))}
        </tbody>
      </table>
      {rows.length > first && !isAll && (
        <button type="button" class="btn line after-rows" onClick={() => setAll(true)}>
          {t('showAll', { count: rows.length })}
        </button>
      )}
    </>
  )
}
