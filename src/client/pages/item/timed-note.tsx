import { useComputed } from '@preact/signals'
import type { Answering } from '../../components/fields/answering.ts'
import { formatTime } from '../../i18n/format.ts'
import { strings } from '../../i18n/i18n.ts'
import { NoteField } from './note-field.tsx'
import { noteRoot } from './own-note.ts'
import type { Showing } from './showing.ts'
import { stampsIn } from './stamps.ts'

/** One's own note of a film: it is stamped with the time, and its times lead back. */
export const TimedNote = ({
  answering,
  showing,
  stamps,
}: {
  answering: Answering | null
  showing: Showing
  stamps(stamp: () => void): void
}) => (
  <div class="timed-note">
    <StampedNote answering={answering} showing={showing} stamps={stamps} />
    {answering && <Times answering={answering} showing={showing} />}
  </div>
)

/** Apart, so that only the note is drawn anew each second. */
const StampedNote = ({
  answering,
  showing: { playback, versions },
  stamps,
}: {
  answering: Answering | null
  showing: Showing
  stamps(stamp: () => void): void
}) => {
  const second = useComputed(() => Math.floor(playback.time.value)).value
  return <NoteField answering={answering} stampAt={versions.original(second)} stamps={stamps} />
}

const Times = ({
  answering,
  showing: { playback, versions, media },
}: {
  answering: Answering
  showing: Showing
}) => {
  const t = strings('item')
  const note = answering.document.plain.value.texts[noteRoot] ?? ''
  const times = stampsIn(note, media.file.seconds)
  if (times.length === 0) return null
  return (
    <ul class="times">
      {times.map((seconds) => (
        <li key={seconds}>
          <button
            type="button"
            class="ts num"
            aria-label={t('goTo', { time: formatTime(seconds) })}
            onClick={() => playback.seek(versions.played(seconds))}
          >
            {formatTime(seconds)}
          </button>
        </li>
      ))}
    </ul>
  )
}
