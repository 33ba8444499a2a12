import { useComputed } from '@preact/signals'
import type { Answering } from '../../components/fields/answering.ts'
import type { Playback } from '../../components/player/playback.ts'
import { NoteField } from './note-field.tsx'

/** Apart, so that only the note is drawn anew each second. */
export const TimedNote = ({
  answering,
  playback,
  original,
  stamps,
}: {
  answering: Answering | null
  playback: Playback
  original(seconds: number): number
  stamps(stamp: () => void): void
}) => {
  const second = useComputed(() => Math.floor(playback.time.value)).value
  return <NoteField answering={answering} stampAt={original(second)} stamps={stamps} />
}
