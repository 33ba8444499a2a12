import type { OutlineItem, OutlineTrack } from '../../../shared/domain/outline.ts'
import { Icon } from '../../components/icon.tsx'
import { currentLanguageTag } from '../../i18n/format.ts'
import { local, strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import { useTitle } from '../item/use-title.ts'
import { links } from '../links.ts'
import { type WrittenEntry, writtenSections } from '../notes/written-entries.ts'
import { TopBar } from '../shell/top-bar.tsx'
import { meetingDay } from './meeting-words.ts'

/** "Ta med til møtet": all that somebody has answered and noted, and the questions, on one page that prints well. */
export const OwnMeeting = ({ track }: { track: OutlineTrack }) => {
  const { me, words, outline } = useServices()
  const t = strings('elected')
  const title = t('toMeeting')
  useTitle(title)
  const entries = writtenSections({
    documents: words.documents.value.filter(({ scope }) => scope === me.personScope),
    outline,
    isOwnBlock: () => true,
    inLanguage: local,
  }).flatMap((section) => section.entries)
  const day = meetingDay(me, track)
  return (
    <>
      <TopBar back={{ href: links.line, label: strings('common')('line') }} />
      <main id="content" class="wrap meeting-page">
        <p class="kick">{local(track.title)}</p>
        <h1>{title}</h1>
        <p class="lede">
          {t('bringLede')} {day && <b>{day}</b>}
        </p>
        <button type="button" class="btn line no-print" onClick={() => print()}>
          <Icon name="print" />
          {t('print')}
        </button>
        <MeetingQuestions track={track} />
        <section class="meeting-part">
          <h2>{t('yourWords')}</h2>
          {track.items.map((item) => (
            <FilmWords key={item.id} item={item} entry={entries.find((one) => one.item === item)} />
          ))}
        </section>
      </main>
    </>
  )
}

export const MeetingQuestions = ({ track }: { track: OutlineTrack }) => {
  const { questions } = track.meeting
  if (questions.length === 0) return null
  return (
    <section class="meeting-part">
      <h2>{strings('elected')('meetingQuestions')}</h2>
      <ol class="big-questions">
        {questions.map((question) => (
          <li key={question.nn}>{local(question)}</li>
        ))}
      </ol>
    </section>
  )
}

const FilmWords = ({ item, entry }: { item: OutlineItem; entry: WrittenEntry | undefined }) => {
  const t = strings('elected')
  return (
    <article class="film-words">
      <h3>
        <a href={links.item(item.path)}>{local(item.title)}</a>
      </h3>
      <p class="mute s2">{local(item.summary)}</p>
      {entry ? (
        <dl>
          {entry.answers.map(({ field, label, isNote, text }) => (
            <div key={field} class={isNote ? 'own-note' : undefined}>
              <dt>{isNote || !label ? t('note') : local(label)}</dt>
              <dd class="written" dir="auto" lang={currentLanguageTag()}>
                {text}
              </dd>
            </div>
          ))}
        </dl>
      ) : (
        <p class="nothing">
          {t('nothingHere')}{' '}
          <a class="no-print" href={links.item(item.path)}>
            {t('openFilm')}
          </a>
        </p>
      )}
    </article>
  )
}
