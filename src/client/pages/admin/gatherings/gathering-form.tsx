import { useRef, useState } from 'preact/hooks'
import {
  type Gathering,
  mostAgendaEntries,
  mostLecturers,
} from '../../../../shared/domain/gathering.ts'
import { paths } from '../../../../shared/protocol/paths.ts'
import { strings } from '../../../i18n/i18n.ts'
import { type Asked, useAsk } from '../../../state/admin-api.ts'
import { Outcome } from '../failure.tsx'
import { FormField } from './form-field.tsx'
import {
  changeOf,
  draftOf,
  type GatheringDraft,
  type Mistakes,
  mistakesIn,
  newId,
} from './gathering-draft.ts'
import { RowList } from './row-list.tsx'
import { WhenAndWhere } from './when-and-where.tsx'

/** All that is said of a stop. What could not be stored stays in the form. */
export const GatheringForm = ({
  gathering,
  again,
}: {
  gathering: Gathering
  again(): Promise<void>
}) => {
  const t = strings('adminGatherings')
  const ask = useAsk()
  const form = useRef<HTMLFormElement>(null)
  const [draft, setDraft] = useState<GatheringDraft>(() => draftOf(gathering))
  const [mistakes, setMistakes] = useState<Mistakes>({})
  const [result, setResult] = useState<Asked<unknown> | null>(null)
  const set = (part: Partial<GatheringDraft>): void => {
    setResult(null)
    setDraft((before) => ({ ...before, ...part }))
  }
  const showMistakes = (found: Mistakes): void => {
    setMistakes(found)
    if (Object.keys(found).length === 0) return
    requestAnimationFrame(() =>
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
    )
  }
  const store = async (): Promise<void> => {
    const found = mistakesIn(draft)
    showMistakes(found)
    if (Object.keys(found).length > 0) return setResult(null)
    const body = changeOf(draft, gathering)
    const path = paths.gathering(gathering.cohort, gathering.stop)
    const stored = await ask(path, { method: 'PATCH', body })
    if (stored.ok) await again()
    else if (stored.error === 'no-first-day') showMistakes({ starts: 'no-first-day' })
    else if (stored.error === 'ends-before-start') showMistakes({ ends: 'ends-before-start' })
    setResult(stored)
  }
  const isChanged = Object.keys(changeOf(draft, gathering)).length > 0
  const isWrong = Object.keys(mistakes).length > 0
  const isOwn = gathering.kind === 'own'
  return (
    <form
      ref={form}
      class="admin-form gathering-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void store()
      }}
    >
      <WhenAndWhere gathering={gathering} draft={draft} set={set} mistakes={mistakes} />
      <FormField
        label={t('practical')}
        hint={t('practicalHint')}
        rows={6}
        maxLength={4000}
        value={draft.practical}
        change={(practical) => set({ practical })}
      />
      {!isOwn && (
        <>
          <h2>{t('agenda')}</h2>
          <p class="hint">{t('agendaHint')}</p>
          <RowList
            rows={draft.agenda}
            most={mostAgendaEntries}
            change={(agenda) => set({ agenda })}
            make={() => ({ id: newId(), time: '', title: '', who: '' })}
            nameOf={(row) => [row.time, row.title].filter(Boolean).join(' ')}
            legendOf={(number) => t('agendaRow', { number })}
            addLabel={t('addAgenda')}
            movable
          >
            {(row, change) => (
              <div class="agenda-fields">
                <FormField
                  label={t('time')}
                  type="time"
                  wrong={mistakes[`agenda.${row.id}.time`]}
                  value={row.time}
                  change={(time) => change({ time })}
                />
                <FormField
                  label={t('what')}
                  maxLength={200}
                  wrong={mistakes[`agenda.${row.id}.title`]}
                  value={row.title}
                  change={(title) => change({ title })}
                />
                <FormField
                  label={t('who')}
                  maxLength={120}
                  value={row.who}
                  change={(who) => change({ who })}
                />
              </div>
            )}
          </RowList>
          <h2>{t('lecturers')}</h2>
          <RowList
            rows={draft.lecturers}
            most={mostLecturers}
            change={(lecturers) => set({ lecturers })}
            make={() => ({ id: newId(), name: '', topic: '', about: '' })}
            nameOf={(row) => row.name}
            legendOf={(number) => t('lecturer', { number })}
            addLabel={t('addLecturer')}
          >
            {(row, change) => (
              <>
                <div class="entries">
                  <FormField
                    label={t('name')}
                    maxLength={120}
                    wrong={mistakes[`lecturers.${row.id}.name`]}
                    value={row.name}
                    change={(name) => change({ name })}
                  />
                  <FormField
                    label={t('topic')}
                    maxLength={200}
                    wrong={mistakes[`lecturers.${row.id}.topic`]}
                    value={row.topic}
                    change={(topic) => change({ topic })}
                  />
                </div>
                <FormField
                  label={t('about')}
                  rows={3}
                  maxLength={2000}
                  value={row.about}
                  change={(about) => change({ about })}
                />
              </>
            )}
          </RowList>
        </>
      )}
      {isWrong && (
        <p class="note err" role="alert">
          {t('wrongSome')}
        </p>
      )}
      <Outcome result={isWrong ? null : result} />
      {isChanged && result === null && !isWrong && <p class="hint">{t('unsaved')}</p>}
      <button type="submit" class="btn">
        {strings('admin')('store')}
      </button>
    </form>
  )
}
