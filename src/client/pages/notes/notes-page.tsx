import { useState } from 'preact/hooks'
import { EmptyState } from '../../components/empty-state.tsx'
import { local, strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import { useTitle } from '../item/use-title.ts'
import { links } from '../links.ts'
import { TopBar } from '../shell/top-bar.tsx'
import { NoteEntry } from './note-entry.tsx'
import { newestFirst, searched, writtenSections } from './written-entries.ts'

/** "Notata mine": everything that is written on this device, searched here and without a network. */
export const NotesPage = () => {
  const { words, outline } = useServices()
  const t = strings('item')
  const [search, setSearch] = useState('')
  const [order, setOrder] = useState<'travel' | 'newest'>('travel')
  const title = strings('common')('myNotes')
  useTitle(title)
  const all = writtenSections({
    documents: words.documents.value,
    outline,
    isOwnBlock: (block) => block === words.device || block.startsWith(`${words.device}-`),
    inLanguage: local,
  })
  const found = searched(all, search, local)
  const shown = order === 'newest' ? newestFirst(found) : found
  const count = shown.reduce((sum, { entries }) => sum + entries.length, 0)

  return (
    <>
      <TopBar back={{ href: links.line, label: strings('common')('line') }} current="notes" />
      <main id="content" class="wrap written-page">
        <h1>{title}</h1>
        {all.length === 0 ? (
          <EmptyState drawing="cabin-lamp" title={t('noNotes')} text={t('noNotesText')}>
            <a class="btn line small" href={links.line}>
              {strings('common')('toLine')}
            </a>
          </EmptyState>
        ) : (
          <>
            <p class="hint">{t('notesLede')}</p>
            <search class="note-tools">
              <label>
                <span class="sr">{t('searchNotes')}</span>
                <input
                  type="search"
                  class="area"
                  placeholder={t('searchNotes')}
                  value={search}
                  onInput={(event) => setSearch(event.currentTarget.value)}
                />
              </label>
              <div class="row">
                {(['travel', 'newest'] as const).map((one) => (
                  <button
                    key={one}
                    type="button"
                    class="txt-btn"
                    aria-pressed={order === one}
                    onClick={() => setOrder(one)}
                  >
                    {t(one === 'travel' ? 'orderTravel' : 'orderNewest')}
                  </button>
                ))}
              </div>
            </search>
            <p class="sr" role="status">
              {search === '' ? '' : t('foundCount', { count })}
            </p>
            {shown.length === 0 && <p class="mute">{t('nothingFound', { search })}</p>}
            {shown.map(({ title: name, entries }) => (
              <section key={name ? name.nn : ''} class="note-section">
                <h2>{name ? local(name) : t('goneItems')}</h2>
                <ul>
                  {entries.map((entry) => (
                    <NoteEntry key={entry.document} entry={entry} />
                  ))}
                </ul>
              </section>
            ))}
          </>
        )}
      </main>
    </>
  )
}
