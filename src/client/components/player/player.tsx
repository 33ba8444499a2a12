import type { ComponentChildren, TargetedKeyboardEvent } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Cue } from '../../../shared/domain/article.ts'
import { strings } from '../../i18n/i18n.ts'
import { Captions } from './captions.tsx'
import { nativeCaptions, toggleFullScreen } from './native-captions.ts'
import type { Playback } from './playback.ts'
import { PlayerControls, type Switch } from './player-controls.tsx'
import { SeekLane } from './seek-lane.tsx'
import { actionOfKey } from './shortcuts.ts'

interface Shared {
  playback: Playback
  src: string
  title: string
  chapters: readonly Cue[]
  flags: readonly number[]
  speed: number
  chooseSpeed(speed: number): void
  described: Switch | null
  /** Shown in place of the picture when the file cannot be had. */
  trouble: ComponentChildren
}

/** A film with its own controls. The keys work while the focus is inside. */
export const FilmPlayer = ({
  poster,
  cues,
  captions,
  ...shared
}: Shared & {
  /** Checked SVG. */
  poster: string | null
  /** In the seconds of the file that plays. */
  cues: readonly Cue[]
  captions: Switch
}) => {
  const { playback, src, trouble } = shared
  const video = useRef<HTMLVideoElement>(null)
  const player = useRef<HTMLElement>(null)
  const [native, setNative] = useState<ReturnType<typeof nativeCaptions> | null>(null)
  useLayoutEffect(() => (video.current ? playback.attach(video.current) : undefined), [playback])
  useEffect(() => {
    if (!video.current) return
    const made = nativeCaptions(video.current)
    setNative(made)
    return made.stop
  }, [])
  useEffect(() => native?.show(cues, captions.on), [native, cues, captions.on])
  const fullScreen = (): void => {
    if (player.current) toggleFullScreen(player.current, video.current)
  }
  return (
    <figure
      ref={player}
      class="player"
      aria-label={shared.title}
      onKeyDown={(event) => onKey(event, { playback, captions, fullScreen })}
    >
      <div class="screen">
        {/* The captions are drawn over the picture; an iPhone in full screen gets them as a text track. */}
        <video ref={video} src={src} preload="metadata" playsInline onClick={playback.toggle} />
        {poster && !playback.begun.value && (
          // For the pointer alone: the button below plays too, and the drawing's words are in the transcript.
          <button
            type="button"
            class="poster"
            aria-hidden="true"
            tabIndex={-1}
            onClick={playback.toggle}
            dangerouslySetInnerHTML={{ __html: poster }}
          />
        )}
        {captions.on && <Captions playback={playback} cues={cues} />}
        {playback.failed.value ? trouble : <Waiting playback={playback} />}
      </div>
      <Controls {...shared} captions={captions} fullScreen={fullScreen} />
    </figure>
  )
}

/** The same for sound: a calm drawing instead of a picture. */
export const SoundPlayer = ({ drawing, ...shared }: Shared & { drawing: ComponentChildren }) => {
  const { playback, src, trouble } = shared
  const audio = useRef<HTMLAudioElement>(null)
  useLayoutEffect(() => (audio.current ? playback.attach(audio.current) : undefined), [playback])
  return (
    <figure
      class="player sound"
      aria-label={shared.title}
      onKeyDown={(event) => onKey(event, { playback, captions: null, fullScreen: null })}
    >
      <audio ref={audio} src={src} preload="metadata" />
      <div class="calm">
        {drawing}
        {playback.failed.value ? trouble : <Waiting playback={playback} />}
      </div>
      <Controls {...shared} captions={null} fullScreen={null} />
    </figure>
  )
}

const Controls = ({
  playback,
  chapters,
  flags,
  ...rest
}: Shared & { captions: Switch | null; fullScreen: (() => void) | null }) => (
  <div class="ctl">
    <SeekLane playback={playback} chapters={chapters} flags={flags} />
    <PlayerControls playback={playback} {...rest} />
  </div>
)

const Waiting = ({ playback }: { playback: Playback }) =>
  playback.waiting.value && playback.playing.value ? (
    <p class="waiting">{strings('common')('loading')}</p>
  ) : null

const onKey = (
  event: TargetedKeyboardEvent<HTMLElement>,
  {
    playback,
    captions,
    fullScreen,
  }: { playback: Playback; captions: Switch | null; fullScreen: (() => void) | null },
): void => {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const target = event.target as HTMLElement
  const focused = target.matches('select')
    ? 'choice'
    : target.matches('button, a')
      ? 'button'
      : 'other'
  const action = actionOfKey(event.key, focused)
  if (!action) return
  event.preventDefault()
  if (action.kind === 'toggle') playback.toggle()
  else if (action.kind === 'skip') playback.skip(action.seconds)
  else if (action.kind === 'mute') playback.mute()
  else if (action.kind === 'captions') captions?.toggle()
  else fullScreen?.()
}
