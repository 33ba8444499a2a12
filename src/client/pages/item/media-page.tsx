import { untracked, useComputed } from '@preact/signals'
import { useMemo } from 'preact/hooks'
import type { OutlineItem } from '../../../shared/domain/outline.ts'
import type { Answering } from '../../components/fields/answering.ts'
import { Icon } from '../../components/icon.tsx'
import { createPlayback, type Playback } from '../../components/player/playback.ts'
import { Transcript } from '../../components/player/transcript.tsx'
import { formatBytes } from '../../i18n/format.ts'
import { local, strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import { links } from '../links.ts'
import { TopBar } from '../shell/top-bar.tsx'
import { FieldList, fieldsFor } from '../task/field-list.tsx'
import { useAnswers } from '../task/use-answers.ts'
import { DoneButton, NextLink } from './item-foot.tsx'
import { ItemMeta } from './item-meta.tsx'
import { ItemTextView, textOf } from './item-text.tsx'
import { KeepMedia, mediaSize } from './keep-media.tsx'
import { MediaPlayer } from './media-player.tsx'
import { NoteField } from './note-field.tsx'
import { noteRoot } from './own-note.ts'
import { stampsIn } from './stamps.ts'
import { sectionOf } from './travel.ts'
import { useItemText } from './use-item-text.ts'
import { useTitle } from './use-title.ts'
import { useVersions } from './use-versions.ts'
import { resumeAt, useResume, useWatching } from './watching.ts'

/** A film or a podcast: the player, what is said, the questions after it and one's own note. */
export const MediaPage = ({
  item,
  media,
}: {
  item: OutlineItem
  media: NonNullable<OutlineItem['media']>
}) => {
  const { outline, me, words, media: library } = useServices()
  const t = strings('item')
  const text = useItemText(item)
  const answers = useAnswers(item, true)
  const section = sectionOf(outline, item)
  const length = media.file.seconds
  const resume = (): number => resumeAt(words.progress.value[item.id]?.resume ?? null, length)
  const playback = useMemo(
    () => createPlayback(untracked(resume), length),
    [words, item.id, length],
  )
  useResume(playback, resume)
  const versions = useVersions(playback, media, textOf(text))
  useWatching(playback, length, versions.original, {
    played: (seconds) => void words.setPlayed(item.id, seconds),
    seen: () => void words.setDone(item.id, true),
  })
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
        <div class="film-player">
          <MediaPlayer
            media={media}
            title={title}
            playback={playback}
            versions={versions}
            flags={stampsIn(note, length).map(versions.played)}
          />
        </div>
        <div class="film-h">
          <h1>{title}</h1>
          <ItemMeta item={item} section={section}>
            {kept && (
              <span class="mark">
                <Icon name="kept" />
                {t('keptSize', { size: formatBytes(mediaSize(media)) })}
              </span>
            )}
          </ItemMeta>
          <div class="art film-text">
            <ItemTextView state={text} lede={false} />
          </div>
        </div>
        <div class="film-main">
          <Transcript playback={playback} cues={versions.cues} />
          <div class="film-fields">
            {item.fields.length > 0 && <h2 class="h-s">{t('questions')}</h2>}
            <FieldList fields={fieldsFor(item, me)} answers={answers} />
          </div>
        </div>
        <aside class="film-side">
          <TimedNote
            answering={answers.personal}
            playback={playback}
            original={versions.original}
          />
          <KeepMedia item={item} media={media} />
        </aside>
        <footer class="film-foot">
          <DoneButton item={item} label={t(isFilm ? 'finishFilm' : 'finishPodcast')} />
          <NextLink item={item} />
        </footer>
      </main>
    </>
  )
}

/** Apart, so that only the note is drawn anew each second. */
const TimedNote = ({
  answering,
  playback,
  original,
}: {
  answering: Answering | null
  playback: Playback
  original(seconds: number): number
}) => {
  const second = useComputed(() => Math.floor(playback.time.value)).value
  return <NoteField answering={answering} stampAt={original(second)} />
}
