import { batch, computed, type ReadonlySignal } from '@preact/signals'
import type { Cue, ItemText } from '../../../shared/domain/article.ts'
import type { OutlineItem } from '../../../shared/domain/outline.ts'
import { paths } from '../../../shared/protocol/paths.ts'
import { sameMoment } from '../../components/player/cues.ts'
import type { Playback } from '../../components/player/playback.ts'
import type { Preferences } from './player-preferences.ts'

/** The film as it is, or with audio description: another file with its own times. */
export interface Versions {
  readonly src: ReadonlySignal<string>
  /** Null where there is no described file. */
  readonly described: { readonly on: ReadonlySignal<boolean>; toggle(): void } | null
  /** In the seconds of the file that plays. */
  readonly cues: ReadonlySignal<readonly Cue[]>
  readonly chapters: ReadonlySignal<readonly Cue[]>
  /** Seconds of the file that plays into those of the film, and back. */
  original(seconds: number): number
  played(seconds: number): number
}

export const createVersions = (
  playback: Playback,
  { file, described }: NonNullable<OutlineItem['media']>,
  preferences: Preferences,
  text: ReadonlySignal<ItemText | null>,
): Versions => {
  const on = computed(() => described !== null && preferences.value.value.described)
  const plainCues = computed(() => text.value?.cues ?? none)
  const describedCues = computed(() => text.value?.describedCues ?? none)
  const toDescribed = (at: number): number =>
    sameMoment(at, plainCues.value, describedCues.value, described?.seconds ?? file.seconds)
  const toPlain = (at: number): number =>
    sameMoment(at, describedCues.value, plainCues.value, file.seconds)
  const played = (at: number): number => (on.value ? toDescribed(at) : at)

  return {
    src: computed(() => paths.media((on.value && described ? described : file).sha256)),
    described: described && {
      on,
      toggle: () => {
        const at = playback.time.peek()
        // Together: else the new file's seconds would for a moment be read as the old one's.
        batch(() => {
          if (on.peek()) playback.startAt(toPlain(at), file.seconds)
          else playback.startAt(toDescribed(at), described.seconds)
          preferences.change({ described: !on.peek() })
        })
      },
    },
    cues: computed(() => (on.value ? describedCues.value : plainCues.value)),
    chapters: computed(() =>
      (text.value?.chapters ?? none).map((one) => ({ ...one, start: played(one.start) })),
    ),
    original: (at) => (on.value ? toPlain(at) : at),
    played,
  }
}

const none: readonly Cue[] = []
