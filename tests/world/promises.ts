import { createDocument } from '../../src/shared/words/document.ts'
import { type Device, shownOf, type Tab } from './device.ts'
import { groupBy } from './group-by.ts'
import { type Ledger, type Marker, tokensIn } from './ledger.ts'
import type { Row } from './memory-rows.ts'
import { updatesOn } from './updates-on.ts'
import type { Tables } from './word-tables.ts'
import type { Acknowledged, WorldServer } from './world-server.ts'
import { rowsOfWords } from './world-server.ts'

// Who has been promised what, and which promises nobody can keep any more: a word is excused only if it was never called saved, or
// if every copy of it has been destroyed.

export interface Promises {
  /** For a request that leaves a device now: hears of what the server then promises. */
  asked(device: Device): (ack: Acknowledged) => void
  /** Those that still bind. */
  binding(isRevoked: (ack: Acknowledged) => boolean): Acknowledged[]
  /** Every promise so far, of those devices that have lost nothing since. */
  all(): Acknowledged[]
  /** Compares what the pages say of the markers with what is true. */
  follow(): void
  excuse(why: string, which: (marker: Marker) => boolean): void
  /** After something was destroyed: what is nowhere is excused; only words of these scopes, if they are named. */
  excuseWhatIsNowhere(why: string, scopes?: readonly string[]): Promise<void>
  /** The tab is about to die with what it has in its buffer. */
  dies(tab: Tab): void
  /** The page hides, and has kept its buffer in localStorage. */
  hides(tab: Tab): void
  /** A device has lost its database. */
  lost(device: Device): void
  /** The device has crashed: localStorage may have forgotten its last entries. */
  crashed(device: Device): void
  restored(): void
  /** For an answer about these scopes: what a device can know of them when it has read this. */
  knows(device: Device, scopes: readonly string[]): () => void
  /** Scopes of which a backup has been restored without any answer to the device since then. */
  unaware(device: Device): string[]
  /** What stands before a device's cursor is on the device: no number is skipped. */
  audit(device: Device): Promise<void>
  /** Of a row of `scopes`: within an epoch a cursor goes back only to the beginning. */
  cursor(device: Device, before: Row | undefined, after: Row | undefined): void
}

interface PromiseParts {
  devices: readonly Device[]
  ledger: Ledger
  server: WorldServer
  /** The devices' databases can be looked into at any moment. */
  isOpen: boolean
  trace(line: string): void
  broken(what: string): void
}

interface Bound {
  ack: Acknowledged
  device: Device
  losses: number
  restores: number
}
interface Standing {
  id: string
  epoch: number | null
  cursor: number
  status: string
}

const rank = { typed: 0, rescued: 1, saved: 2, sent: 3 }

export const createPromises = (parts: PromiseParts): Promises => {
  const { devices, ledger, server, broken } = parts
  const bound: Bound[] = []
  const everAccepted = new Set<string>()
  const lossesByDevice = new Map<string, number>()
  const restoresKnown = new Map<string, number>()
  let restores = 0
  /** How often something was taken from a device, or undone there. */
  const disturbances = new Map<string, number>()
  const disturb = ({ name }: Device): void => {
    disturbances.set(name, (disturbances.get(name) ?? 0) + 1)
  }
  const lossesOf = (device: Device): number => lossesByDevice.get(device.name) ?? 0

  const isOnDisk = (device: Device, { token }: Marker): boolean =>
    updatesOn(device.disk).some((row) => tokensIn(row.update).includes(token))

  const isInOpenBuffer = (marker: Marker): boolean =>
    (marker.shown === 'typed' || marker.shown === 'rescued') &&
    devices.some((device) => device.tabs.some((tab) => tab.name === marker.tab))

  const check = (device: Device, marker: Marker): void => {
    if (marker.deletedBy.length > 0 || !parts.isOpen) return
    if (marker.shown === 'rescued' && !onDevice(device).includes(placeOf(marker)))
      broken(`${marker.token} is called rescued and is not on ${device.name}`)
    if (marker.shown === 'saved' && !isOnDisk(device, marker))
      broken(`${marker.token} is called saved and is not on ${device.name}`)
    if (marker.shown === 'sent' && !everAccepted.has(marker.token))
      broken(`${marker.token} is called sent, and nobody has acknowledged it`)
  }

  const excuse = (why: string, which: (marker: Marker) => boolean): void => {
    for (const marker of ledger.markers.values()) {
      if (marker.excused !== null || !which(marker)) continue
      marker.excused = why
      parts.trace(`nobody can give back ${marker.token}: ${why}`)
    }
  }

  return {
    asked: (device) => {
      const losses = lossesOf(device)
      return (ack) => {
        bound.push({ ack, device, losses, restores })
        for (const token of tokensIn(ack.push.update)) everAccepted.add(token)
      }
    },
    binding: (isRevoked) =>
      bound
        .filter(({ ack, device, losses, restores: then }) => {
          if (then === restores) return true
          // A restored backup may have forgotten it: then its device gives it back, when it may.
          return !isRevoked(ack) && losses === lossesOf(device)
        })
        .map(({ ack }) => ack),
    all: () => bound.map(({ ack }) => ack),
    follow: () => {
      for (const device of devices)
        for (const tab of device.tabs) {
          for (const marker of ledger.unsettled(tab.name)) {
            const shown = shownOf(tab, marker)
            if (shown === null || rank[shown] <= rank[marker.shown]) continue
            marker.shown = shown
            if (tab.documents.has(marker.doc)) check(device, marker)
          }
        }
    },
    excuse,
    excuseWhatIsNowhere: async (why, scopes) => {
      const tables = await server.rows()
      const there = new Set(placesOf(serverBytes(tables)))
      const left = new Set([...there, ...devices.flatMap(onDevice)])
      excuse(
        why,
        (marker) =>
          (scopes?.includes(marker.scope) ?? true) &&
          !left.has(placeOf(marker)) &&
          !isInOpenBuffer(marker),
      )
      for (const marker of ledger.markers.values())
        if (!there.has(placeOf(marker))) marker.forgotten = true
      // Yjs reads nothing of a page after a gap in what that page has typed.
      const unreadable = new Set(
        unreadableIn([...serverBytes(tables), ...devices.flatMap(bytesOn)]),
      )
      excuse(`what it builds upon is nowhere, ${why}`, (marker) => unreadable.has(placeOf(marker)))
    },
    dies: (tab) =>
      excuse(
        'typed and never called saved',
        (marker) => marker.tab === tab.name && marker.shown === 'typed',
      ),
    hides: (tab) => {
      const { storage } = tab.device
      if (storage.full || !storage.isThere) return
      for (const marker of ledger.unsettled(tab.name))
        if (marker.shown === 'typed') marker.shown = 'rescued'
    },
    lost: (device) => {
      lossesByDevice.set(device.name, lossesOf(device) + 1)
      disturb(device)
    },
    crashed: (device) => {
      disturb(device)
      const left = new Set(onDevice(device))
      excuse(
        'the power went before it was in localStorage for good',
        (marker) =>
          marker.device === device.name &&
          marker.shown === 'rescued' &&
          !left.has(placeOf(marker)) &&
          !everAccepted.has(marker.token),
      )
    },
    restored: () => {
      restores++
    },
    knows: (device, scopes) => {
      const then = restores
      return () => {
        for (const scope of scopes) restoresKnown.set(`${device.name} ${scope}`, then)
      }
    },
    unaware: ({ name, person }) =>
      person.scopes.filter((scope) => (restoresKnown.get(`${name} ${scope}`) ?? 0) < restores),
    audit: async (device) => {
      const before = disturbances.get(device.name)
      const standing = device.disk.rows('scopes')
      const tables = await server.rows()
      if (before !== disturbances.get(device.name)) return
      const has = new Set(updatesOn(device.disk).flatMap((row) => tokensIn(row.update)))
      for (const { id, epoch, cursor, status, ...row } of standing) {
        const isSame = tables.scope.some((scope) => scope.id === id && scope.epoch === epoch)
        if (status !== 'ok' || 'heal' in row || !isSame) continue
        // What is in a snapshot that stands further on comes with it.
        const ahead = new Map(
          tables.document
            .filter((one) => one.scope === id && one.snapshot_seq > cursor)
            .map((one) => [one.doc, one.snapshot_seq]),
        )
        const passed = rowsOfWords(tables).filter(
          (one) => one.scope === id && one.seq <= cursor && one.seq > (ahead.get(one.doc) ?? 0),
        )
        for (const token of passed.flatMap((one) => tokensIn(one.bytes)))
          if (!has.has(token) && ledger.markers.get(token)?.deletedBy.length === 0)
            broken(`${device.name} is at ${cursor} in ${id} and lacks ${token} from before that`)
      }
    },
    cursor: (device, from, to) => {
      const [before, after] = [from as Standing | undefined, to as Standing | undefined]
      if (before === undefined || after === undefined || after.status === 'gone') return
      if (before.epoch === after.epoch && after.cursor < before.cursor && after.cursor !== 0)
        broken(`${device.name} goes back from ${before.cursor} to ${after.cursor} in ${after.id}`)
    },
  }
}

/** A marker in its document: the server copies the blocks of those who leave into their own scope, where nobody demands it. */
const placeOf = ({ doc, token }: Pick<Marker, 'doc' | 'token'>): string => `${doc} ${token}`

/** One update or snapshot of a document, wherever it was found. */
interface Found {
  doc: string
  update: Uint8Array
}

const placesOf = (found: readonly Found[]): string[] =>
  found.flatMap(({ doc, update }) => tokensIn(update).map((token) => placeOf({ doc, token })))

const bytesOn = (device: Device): Found[] => [
  ...updatesOn(device.disk),
  ...device.disk.rows('outbox'),
  ...device.storage.texts().flatMap(inRescue),
]

const onDevice = (device: Device): string[] => placesOf(bytesOn(device))

const serverBytes = (tables: Tables): Found[] => [
  ...[...rowsOfWords(tables), ...tables.held].map(({ doc, bytes }) => ({ doc, update: bytes })),
  ...tables.document.map(({ doc, snapshot }) => ({ doc, update: snapshot })),
]

const inRescue = (stored: string): Found[] => {
  try {
    const { words } = JSON.parse(stored) as {
      words: Record<string, { doc: string; update: string }>
    }
    return Object.values(words).map(({ doc, update }) => {
      return { doc, update: Buffer.from(update, 'base64') }
    })
  } catch {
    return []
  }
}

/** What all of it together cannot show. */
const unreadableIn = (found: readonly Found[]): string[] =>
  [...groupBy(found, ({ doc }) => doc)].flatMap(([id, parts]) => {
    const doc = createDocument(
      parts.map(({ update }) => update),
      { gc: false },
    )
    const update = doc.store.pendingStructs?.update
    doc.destroy()
    return update ? placesOf([{ doc: id, update }]) : []
  })
