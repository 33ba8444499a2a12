import { Icon } from '../../components/icon.tsx'
import { kindIcon } from '../../components/item-kind.ts'
import { currentLanguageTag } from '../../i18n/format.ts'
import { local, strings } from '../../i18n/i18n.ts'
import { links } from '../links.ts'
import type { WrittenEntry } from './written-entries.ts'

/** What is written in one item, with the way back to it. */
export const NoteEntry = ({ entry }: { entry: WrittenEntry }) => {
  const t = strings('item')
  const { item, answers, unsent, shared } = entry
  return (
    <li class="note-entry">
      <div class="note-entry-h">
        {item ? (
          <a href={links.item(item.path)}>
            <Icon name={kindIcon(item)} />
            <h3>{local(item.title)}</h3>
          </a>
        ) : (
          <h3>{t('goneItem')}</h3>
        )}
        <span class="gap" />
        <span class={`state small ${unsent ? 'unsent' : 'sent'}`}>
          <Icon name={unsent ? 'unsent' : 'sent2'} />
          <span>{t(unsent ? 'notSent' : 'sentShort')}</span>
        </span>
      </div>
      {shared && (
        <p class="who small">
          <Icon name="group" small />
          <span>{t('sharedWithGroup')}</span>
        </p>
      )}
      <dl>
        {answers.map(({ field, label, isNote, fromGroup, text }) => (
          <div key={`${field} ${fromGroup}`}>
            <dt>
              {fromGroup && `${t('fromGroup')} `}
              {isNote ? t('yourNote') : label ? local(label) : t('goneField')}
            </dt>
            <dd class="written" dir="auto" lang={currentLanguageTag()}>
              {text}
            </dd>
          </div>
        ))}
      </dl>
    </li>
  )
}
