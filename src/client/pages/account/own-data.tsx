import { useState } from 'preact/hooks'
import { ownDataFileName, ownDataPageName } from '../../../shared/domain/own-data.ts'
import { Icon } from '../../components/icon.tsx'
import { language, strings } from '../../i18n/i18n.ts'
import { mayAsOneself } from '../../state/erase-me.ts'
import { fetchOwnData } from '../../state/own-data.ts'
import { useServices } from '../../state/services.ts'
import { saveAsFile } from '../device/save-as-file.ts'
import { links } from '../links.ts'
import { OwnWordsFile } from './own-words.tsx'

/** All that the server has of somebody, and all that this device has. */
export const OwnData = () => {
  const { me, server, words } = useServices()
  const t = strings('account')
  const [state, setState] = useState<'idle' | 'page' | 'data' | 'failed'>('idle')
  if (!mayAsOneself(me, ['me', 'export'])) return null
  const unsent = words.pending.value.documents
  const save = async (kind: 'page' | 'data'): Promise<void> => {
    setState(kind)
    await words.syncNow()
    const isPage = kind === 'page'
    const blob = await fetchOwnData(server, me, isPage ? { language: language.peek() } : 'data')
    if (blob === null) return setState('failed')
    if (isPage) saveAsFile(ownDataPageName, blob, 'text/html')
    else saveAsFile(ownDataFileName, blob, 'application/json')
    setState('idle')
  }
  const isBusy = state === 'page' || state === 'data'
  return (
    <section class="part">
      <h2 class="h-s">{t('dataTitle')}</h2>
      <div>
        <p>{t('dataText')}</p>
        {unsent > 0 && <p class="note wait">{t('dataUnsent', { count: unsent })}</p>}
        <div class="row ways">
          <button
            type="button"
            class="btn line"
            disabled={isBusy}
            onClick={() => void save('page')}
          >
            <Icon name="down" />
            {t(state === 'page' ? 'dataFetching' : 'dataPage')}
          </button>
          <button
            type="button"
            class="btn line"
            disabled={isBusy}
            onClick={() => void save('data')}
          >
            <Icon name="down" />
            {t(state === 'data' ? 'dataFetching' : 'dataFile')}
          </button>
        </div>
        <div role="status">{state === 'failed' && <p class="note err">{t('dataFailed')}</p>}</div>
        <OwnWordsFile />
        <p class="more">
          <a href={links.privacy}>{t('privacyLink')}</a>
        </p>
      </div>
    </section>
  )
}
