import type { OutlineItem } from '../../shared/domain/outline.ts'
import type { Pin } from '../../shared/media/evict.ts'
import { isOnWifi, readChoices, writeChoices } from './choices.ts'
import { openDeviceUnits } from './device-units.ts'
import { filesOf, type Shown } from './keeping.ts'
import { createLeader } from './leader.ts'
import type { MediaDeps } from './media-deps.ts'
import type { Message } from './message.ts'
import { createProgress, type Told } from './progress.ts'
import { createSpeed } from './speed.ts'
import { isWhole } from './stored-chunks.ts'
import { createTransfer } from './transfer.ts'
import { interrupt, isUnitWhole, newUnit } from './unit.ts'
import { createWakeLock } from './wake-lock.ts'

export type Downloads = Awaited<ReturnType<typeof openDownloads>>

/**
 * The queue of downloads. It lies on the device: each pin without all its pieces is left to fetch, in the order of the pins. One
 * window at a time fetches; the others show what it tells, and take over when it is gone.
 */
export const openDownloads = async (deps: MediaDeps, shown: Shown) => {
  const device = await openDeviceUnits(deps, () => progress.show())
  let choices = readChoices(deps.settings)
  const speed = createSpeed()
  const wakeLock = createWakeLock(deps)
  const { channel } = deps
  const post = (message: Message): void => channel?.post(message)
  let told: Told | null = null
  const waitsForWifi = (): boolean => choices.wifiOnly && isOnWifi(deps) === false
  const mayFetch = (): boolean => !choices.paused && !waitsForWifi()

  // 1. Fetching, in one window.

  const transfer = createTransfer({
    ...deps,
    cache: device.cache,
    evictable: device.evictable,
    stored: device.stored,
    units: () => (leader.isLeading() && mayFetch() ? device.inOrder() : []),
    arrived: (bytes) => {
      speed.add(bytes, deps.now())
      progress.showSoon()
    },
    came: device.came,
    forget: async (sha256) => {
      await device.forget(sha256)
      post({ kind: 'forgot', sha256 })
    },
    changed: () => {
      if (device.freed()) void device.reload()
      else progress.showSoon()
    },
  })

  const lead = async (): Promise<void> => {
    told = null
    try {
      await device.reload()
      for (const unit of device.units.values()) unit.isLost = false
      speed.reset()
      wakeLock.want(true)
      await transfer.run()
    } finally {
      wakeLock.want(false)
      const rate = speed.rate()
      if (rate !== null) {
        choices = { ...choices, rate }
        writeChoices(deps.settings, choices)
        post({ kind: 'choices' })
      }
      progress.show()
      post({ kind: 'ended' })
    }
  }
  const leader = createLeader({
    ...deps,
    lead,
    after: () => wake(),
    lost: () => {
      breakOff()
      transfer.nudge()
    },
    beat: () => progress.show(),
  })

  const progress = createProgress(
    {
      ...deps,
      device,
      choices: () => choices,
      waitsForWifi,
      speed,
      isLost: transfer.isLost,
      isLeading: leader.isLeading,
      told: () => (leader.isLeading() ? null : told),
      tell: (progress) => post({ kind: 'progress', ...progress }),
    },
    shown,
  )

  /** Whatever has changed: fetch if there is something that may be fetched. */
  const wake = (): void => {
    if (leader.isLeading()) transfer.nudge()
    else if (mayFetch() && device.left().length > 0) leader.ask()
    progress.show()
  }

  const choose = (change: Partial<typeof choices>): void => {
    choices = { ...choices, ...change }
    writeChoices(deps.settings, choices)
    post({ kind: 'choices' })
    obey()
  }
  const obey = (): void => {
    // A pause lets the pieces under way come; what mobile data costs is broken off.
    if (waitsForWifi()) breakOff()
    wake()
  }
  const breakOff = (): void => {
    for (const unit of device.units.values()) interrupt(unit)
  }

  // 2. What others tell.

  channel?.listen((data) => {
    const message = data as Message
    if (message.kind === 'came') {
      if (device.came(message.sha256, message.index)) progress.showSoon()
      else void device.reload()
    } else if (message.kind === 'progress') {
      if (leader.isLeading()) return
      leader.heard()
      told = message
      progress.show()
    } else if (message.kind === 'choices') {
      choices = readChoices(deps.settings)
      obey()
    } else {
      if (message.kind === 'ended') told = null
      void device.reload().then(wake)
    }
  })
  deps.connection?.addEventListener('change', obey)
  deps.onReturn(() => {
    wakeLock.returned()
    wake()
  })

  // 3. What the person does.

  const removeFiles = async (hashes: readonly string[]): Promise<void> => {
    await device.removeFiles(hashes)
    post({ kind: 'changed' })
    wake()
  }

  wake()

  return {
    keep: (items: readonly OutlineItem[]): void => {
      let order = Math.max(deps.now(), ...device.inOrder().map(({ pin }) => pin.order + 1))
      const pinning: Promise<void>[] = []
      for (const item of items) {
        const files = filesOf(item).map(({ sha256, size, type }) => ({ sha256, size, type }))
        const main = files[0]?.sha256
        if (!main) continue
        const known = device.units.get(main)
        if (known) Object.assign(known, { stop: null, isLost: false })
        const isSame = JSON.stringify(known?.pin.files) === JSON.stringify(files)
        if (known?.isSaved && known.pin.item === item.id && isSame) continue
        const pin: Pin = { item: item.id, files, order: order++ }
        pinning.push(device.add(newUnit(main, pin, false)))
      }
      // Whoever asks for something now does not want to wait for it.
      if (choices.paused) choose({ paused: false })
      progress.show()
      void Promise.all(pinning)
        .then(device.reload) // what was watched may have been freed since the last look
        .then(() => {
          post({ kind: 'changed' })
          wake()
        })
        .catch((error) => console.error(error))
    },
    pause: (): void => choose({ paused: true }),
    resume: (): void => choose({ paused: false }),
    setWifiOnly: (on: boolean): void => choose({ wifiOnly: on }),
    cancel: (items: readonly OutlineItem[]): void => {
      const cancelled = items.flatMap(
        (item) => device.units.get(item.media?.file.sha256 ?? '') ?? [],
      )
      const unfinished = cancelled.filter((unit) => !isUnitWhole(unit, device.stored()))
      void Promise.all(unfinished.map(device.unpin))
        .then(() => post({ kind: 'changed' }))
        .catch((error) => console.error(error))
    },
    remove: (item: OutlineItem): Promise<void> =>
      removeFiles(filesOf(item).map(({ sha256 }) => sha256)),
    removeFile: (sha256: string): Promise<void> => removeFiles([sha256]),

    stored: device.list,

    browser: async () => ({
      lasts: await deps.persisted().catch(() => null),
      tellsWifi: isOnWifi(deps) !== null,
    }),

    check: async (items: readonly OutlineItem[]) => {
      await device.reload()
      if (!(await deps.hasWorker())) return { ready: false, missing: [...items] }
      const missing: OutlineItem[] = []
      for (const item of items) {
        const isHere =
          filesOf(item).every(({ sha256 }) => isWhole(device.stored().files.get(sha256))) &&
          (await deps.hasTexts([item.text.nn, item.text.nb]))
        if (!isHere) missing.push(item)
      }
      return { ready: missing.length === 0, missing }
    },
  }
}
