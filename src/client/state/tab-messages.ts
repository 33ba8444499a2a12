import type { TabChannel } from '../storage/tab-channel.ts'
import type { OutboxMark } from '../storage/words-database.ts'

/** What one tab tells the others of the principal after a transaction. */
export interface TabMessage {
  /** Which database this is about; null = not known. */
  born: string | null
  /** Documents whose rows have changed. */
  docs: string[]
  added: OutboxMark[]
  removed: number[]
  held: OutboxMark[]
  /** Scopes that are erased. */
  gone: string[]
  /** So much has changed that all is to be read again. */
  reload: boolean
  /** The principal has signed out here. */
  left: boolean
}

export const tellTabs = (channel: TabChannel | null, message: Partial<TabMessage>): void => {
  try {
    channel?.post({ ...nothing, ...message })
  } catch {
    // Closed under a dying page. Tabs also read again when they are looked at.
  }
}

export const listenToTabs = (
  channel: TabChannel | null,
  listener: (message: TabMessage) => void,
): void => {
  channel?.listen((message) => {
    // A tab of another release may speak differently.
    if (isTabMessage(message)) listener({ ...nothing, ...message })
  })
}

const nothing: TabMessage = {
  born: null,
  docs: [],
  added: [],
  removed: [],
  held: [],
  gone: [],
  reload: false,
  left: false,
}

const isTabMessage = (message: unknown): message is TabMessage => {
  const { docs, added, removed, reload } = (message ?? {}) as Partial<TabMessage>
  return (
    Array.isArray(docs) &&
    Array.isArray(added) &&
    Array.isArray(removed) &&
    typeof reload === 'boolean'
  )
}
