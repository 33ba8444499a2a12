import { useState } from 'preact/hooks'
import { icalendarType } from '../../../shared/domain/calendar.ts'
import type { Gathering } from '../../../shared/domain/gathering.ts'
import { Icon } from '../../components/icon.tsx'
import { language, strings } from '../../i18n/i18n.ts'
import { fetchStopCalendar } from '../../state/gatherings.ts'
import { useServices } from '../../state/services.ts'
import { saveAsFile } from '../device/save-as-file.ts'
import { links } from '../links.ts'

/** This one gathering as a file; all of them are a matter of one's account. */
export const ToCalendar = ({ gathering: { stop } }: { gathering: Gathering }) => {
  const { server, me } = useServices()
  const t = strings('gathering')
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle')
  const save = async (): Promise<void> => {
    setState('busy')
    const deps = { ...server, principal: me.principal }
    const blob = await fetchStopCalendar(deps, stop, language.peek())
    setState(blob ? 'idle' : 'failed')
    if (blob) saveAsFile(`${stop}.ics`, blob, icalendarType)
  }
  return (
    <div class="to-calendar">
      <button
        type="button"
        class="btn line"
        disabled={state === 'busy'}
        onClick={() => void save()}
      >
        <Icon name="down" />
        {t('toCalendar')}
      </button>
      {me.role !== 'group-tablet' && <a href={links.account}>{t('calendarAll')}</a>}
      <div role="status">{state === 'failed' && <p class="note err">{t('calendarFailed')}</p>}</div>
    </div>
  )
}
