import { useEffect, useState } from 'preact/hooks'
import { useKeptFocus } from '../../components/use-kept-focus.ts'
import { formatDate, formatDaysFromNow } from '../../i18n/format.ts'
import { strings } from '../../i18n/i18n.ts'
import { endDevices, type OwnDevice, partsOfLabel, readDevices } from '../../state/devices.ts'
import { useServices } from '../../state/services.ts'
import { OtherDevice } from './other-device.tsx'

/** Where one is signed in, and how another device comes in or goes out. */
export const Devices = () => {
  const { me, server } = useServices()
  const t = strings('account')
  const [devices, setDevices] = useState<readonly OwnDevice[] | 'failed' | null>(null)
  const read = async (): Promise<void> => setDevices((await readDevices(server, me)) ?? 'failed')
  useEffect(() => void read(), [me.principal])
  return (
    <section class="part">
      <h2 class="h-s">{t('devicesTitle')}</h2>
      <div>
        {devices === 'failed' && (
          <p class="note" role="status">
            {t('devicesFailed')}{' '}
            <button type="button" class="txt-btn" onClick={() => void read()}>
              {t('devicesAgain')}
            </button>
          </p>
        )}
        {Array.isArray(devices) && <DeviceRows devices={devices} changed={read} />}
        <OtherDevice />
      </div>
    </section>
  )
}

const DeviceRows = ({
  devices,
  changed,
}: {
  devices: readonly OwnDevice[]
  changed(): Promise<void>
}) => {
  const { me, server } = useServices()
  const t = strings('account')
  /** Those that are about to be signed out. */
  const [asked, setAsked] = useState<readonly OwnDevice[]>([])
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle')
  const box = useKeptFocus()
  const others = devices.filter(({ isThis }) => !isThis)
  const ask = (some: readonly OwnDevice[]): void => {
    setAsked(some)
    setState('idle')
  }
  const end = async (): Promise<void> => {
    setState('busy')
    const isDone = await endDevices(
      server,
      me,
      asked.map(({ id }) => id),
    )
    setState(isDone ? 'idle' : 'failed')
    if (isDone) setAsked([])
    await changed()
  }
  return (
    <div ref={box} tabIndex={-1} class="devices">
      <ul class="device-list">
        {devices.map((device) => (
          <li key={device.id}>
            <span class="device-name">
              <b>{nameOf(device)}</b>
              <span class="mute">{device.isThis ? t('deviceThis') : usedWords(device)}</span>
            </span>
            {!device.isThis && (
              <button
                type="button"
                class="txt-btn"
                aria-label={t('deviceEndName', { device: nameOf(device) })}
                onClick={() => ask([device])}
              >
                {t('deviceEnd')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {others.length > 1 && asked.length === 0 && (
        <button type="button" class="btn line small" onClick={() => ask(others)}>
          {t('deviceEndOthers')}
        </button>
      )}
      {asked.length > 0 && (
        <div class="note" role="alert">
          <p class="note-h">{sureWords(asked)}</p>
          <p>{t(state === 'failed' ? 'deviceEndFailed' : 'deviceEndText')}</p>
          <div class="row ways">
            <button
              type="button"
              class="btn small"
              disabled={state === 'busy'}
              onClick={() => void end()}
            >
              {t(state === 'busy' ? 'deviceEnding' : 'deviceEndNow')}
            </button>
            <button type="button" class="btn line small" onClick={() => setAsked([])}>
              {t('deviceEndNot')}
            </button>
          </div>
        </div>
      )}
    </div>
  )
}

const sureWords = (asked: readonly OwnDevice[]): string => {
  const t = strings('account')
  const [first] = asked
  return asked.length === 1 && first
    ? t('deviceEndSure', { device: nameOf(first) })
    : t('deviceEndOthersSure', { count: asked.length })
}

const nameOf = ({ label }: OwnDevice): string => {
  const t = strings('account')
  const parts = partsOfLabel(label)
  if (parts === null) return t('deviceUnknown')
  return parts.system === null ? parts.browser : t('deviceOn', { ...parts, system: parts.system })
}

/** Known to a day: today, yesterday, or the date. */
const usedWords = ({ usedAt }: OwnDevice): string => {
  const now = new Date()
  const days = Math.round((startOf(now) - startOf(new Date(usedAt))) / (24 * 60 * 60 * 1000))
  const day = days < 7 ? formatDaysFromNow(-days) : formatDate(new Date(usedAt), now)
  return strings('account')('deviceUsed', { day })
}
const startOf = (day: Date): number =>
  new Date(day.getFullYear(), day.getMonth(), day.getDate()).getTime()
