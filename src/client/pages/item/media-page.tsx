import { useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import type { OutlineItem } from '../../../shared/domain/outline.ts'
import { Icon } from '../../components/icon.tsx'
import { Transcript } from '../../components/player/transcript.tsx'
import { formatBytes } from '../../i18n/format.ts'
import { local, strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import { mediaSize } from '../home/kept.ts'
import { links } from '../links.ts'
import { TopBar } from '../shell/top-bar.tsx'
import { FieldList, fieldsFor } from '../task/field-list.tsx'
import { useAnswers } from '../task/use-answers.ts'
import { showingOf } from './create-showing.tsx'
import { DoneButton, NextLink } from './item-foot.tsx'
import { ItemMeta } from './item-meta.tsx'
import { ItemTextView, textOf } from './item-text.tsx'
import { KeepMedia } from './keep-media.tsx'
import { MediaPlayer } from './media-player.tsx'
import { OwnApp } from './own-app.tsx'
import { noteRoot } from './own-note.ts'
import { ReportError } from './report-error.tsx'
import type { ItemMedia, Showing, ShowingPage } from './showing.ts'
import { stampsIn } from './stamps.ts'
import { TimedNote } from './timed-note.tsx'
import { sectionOf } from './travel.ts'
import { useItemText } from './use-item-text.ts'
import { useTitle } from './use-title.ts'

/** A film or a podcast: the player, what is said, the questions after it and one's own note. */
export const MediaPage = ({ item, media }: { item: OutlineItem; media: ItemMedia }) => {
  const { outline, me, media: library } = useServices()
  const t = strings('item')
  const text = useItemText(item)
  const answers = useAnswers(item, true)
  const section = sectionOf(outline, item)
  const player = useRef<HTMLDivElement>(null)
  const stamp = useRef(() => {})
  const takeKeys = (): void =>
    player.current?.querySelector('figure')?.focus({ preventScroll: true })
  const showing = useShowing(item, media, {
    enlarge: () => {
      const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
      player.current?.scrollIntoView({ block: 'end', behavior: calm ? 'instant' : 'smooth' })
      takeKeys()
    },
    takeKeys,
    note: () => stamp.current(),
  })
  const { playback, versions } = showing
  const said = textOf(text)
  useLayoutEffect(() => {
    if (said) showing.text.value = said
  }, [showing, said])
  const note = answers.personal?.document.plain.value.texts[noteRoot] ?? ''
  const kept = library.states.value[media.file.sha256]?.kind === 'kept'
  const title = local(item.title)
  const isFilm = media.file.type === 'video/mp4'
  useTitle(title)

  return (
    <>
      <TopBar
        back={{
          href: section?.href ?? links.line,
          label: section ? local(section.title) : strings('common')('line'),
        }}
      />
      <main id="content" class={isFilm ? 'film' : 'film podcast'}>
        <div ref={player} class="film-player">
          <MediaPlayer
            showing={showing}
            title={title}
            flags={stampsIn(note, media.file.seconds).map(versions.played)}
          />
        </div>
        <div class="film-h">
          <h1>{title}</h1>
          <ItemMeta item={item} section={section}>
            {kept && (
              <span class="mark">
                <Icon name="kept" />
                {strings('keep')('kept', { size: formatBytes(mediaSize(item)) })}
              </span>
            )}
          </ItemMeta>
          <div class="art film-text">
            <ItemTextView state={text} lede={false} />
          </div>
        </div>
        <div class="film-main">
          <Transcript
            playback={playback}
            cues={versions.cues.value}
            chapters={versions.chapters.value}
          />
          <div class="film-fields">
            {item.fields.length > 0 && <h2 class="h-s">{t('questions')}</h2>}
            <FieldList item={item} fields={fieldsFor(item, me)} answers={answers} />
          </div>
        </div>
        <aside class="film-side">
          <TimedNote
            answering={answers.personal}
            showing={showing}
            stamps={(now) => {
              stamp.current = now
            }}
          />
          <KeepMedia item={item} />
          {item.kind === 'podcast' && item.open && <OwnApp />}
        </aside>
        <footer class="film-foot">
          <DoneButton item={item} label={t(isFilm ? 'finishFilm' : 'finishPodcast')} />
          <NextLink item={item} />
          <ReportError item={item} />
        </footer>
      </main>
    </>
  )
}

/** What plays, taken over from the dock or made anew. */
const useShowing = (item: OutlineItem, media: ItemMedia, page: ShowingPage): Showing => {
  const services = useServices()
  // A new version of the programme brings new objects for the same film.
  const showing = useMemo(
    () => showingOf(services, item, media),
    [services.words, item.id, media.file.sha256],
  )
  useLayoutEffect(() => {
    // Whoever comes from the dock has the focus there, and the dock goes.
    if (showing.docked.peek() && document.activeElement?.closest('.dock')) page.takeKeys()
    return showing.enterPage(page)
  }, [showing])
  return showing
}
