import { useEffect } from 'preact/hooks'
import type { OutlineItem } from '../../../shared/domain/outline.ts'
import { Drawing } from '../../components/drawing.tsx'
import { Icon } from '../../components/icon.tsx'
import type { Playback } from '../../components/player/playback.ts'
import { FilmPlayer, SoundPlayer } from '../../components/player/player.tsx'
import { strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import type { Versions } from './use-versions.ts'

/** The player with this device's habits, and with words for when the file cannot be had. */
export const MediaPlayer = ({
  media,
  title,
  playback,
  versions,
  flags,
}: {
  media: NonNullable<OutlineItem['media']>
  title: string
  playback: Playback
  versions: Versions
  flags: readonly number[]
}) => {
  const { preferences, change } = versions
  useEffect(() => playback.setSpeed(preferences.speed), [playback, preferences.speed])
  const shared = {
    playback,
    title,
    flags,
    src: versions.src,
    chapters: versions.chapters,
    described: versions.described,
    speed: preferences.speed,
    chooseSpeed: (speed: number) => change({ speed }),
    trouble: <Trouble media={media} playback={playback} />,
  }
  return media.file.type === 'video/mp4' ? (
    <FilmPlayer
      {...shared}
      poster={media.poster}
      cues={versions.cues}
      captions={{
        on: preferences.captions,
        toggle: () => change({ captions: !preferences.captions }),
      }}
    />
  ) : (
    <SoundPlayer {...shared} drawing={<Drawing name="cabin-lamp" width={255} />} />
  )
}

const Trouble = ({
  media,
  playback,
}: {
  media: NonNullable<OutlineItem['media']>
  playback: Playback
}) => {
  const { media: library, words } = useServices()
  const t = strings('item')
  const isKept = library.states.value[media.file.sha256]?.kind === 'kept'
  const isOffline = words.pending.value.connection === 'offline' || !navigator.onLine
  const far = isOffline && !isKept
  return (
    <div class="trouble" role="alert">
      <Icon name={far ? 'offline' : 'warn'} />
      <p class="trouble-h">{t(far ? 'mediaOffline' : 'mediaFailed')}</p>
      <p>{t(far ? 'mediaOfflineHint' : 'mediaFailedHint')}</p>
      <button type="button" class="btn line small" onClick={playback.retry}>
        {strings('common')('tryAgain')}
      </button>
    </div>
  )
}
