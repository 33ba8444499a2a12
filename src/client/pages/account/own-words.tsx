import { Icon } from '../../components/icon.tsx'
import { formatDate } from '../../i18n/format.ts'
import { language, local, strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import { saveAsFile } from '../device/save-as-file.ts'
import { writtenSections } from '../notes/written-entries.ts'
import { ownFile } from './own-file.ts'

/** One's own words as a file, from what this device has: what is not sent is among them. */
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
    <>
      <h3>{t('ownFileTitle')}</h3>
      <p>{t('ownFileText')}</p>
      <button type="button" class="btn line" onClick={save}>
        <Icon name="down" />
        {t('ownFileSave')}
      </button>
    </>
  )
}
