import type { Gathering } from '../../../../shared/domain/gathering.ts'
import { strings } from '../../../i18n/i18n.ts'
import { FormField } from './form-field.tsx'
import type { GatheringDraft, Mistakes } from './gathering-draft.ts'

/** The days, the times and the place. Own time has days alone: when it opens, and its deadline. */
export const WhenAndWhere = ({
  gathering: { kind },
  draft,
  set,
  mistakes,
}: {
  gathering: Gathering
  draft: GatheringDraft
  set(part: Partial<GatheringDraft>): void
  mistakes: Mistakes
}) => {
  const t = strings('adminGatherings')
  const isOwn = kind === 'own'
  return (
    <>
      <h2>{t('when')}</h2>
      <div class="entries">
        <FormField
          label={t(isOwn ? 'opensOn' : 'firstDay')}
          type="date"
          wrong={mistakes.starts}
          value={draft.starts}
          change={(starts) => set({ starts })}
        />
        <FormField
          label={t(isOwn ? 'deadline' : 'lastDay')}
          type="date"
          wrong={mistakes.ends}
          value={draft.ends}
          change={(ends) => set({ ends })}
        />
      </div>
      <p class="hint">{t(isOwn ? 'deadlineHint' : 'lastDayHint')}</p>
      {!isOwn && (
        <>
          <div class="entries">
            <FormField
              label={t('startsAt')}
              type="time"
              value={draft.startsAt}
              change={(startsAt) => set({ startsAt })}
            />
            <FormField
              label={t('endsAt')}
              type="time"
              wrong={mistakes.endsAt}
              value={draft.endsAt}
              change={(endsAt) => set({ endsAt })}
            />
          </div>
          <h2>{t('where')}</h2>
          <FormField
            label={t('place')}
            hint={t('placeHint')}
            maxLength={120}
            value={draft.place}
            change={(place) => set({ place })}
          />
          <FormField
            label={t('address')}
            hint={t('addressHint')}
            maxLength={300}
            value={draft.address}
            change={(address) => set({ address })}
          />
          <FormField
            label={t('link')}
            hint={t('linkHint')}
            type="url"
            maxLength={500}
            wrong={mistakes.meetingLink}
            value={draft.meetingLink}
            change={(meetingLink) => set({ meetingLink })}
          />
        </>
      )}
      {kind === 'gathering' && (
        <>
          <label class="agree">
            <input
              type="checkbox"
              checked={draft.travelDay}
              onChange={(event) => set({ travelDay: event.currentTarget.checked })}
            />
            {t('travelDay')}
          </label>
          <p class="hint">{t('travelDayHint')}</p>
        </>
      )}
    </>
  )
}
