import { useRef, useState } from 'preact/hooks'
import { Icon } from '../../components/icon.tsx'
import { strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import type { TakenFile } from '../../state/words.ts'

/** Takes in the words of a file that was saved on this device or another. */
export const HandInFile = () => {
  const { words } = useServices()
  const t = strings('device')
  const input = useRef<HTMLInputElement>(null)
  const [state, setState] = useState<TakenFile | 'reading' | 'failed' | null>(null)
  const take = async (file: File): Promise<void> => {
    setState('reading')
    setState(await words.takeFile(file).catch(() => 'failed' as const))
    // The same file may be chosen again.
    if (input.current) input.current.value = ''
  }
  return (
    <section class="hand-in-file" aria-labelledby="hand-in-file">
      <h2 id="hand-in-file">{t('fileTitle')}</h2>
      <p class="mute">{t('fileText')}</p>
      <label class="btn line">
        <Icon name="article" />
        {t('fileChoose')}
        <input
          ref={input}
          type="file"
          accept=".json,application/json"
          class="sr"
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? []
            if (file) void take(file)
          }}
        />
      </label>
      <div role="status">{state !== null && <Result state={state} />}</div>
    </section>
  )
}

const Result = ({ state }: { state: TakenFile | 'reading' | 'failed' }) => {
  const t = strings('device')
  if (state === 'reading') return <p class="hint">{t('fileReading')}</p>
  if (state === 'failed') return <p class="note err">{t('fileFailed')}</p>
  const { taken, notYours, unreadable } = state
  return (
    <div class={taken > 0 || unreadable === 0 ? 'note plain' : 'note err'}>
      {taken > 0 && <p>{t('fileTaken', { count: taken })}</p>}
      {notYours > 0 && <p>{t('fileOthers', { count: notYours })}</p>}
      {unreadable > 0 && <p>{t('fileUnreadable')}</p>}
      {taken + notYours + unreadable === 0 && <p>{t('fileEmpty')}</p>}
    </div>
  )
}
