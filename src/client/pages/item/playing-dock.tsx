import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Drawing } from '../../components/drawing.tsx'
import { Icon } from '../../components/icon.tsx'
import { followWriting } from '../../components/player/give-way.ts'
import { BackButton, PlayButton, Time } from '../../components/player/player-controls.tsx'
import { takeKey } from '../../components/player/player-keys.ts'
import { SeekLane } from '../../components/player/seek-lane.tsx'
import { local, strings } from '../../i18n/i18n.ts'
import { useServices } from '../../state/services.ts'
import { links } from '../links.ts'
import { DockNote } from './dock-note.tsx'
import type { Showing } from './showing.ts'

/** The small player at the bottom, while the picture's own place is out of sight. */
export const PlayingDock = ({ showing }: { showing: Showing }) =>
  showing.docked.value ? <Dock showing={showing} /> : null

const Dock = ({ showing }: { showing: Showing }) => {
  const { item, playback, versions, preferences } = showing
  const { me } = useServices()
  const t = strings('item')
  const dock = useRef<HTMLElement>(null)
  const picture = useRef<HTMLDivElement>(null)
  const [away, setAway] = useState(false)
  const [noting, setNoting] = useState(false)
  const isFilm = showing.media.file.type === 'video/mp4'
  useLayoutEffect(() => {
    if (isFilm && picture.current) showing.showIn(picture.current)
  }, [showing, isFilm])
  useLayoutEffect(() => (dock.current ? followWriting(dock.current, setAway) : undefined), [])
  const chapters = versions.chapters.value
  const enlarge = (event: Event): void => {
    if (!showing.page) return // the link goes there
    event.preventDefault()
    showing.page.enlarge()
  }
  const close = (): void => {
    showing.close()
    // The dock goes, and would take the focus along.
    if (showing.page) showing.page.takeKeys()
    else focusPage()
  }
  return (
    <>
      <aside
        ref={dock}
        class={away ? 'dock away' : 'dock'}
        aria-label={t('playing')}
        onKeyDown={(event) =>
          takeKey(event, {
            playback,
            chapters,
            speed: preferences.value.peek().speed,
            chooseSpeed: (speed) => preferences.change({ speed }),
            captions: null,
            fullScreen: null,
          })
        }
      >
        <div ref={picture} class="thumb">
          {!isFilm && <Drawing name="cabin-lamp" width={96} />}
        </div>
        <PlayButton playback={playback} />
        <div class="dock-lane">
          <p>
            <b>{local(item.title)}</b>
            {playback.failed.value ? (
              <span role="alert">{t('mediaFailed')}</span>
            ) : (
              <Time playback={playback} />
            )}
          </p>
          <SeekLane playback={playback} chapters={chapters} flags={noFlags} />
        </div>
        <BackButton playback={playback} />
        {me.personScope !== null && (
          <button
            type="button"
            class="icon-btn"
            aria-label={t('newNote')}
            onClick={() => (showing.page ? showing.page.note() : setNoting(true))}
          >
            <Icon name="note" />
          </button>
        )}
        <a
          class="icon-btn enlarge"
          href={links.item(item.path)}
          aria-label={t('enlarge')}
          onClick={enlarge}
        >
          <Icon name="full" />
        </a>
        <button type="button" class="icon-btn" aria-label={t('closePlayer')} onClick={close}>
          <Icon name="x" />
        </button>
      </aside>
      {noting && <DockNote showing={showing} close={() => setNoting(false)} />}
    </>
  )
}

/** The page that is here, whichever it is. */
const focusPage = (): void => {
  const content = document.getElementById('content')
  if (!content) return
  content.tabIndex = -1
  content.focus({ preventScroll: true })
}

const noFlags: readonly number[] = []
