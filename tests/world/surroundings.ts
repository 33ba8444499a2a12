import type { PageEvents } from '../../src/client/storage/page-events.ts'
import type { RescueStorage } from '../../src/client/storage/rescue.ts'
import type { TabChannel } from '../../src/client/storage/tab-channel.ts'
import type { Locks } from '../../src/client/sync/one-tab.ts'

// What a browser has besides its database, for all tabs of one device.

export type PageEvent = 'leave' | 'return' | 'online' | 'offline'
export interface FiredEvents extends PageEvents {
  fire(event: PageEvent): void
  end(): void
}

export const createPageEvents = (): FiredEvents => {
  const listeners = new Map<string, Set<() => void>>()
  const on = (event: PageEvent) => (listener: () => void) => {
    const ofEvent = listeners.get(event) ?? new Set()
    listeners.set(event, ofEvent.add(listener))
    return () => void ofEvent.delete(listener)
  }
  return {
    onLeave: on('leave'),
    onReturn: on('return'),
    onOnline: on('online'),
    onOffline: on('offline'),
    fire: (event) => {
      for (const listener of [...(listeners.get(event) ?? [])]) listener()
    },
    end: () => listeners.clear(),
  }
}

export interface LocalStorage extends RescueStorage {
  full: boolean
  /** The browser has one and does not refuse it. */
  isThere: boolean
  texts(): string[]
  clear(): void
  /** A browser that is killed forgets what was set lately: Chromium writes it seconds later. */
  remember(): void
  crash(): void
}

export const createLocalStorage = (): LocalStorage => {
  let items = new Map<string, string>()
  let written = new Map<string, string>()
  const storage: LocalStorage = {
    full: false,
    isThere: true,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => {
      if (storage.full) throw new DOMException('full', 'QuotaExceededError')
      items.set(key, value)
    },
    removeItem: (key) => void items.delete(key),
    texts: () => [...items.values()],
    clear: () => {
      items = new Map()
      written = new Map()
    },
    remember: () => {
      written = new Map(items)
    },
    crash: () => {
      items = new Map(written)
    },
  }
  return storage
}

/** Web Locks of one device. A killed tab's locks are free again; a frozen one keeps its own. */
export interface DeviceLocks {
  ofTab(isAlive: () => boolean): Locks
}

export const createLocks = (): DeviceLocks => {
  const heldByName = new Map<string, () => boolean>()
  return {
    ofTab: (isAlive) => {
      const request = async (
        name: string,
        _options: unknown,
        work: (lock: unknown) => Promise<unknown>,
      ): Promise<unknown> => {
        if (heldByName.get(name)?.()) return work(null)
        heldByName.set(name, isAlive)
        try {
          return await work({ name, mode: 'exclusive' })
        } finally {
          if (heldByName.get(name) === isAlive) heldByName.delete(name)
        }
      }
      return { request } as unknown as Locks
    },
  }
}

/** BroadcastChannel between the tabs of one device: a message is on its way a while, and may never come. */
export interface DeviceChannels {
  open(name: string, isAlive: () => boolean): TabChannel
}

export const createChannels = (carry: (deliver: () => void) => void): DeviceChannels => {
  interface Member {
    name: string
    isAlive: () => boolean
    listener: (message: unknown) => void
  }
  let members: Member[] = []
  return {
    open: (name, isAlive) => {
      const member: Member = { name, isAlive, listener: () => undefined }
      members.push(member)
      return {
        post: (message) => {
          for (const other of members.filter((one) => one !== member && one.name === name))
            carry(() => {
              if (members.includes(other) && other.isAlive()) other.listener(message)
            })
        },
        listen: (listener) => {
          member.listener = listener
        },
        close: () => {
          members = members.filter((one) => one !== member)
        },
      }
    },
  }
}
