import type { ComponentChildren, ComponentProps, RefObject } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { OutlineActivity } from '../../../../shared/domain/outline.ts'
import { DayClock } from '../../../components/day-clock.tsx'
import { Icon } from '../../../components/icon.tsx'
import { local, strings } from '../../../i18n/i18n.ts'

/** For the wall: the activity and its time as large as they go. Escape closes it. */
export const DayScreen = ({
  dialog,
  onKeyDown,
  clock,
  activity,
  next,
  children,
}: {
  dialog: RefObject<HTMLDialogElement | null>
  onKeyDown(event: KeyboardEvent): void
  /** Null before the first activity. */
  clock: ComponentProps<typeof DayClock> | null
  activity: OutlineActivity | null
  next: string
  children: ComponentChildren
}) => {
  const t = strings('adminDay')
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    const shown = dialog.current
    if (!shown) return
    const look = (): void => setOpen(shown.open)
    // `toggle` is told of dialogs in newer browsers alone.
    const watcher = new MutationObserver(look)
    watcher.observe(shown, { attributes: true, attributeFilter: ['open'] })
    return () => watcher.disconnect()
  }, [dialog])
  useWakeLock(isOpen)
  return (
    <dialog class="day-screen" ref={dialog} aria-label={t('screen')} onKeyDown={onKeyDown}>
      {isOpen && (
        <>
          {clock ? (
            <DayClock {...clock}>
              <p class="mute">{next}</p>
            </DayClock>
          ) : (
            <div class="day-clock">
              <p class="day-clock-title">{activity && local(activity.title)}</p>
            </div>
          )}
          {activity && <p class="day-screen-text">{local(activity.text)}</p>}
          <div class="day-screen-foot">
            {clock && children}
            <button type="button" class="btn line" onClick={() => dialog.current?.close()}>
              <Icon name="x" />
              {t('closeScreen')}
            </button>
          </div>
        </>
      )}
    </dialog>
  )
}

/** A projector's screen does not go dark in the middle of an activity. */
const useWakeLock = (isOn: boolean): void => {
  useEffect(() => {
    if (!isOn || !('wakeLock' in navigator)) return
    let held: Promise<WakeLockSentinel | null> = Promise.resolve(null)
    const letGo = (): void => void held.then((lock) => lock?.release()).catch(() => {})
    const take = (): void => {
      if (document.visibilityState === 'hidden') return
      letGo()
      held = navigator.wakeLock.request('screen').catch(() => null) // battery saver
    }
    take()
    // The browser lets go of it while the page is hidden.
    document.addEventListener('visibilitychange', take)
    return () => {
      document.removeEventListener('visibilitychange', take)
      letGo()
    }
  }, [isOn])
}
