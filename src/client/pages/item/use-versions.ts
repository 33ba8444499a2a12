import { useMemo } from 'preact/hooks'
import type { Cue, ItemText } from '../../../shared/domain/article.ts'
import type { MediaFile, OutlineItem } from '../../../shared/domain/outline.ts'
import { paths } from '../../../shared/protocol/paths.ts'
import { sameMoment } from '../../components/player/cues.ts'
import type { Playback } from '../../components/player/playback.ts'
import { createPreferences, type PlayerPreferences } from './player-preferences.ts'

/** The film as it is, or with audio description: another file with its own times. */
export interface Versions {
  src: string
  described: { on: boolean; toggle(): void } | null
  /** In the seconds of the file that plays. */
  cues: readonly Cue[]
  chapters: readonly Cue[]
  /** Seconds of the file that plays into those of the film, and back. */
  original(seconds: number): number
  played(seconds: number): number
  preferences: PlayerPreferences
  change(part: Partial<PlayerPreferences>): void
}

export const useVersions = (
  playback: Playback,
  { file, described }: NonNullable<OutlineItem['media']>,
  text: ItemText | null,
): Versions => {
  const preferences = useMemo(createPreferences, [])
  const on = described !== null && preferences.value.value.described
  const played: MediaFile = on && described ? described : file
  const plainCues = text?.cues ?? none
  const describedCues = text?.describedCues ?? none

  const between = useMemo(() => {
    const length = file.seconds
    const longer = described?.seconds ?? length
    return {
      toDescribed: (at: number) => sameMoment(at, plainCues, describedCues, longer),
      toPlain: (at: number) => sameMoment(at, describedCues, plainCues, length),
    }
  }, [file, described, plainCues, describedCues])
  const original = on ? between.toPlain : same
  const asPlayed = on ? between.toDescribed : same
  const chapters = useMemo(
    () => (text?.chapters ?? none).map((one) => ({ ...one, start: asPlayed(one.start) })),
    [text, asPlayed],
  )

  return {
    src: paths.media(played.sha256),
    described: described && {
      on,
      toggle: () => {
        const at = playback.time.peek()
        if (on) playback.startAt(between.toPlain(at), file.seconds)
        else playback.startAt(between.toDescribed(at), described.seconds)
        preferences.change({ described: !on })
      },
    },
    cues: on ? describedCues : plainCues,
    chapters,
    original,
    played: asPlayed,
    preferences: preferences.value.value,
    change: preferences.change,
  }
}

const none: readonly Cue[] = []
const same = (seconds: number): number => seconds
