import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Icon } from '../../components/icon.tsx'
import { useKeptFocus } from '../../components/use-kept-focus.ts'
import { strings } from '../../i18n/i18n.ts'
import { type Table, useServices } from '../../state/services.ts'
import { saveAsFile } from '../device/save-as-file.ts'
import { links } from '../links.ts'

/** The way from the table. It sends first; what cannot be sent must be saved as a file before the device is emptied. */
export const LeaveTable = ({ table }: { table: Table }) => {
  const { route } = useLocation()
  const [state, setState] = useState<'idle' | 'busy' | 'unsent'>('idle')
  const box = useKeptFocus()
  const t = strings('table')
  const leave = async (unsentToo: boolean): Promise<void> => {
    setState('busy')
    if ((await table.leave(unsentToo)) === 'done') route(links.tableLeft, true)
    else setState('unsent')
  }
  return (
    <div ref={box}>
      {state === 'unsent' ? (
        <Unsent leave={leave} />
      ) : (
        <button
          type="button"
          class="btn line"
          aria-disabled={state === 'busy'}
          onClick={() => state !== 'busy' && void leave(false)}
        >
          {t(state === 'busy' ? 'leaving' : 'leave')}
        </button>
      )}
    </div>
  )
}

/** What is not sent, and the two ways out of it. */
export const Unsent = ({ leave }: { leave(unsentToo: boolean): Promise<void> }) => {
  const services = useServices()
  const [said, say] = useState('')
  const [isSaved, setSaved] = useState(false)
  const t = strings('table')
  const save = async (): Promise<void> => {
    try {
      const { writeUnsentFile } = await import('../../state/unsent-file.ts')
      const file = await writeUnsentFile(services)
      if (file === null) return leave(false) // sent meanwhile
      saveAsFile(file.name, file.text, 'application/json')
      setSaved(true)
      say(t('saved', { name: file.name }))
    } catch {
      say(t('saveFailed'))
    }
  }
  return (
    <div class="note unsent-n" role="alert">
      <h3>{t('unsentTitle')}</h3>
      <p>{t('unsentText')}</p>
      <div class="row">
        <button type="button" class="btn line small" onClick={() => void leave(false)}>
          {t('tryAgain')}
        </button>
        <button type="button" class="btn line small" onClick={() => void save()}>
          <Icon name="down" small />
          {t('saveFile')}
        </button>
        {isSaved && (
          <button type="button" class="btn line small" onClick={() => void leave(true)}>
            {t('leaveSaved')}
          </button>
        )}
      </div>
      <p class="s2" role="status">
        {said}
      </p>
    </div>
  )
}
