import { useRef, useState } from 'preact/hooks'
import { Icon } from '../../components/icon.tsx'
import { strings } from '../../i18n/i18n.ts'
import { type Services, useServices } from '../../state/services.ts'
import type { TakenFile } from '../../state/words.ts'

type Taken = TakenFile & { cards: number }

/** Takes in the words of a file that was saved on this device or another. */
export const HandInFile = () => {
  const services = useServices()
  const t = strings('device')
  const input = useRef<HTMLInputElement>(null)
  const [state, setState] = useState<Taken | 'reading' | 'failed' | null>(null)
  const take = async (file: File): Promise<void> => {
    setState('reading')
    setState(await taken(services, file).catch(() => 'failed' as const))
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

const taken = async (services: Services, file: File): Promise<Taken> => {
  const { takeUnsentFile } = await import('../../state/unsent-file.ts')
  return takeUnsentFile(services, file)
}

const Result = ({ state }: { state: Taken | 'reading' | 'failed' }) => {
  const t = strings('device')
  if (state === 'reading') return <p class="hint">{t('fileReading')}</p>
  if (state === 'failed') return <p class="note err">{t('fileFailed')}</p>
  const { taken, cards, notYours, unreadable } = state
  return (
    <div class={taken + cards > 0 || unreadable === 0 ? 'note plain' : 'note err'}>
      {taken > 0 && <p>{t('fileTaken', { count: taken })}</p>}
      {cards > 0 && <p>{t('fileCards', { count: cards })}</p>}
      {notYours > 0 && <p>{t('fileOthers', { count: notYours })}</p>}
      {unreadable > 0 && <p>{t('fileUnreadable')}</p>}
      {taken + cards + notYours + unreadable === 0 && <p>{t('fileEmpty')}</p>}
    </div>
  )
}
