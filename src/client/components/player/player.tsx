import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { Cue } from '../../../shared/domain/article.ts'
import { strings } from '../../i18n/i18n.ts'
import { Captions } from './captions.tsx'
import { toggleFullScreen } from './native-captions.ts'
import type { Playback } from './playback.ts'
import { PlayerControls, type Switch } from './player-controls.tsx'
import { takeKey } from './player-keys.ts'
import { SeekLane } from './seek-lane.tsx'

interface PlayerProps {
  playback: Playback
  title: string
  /** In the seconds of the file that plays, like the cues. */
  chapters: readonly Cue[]
  cues: readonly Cue[]
  flags: readonly number[]
  speed: number
  chooseSpeed(speed: number): void
  /** Null for sound, whose words stand under it. */
  captions: Switch | null
  described: Switch | null
  pictureInPicture: Switch | null
  /** Checked SVG. */
  poster: string | null
  /** A calm drawing for sound; null for a film. */
  drawing: ComponentChildren
  /** Puts the element that plays into its place, unless it is elsewhere now. */
  showIn: ((place: HTMLElement) => void) | null
  /** Told when the place of the picture comes into sight or leaves it. */
  inSight(seen: boolean): void
  /** Shown in place of the picture when the file cannot be had. */
  trouble: ComponentChildren
}

/** A film or sound with its own controls. The keys work while the focus is inside. */
export const Player = (props: PlayerProps) => {
  const { playback, title, chapters, flags, speed, chooseSpeed, captions } = props
  const { described, pictureInPicture, drawing } = props
  const player = useRef<HTMLElement>(null)
  const isFilm = drawing === null
  const fullScreen = isFilm ? () => player.current && toggleFullScreen(player.current) : null
  return (
    <figure
      ref={player}
      class={isFilm ? 'player' : 'player sound'}
      aria-label={title}
      tabIndex={-1} // a press on the picture brings the keys along
      onKeyDown={(event) =>
        takeKey(event, {
          playback,
          chapters,
          speed,
          chooseSpeed,
          captions: captions?.toggle ?? null,
          fullScreen,
        })
      }
    >
      <Picture {...props} />
      <div class="ctl">
        <SeekLane playback={playback} chapters={chapters} flags={flags} />
        <PlayerControls
          playback={playback}
          speed={speed}
          chooseSpeed={chooseSpeed}
          captions={captions}
          described={described}
          pictureInPicture={pictureInPicture}
          fullScreen={fullScreen}
        />
      </div>
    </figure>
  )
}

const Picture = (props: PlayerProps) => {
  const { playback, cues, captions, poster, drawing, showIn, inSight, trouble } = props
  const picture = useRef<HTMLDivElement>(null)
  const place = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (place.current) showIn?.(place.current)
  }, [showIn])
  useEffect(() => {
    if (!picture.current) return
    const seen = new IntersectionObserver(
      (entries) => inSight((entries.at(-1)?.intersectionRatio ?? 1) > leastSeen),
      { threshold: [0, leastSeen, 0.5] },
    )
    seen.observe(picture.current)
    return () => seen.disconnect()
  }, [inSight])
  const wait = playback.failed.value ? trouble : <Waiting playback={playback} />
  if (drawing) {
    return (
      <div ref={picture} class="calm">
        <div ref={place} hidden />
        {drawing}
        {wait}
      </div>
    )
  }
  return (
    <div ref={picture} class="screen">
      {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: for the pointer alone; the button below does the same */}
      <div ref={place} class="place" onClick={playback.toggle} />
      {poster && !playback.begun.value && (
        // For the pointer alone: the button below plays too, and the drawing's words are in the transcript.
        <button
          type="button"
          class="poster"
          aria-hidden="true"
          tabIndex={-1}
          onClick={(event) => {
            // The button goes when the film begins; the keys stay with the player.
            event.currentTarget.closest('figure')?.focus({ preventScroll: true })
            playback.toggle()
          }}
          dangerouslySetInnerHTML={{ __html: poster }}
        />
      )}
      {captions?.on && showIn && <Captions playback={playback} cues={cues} />}
      {wait}
    </div>
  )
}

/** With less of the picture than this in sight, the film goes on in the dock. */
const leastSeen = 0.2

const Waiting = ({ playback }: { playback: Playback }) =>
  playback.waiting.value && playback.playing.value ? (
    <p class="waiting">{strings('item')('loading')}</p>
  ) : null
