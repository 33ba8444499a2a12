import { useState } from 'preact/hooks'
import { Icon } from '../../components/icon.tsx'
import { strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import { saveAsFile } from './save-as-file.ts'

/** All that is not sent, as one file that any device of the person can hand in. */
export const SaveFile = () => {
  const services = useServices()
  const t = strings('device')
  const [said, say] = useState('')
  const save = async (): Promise<void> => {
    try {
      const { writeUnsentFile } = await import('../../state/unsent-file.ts')
      const file = await writeUnsentFile(services)
      if (file === null) return say(t('nothingToSave'))
      saveAsFile(file.name, file.text, 'application/json')
      say(t('savedFile', { name: file.name }))
    } catch {
      say(t('saveFileFailed'))
    }
  }
  return (
    <div class="save-file">
      <button type="button" class="btn line small" onClick={() => void save()}>
        <Icon name="down" small />
        {t('saveFile')}
      </button>
      <p class="hint">{t('saveFileHint')}</p>
      <p class="s2" role="status">
        {said}
      </p>
    </div>
  )
}
