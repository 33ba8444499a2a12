import { useState } from 'preact/hooks'
import { Icon } from '../../components/icon.tsx'
import { useKeptFocus } from '../../components/use-kept-focus.ts'
import { formatDate } from '../../i18n/format.ts'
import { language, local, strings } from '../../i18n/i18n.ts'
import { eraseMe } from '../../state/erase-me.ts'
import { useServices } from '../../state/services.ts'
import { useShell } from '../../state/shell.ts'
import { saveAsFile } from '../device/save-as-file.ts'
import { writtenSections } from '../notes/written-entries.ts'
import { ownFile } from './own-file.ts'

/** One's own words as a file, from what this device has: it has all of them. */
export const OwnWordsFile = () => {
  const { me, outline, words } = useServices()
  const t = strings('account')
  const item = strings('item')
  if (me.personScope === null) return null
  const save = (): void => {
    const documents = words.documents.value
    const day = formatDate(new Date(), new Date(0))
    const text = ownFile({
      title: t('ownFileTitle'),
      made: `${me.name} · ${day}`,
      language: language.value,
      sections: writtenSections({
        documents,
        outline,
        isOwnBlock: (block) => block === words.device || block.startsWith(`${words.device}-`),
        inLanguage: local,
      }),
      documents: documents.filter(({ scope }) => scope === me.personScope),
      progress: words.progress.value,
      words: {
        note: item('yourNote'),
        goneItems: item('goneItems'),
        goneItem: item('goneItem'),
        goneField: item('goneField'),
        inLanguage: local,
      },
    })
    saveAsFile('loft-orda-mine.html', text, 'text/html')
  }
  return (
    <section class="part">
      <h2 class="h-s">{t('ownFileTitle')}</h2>
      <p>{t('ownFileText')}</p>
      <button type="button" class="btn line" onClick={save}>
        <Icon name="down" />
        {t('ownFileSave')}
      </button>
    </section>
  )
}

/** What is said to an anonymous person, and the way to be forgotten. */
export const EraseMe = () => {
  const { me, account } = useServices()
  const shell = useShell()
  const t = strings('account')
  const [state, setState] = useState<'idle' | 'asking' | 'busy' | 'failed'>('idle')
  const box = useKeptFocus<HTMLElement>()
  if (!me.anonymous) return null
  const erase = async (): Promise<void> => {
    setState('busy')
    if (!(await shell.ask((deps) => eraseMe(deps, me)))) return setState('failed')
    // The sync is told that all of it is gone, and empties this device.
    await account.signOut(true)
  }
  return (
    <section class="part" ref={box} tabIndex={-1}>
      <h2 class="h-s">{t('eraseTitle')}</h2>
      <p>{t('eraseText')}</p>
      {state === 'idle' ? (
        <button type="button" class="btn line" onClick={() => setState('asking')}>
          <Icon name="trash" />
          {t('erase')}
        </button>
      ) : (
        <div class="note" role="alert">
          <p class="note-h">{t(state === 'failed' ? 'eraseFailed' : 'eraseSure')}</p>
          <p>{t('eraseSureText')}</p>
          <div class="row">
            <button
              type="button"
              class="btn small"
              disabled={state === 'busy'}
              onClick={() => void erase()}
            >
              {t(state === 'busy' ? 'erasing' : 'eraseNow')}
            </button>
            <button type="button" class="btn line small" onClick={() => setState('idle')}>
              {t('eraseNot')}
            </button>
          </div>
        </div>
      )}
    </section>
  )
}
