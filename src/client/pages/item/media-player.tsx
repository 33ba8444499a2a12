import type { OutlineItem } from '../../../shared/domain/outline.ts'
import { Drawing } from '../../components/drawing.tsx'
import { Icon } from '../../components/icon.tsx'
import type { Playback } from '../../components/player/playback.ts'
import { Player } from '../../components/player/player.tsx'
import { strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import type { Showing } from './showing.ts'

/** The player with this device's habits, and with words for when the file cannot be had. */
export const MediaPlayer = ({
  showing,
  title,
  flags,
}: {
  showing: Showing
  title: string
  flags: readonly number[]
}) => {
  const { media, playback, versions, preferences, pictureInPicture } = showing
  const { captions, speed } = preferences.value.value
  const { described } = versions
  const isFilm = media.file.type === 'video/mp4'
  return (
    <Player
      playback={playback}
      title={title}
      flags={flags}
      chapters={versions.chapters.value}
      cues={versions.cues.value}
      speed={speed}
      chooseSpeed={(next) => preferences.change({ speed: next })}
      captions={
        isFilm ? { on: captions, toggle: () => preferences.change({ captions: !captions }) } : null
      }
      described={described && { on: described.on.value, toggle: described.toggle }}
      pictureInPicture={
        pictureInPicture && { on: pictureInPicture.on.value, toggle: pictureInPicture.toggle }
      }
      poster={media.poster}
      drawing={isFilm ? null : <Drawing name="cabin-lamp" width={255} />}
      showIn={showing.docked.value ? null : showing.showIn}
      inSight={showing.inSight}
      trouble={<Trouble media={media} playback={playback} />}
    />
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
