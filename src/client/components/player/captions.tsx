import type { Cue } from '../../../shared/domain/article.ts'
import { cueAt } from './cues.ts'
import type { Playback } from './playback.ts'

/** The words over the picture. Hidden from screen readers, which have the speech and the transcript. */
export const Captions = ({ playback, cues }: { playback: Playback; cues: readonly Cue[] }) => {
  const cue = cues[cueAt(cues, playback.time.value)]
  return (
    <p class="cap" aria-hidden="true">
      {cue && playback.begun.value && <span>{cue.text}</span>}
    </p>
  )
}
