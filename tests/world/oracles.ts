import * as Y from 'yjs'
import { applyUpdates, createDocument, readPlain } from '../../src/shared/words/document.ts'
import { emptyPlain, type PlainDocument } from '../../src/shared/words/plain.ts'
import type { Device } from './device.ts'
import { groupBy } from './group-by.ts'
import { type Ledger, type Marker, tokensIn, tokensOf } from './ledger.ts'
import { updatesOn } from './updates-on.ts'
import type { Tables } from './word-tables.ts'
import type { Acknowledged } from './world-server.ts'

// What must be true when everything has come to rest. Each oracle returns what is wrong, in words.

export interface AtRest {
  tables: Tables
  devices: readonly Device[]
  isRevoked(person: string, scope: string): boolean
  ledger: Ledger
  /** Promises of the server that bind. */
  acknowledged: readonly Acknowledged[]
}

export const whatIsWrong = (world: AtRest): string[] => {
  const server = serverDocuments(world.tables)
  try {
    return [
      ...wrongServer(server, world.ledger),
      ...world.devices.flatMap((device) => wrongDevice(device, world, server)),
      ...wrongMarkers(world, server),
      ...brokenPromises(world, server),
    ]
  } finally {
    for (const { doc } of server.values()) doc.destroy()
  }
}

interface ServerDocument {
  /** Everything ever accepted, nothing forgotten. */
  doc: Y.Doc
  plain: PlainDocument
  text: string
  /** As a device gets it: the snapshot and what came after. */
  pulled: string
}

const serverDocuments = (tables: Tables): Map<string, ServerDocument> => {
  const raw = groupBy([...tables.archive, ...tables.update], (row) => row.doc)
  const documents = new Map<string, ServerDocument>()
  for (const [id, rows] of raw) {
    const bytes = rows.toSorted((a, b) => a.seq - b.seq).map((row) => row.bytes)
    const doc = createDocument(bytes, { gc: false })
    const parts = [
      ...tables.document.filter((row) => row.doc === id).map((row) => row.snapshot),
      ...tables.update.filter((row) => row.doc === id).map((row) => row.bytes),
    ]
    const pulled = createDocument(parts)
    const plain = readPlain(doc)
    documents.set(id, { doc, plain, text: inOrder(plain), pulled: inOrder(readPlain(pulled)) })
    pulled.destroy()
  }
  return documents
}

const wrongServer = (server: ReadonlyMap<string, ServerDocument>, ledger: Ledger): string[] =>
  [...server].flatMap(([id, { doc, text, pulled }]) => [
    ...(text === pulled ? [] : [`${id}: the snapshot reads otherwise than the archive`]),
    ...((doc.store.pendingStructs || doc.store.pendingDs) && !isExcused(doc, ledger)
      ? [`${id}: the server lacks something that its updates build upon`]
      : []),
    ...(isBroken(text) ? [`${id}: a character is cut in two: ${text}`] : []),
  ])

/** All devices have what the server has, in every place where a word is read. */
const wrongDevice = (
  { name, person, disk, tabs }: Device,
  { tables, isRevoked }: AtRest,
  server: ReadonlyMap<string, ServerDocument>,
): string[] => {
  const scopes = person.scopes.filter((scope) => !isRevoked(person.id, scope))
  const isMine = (doc: string): boolean => scopes.some((scope) => doc.startsWith(`${scope}/`))
  const updatesByDoc = groupBy(updatesOn(disk), (row) => row.doc)
  const rowById = new Map(disk.rows('docs').map((row) => [row.id, row]))
  const standing = new Map(disk.rows('scopes').map((row) => [row.id, row]))
  const wrong: string[] = []
  const compare = (what: string, found: PlainDocument, id: string): void => {
    const expected = server.get(id)?.text ?? inOrder(emptyPlain())
    if (inOrder(found) !== expected)
      wrong.push(`${what} ${id}:\n  ${inOrder(found)}\nand the server\n  ${expected}`)
  }

  for (const id of new Set([...updatesByDoc.keys(), ...rowById.keys(), ...server.keys()])) {
    if (!isMine(id)) continue
    const doc = createDocument((updatesByDoc.get(id) ?? []).map((row) => row.update))
    compare(`${name} has in its updates of`, readPlain(doc), id)
    doc.destroy()
    compare(`${name} has in its list for`, rowById.get(id)?.plain ?? emptyPlain(), id)
  }
  for (const tab of tabs)
    for (const [id, document] of tab.documents)
      if (isMine(id)) compare(`${tab.name} shows`, document.plain.value, id)
  for (const scope of tables.scope.filter((row) => scopes.includes(row.id))) {
    // Of a scope in which nothing was ever written a device keeps nothing.
    if (scope.head === 0 && !standing.has(scope.id)) continue
    const { status, epoch, cursor } = standing.get(scope.id) ?? {}
    // Where nothing was ever written there is nothing to remember.
    if (status === undefined && scope.head === 0) continue
    if (status !== 'ok' || epoch !== scope.epoch || cursor !== scope.head)
      wrong.push(
        `${name} stands at ${status} ${epoch}:${cursor} in ${scope.id}, which is at ${scope.epoch}:${scope.head}`,
      )
  }
  return wrong
}

/** What still goes on somewhere, in words; null if everything has come to rest. */
export const whatIsNoisy = (devices: readonly Device[]): string | null => {
  for (const { name, disk, tabs } of devices) {
    for (const tab of tabs) {
      if (tab.words === null) return `${tab.name} is starting`
      if (tab.opening.size > 0) return `${tab.name} is opening ${[...tab.opening]}`
      const pending = tab.words.pending.value
      if (pending.saving || pending.failed) return `${tab.name}: ${JSON.stringify(pending)}`
    }
    const [unsent] = disk.rows('outbox')
    if (unsent) return `${name} has unsent words of ${unsent.doc}`
    const sick = disk.rows('scopes').find((row) => row.status === 'ok' && row.heal)
    if (sick) return `${name} is healing ${sick.id}`
  }
  return null
}

const wrongMarkers = (
  { ledger, tables }: AtRest,
  server: ReadonlyMap<string, ServerDocument>,
): string[] => {
  const held = new Set(tables.held.flatMap((row) => tokensIn(row.bytes)))
  const historyByDoc = new Map<string, string>()
  const historyOf = (id: string): string => {
    const known = historyByDoc.get(id)
    if (known !== undefined) return known
    const doc = server.get(id)?.doc
    const history = doc ? everWritten(doc) : ''
    historyByDoc.set(id, history)
    return history
  }
  const wrong: string[] = []
  for (const marker of ledger.markers.values()) {
    const count = countIn(server.get(marker.doc)?.plain, marker)
    if (count > 1 + marker.broughtBack)
      wrong.push(`${describe(marker)} stands there ${count} times`)
    if (count > 0 || marker.excused !== null) continue
    if (held.has(marker.token)) continue
    const mayBeGone =
      marker.kind === 'scalar' || marker.deletedBy.length > 0 || marker.broughtBack > 0
    if (!mayBeGone) wrong.push(`${describe(marker)} is lost`)
    else if (!marker.forgotten && !historyOf(marker.doc).includes(marker.token))
      wrong.push(`${describe(marker)} is neither there nor among the earlier versions`)
  }
  return wrong
}

/** The server still has every acknowledged byte: taking the update in again changes nothing. */
const brokenPromises = (
  { acknowledged, tables, ledger }: AtRest,
  server: ReadonlyMap<string, ServerDocument>,
): string[] => {
  const held = new Set(tables.held.map((row) => `${row.doc} ${hex(row.bytes)}`))
  const wrong: string[] = []
  const lacking = new Set<string>()
  for (const { push, device } of acknowledged) {
    if (held.has(`${push.doc} ${hex(push.update)}`) || lacking.has(push.doc)) continue
    const doc = server.get(push.doc)?.doc
    if (doc === undefined) {
      wrong.push(`an acknowledged update of ${push.doc} is gone with its document`)
      continue
    }
    const before = Y.snapshot(doc)
    applyUpdates(doc, [push.update])
    const lacksNone = !doc.store.pendingStructs || isExcused(doc, ledger)
    if (Y.equalSnapshots(before, Y.snapshot(doc)) && lacksNone) continue
    lacking.add(push.doc)
    wrong.push(`the server lacks an acknowledged update of ${push.doc} from ${device}`)
  }
  return wrong
}

const describe = (marker: Marker): string =>
  `${marker.token} of ${marker.tab} in ${marker.doc} ${marker.place} (${marker.shown}${
    marker.deletedBy.length > 0 ? `, deleted by ${marker.deletedBy.join(', ')}` : ''
  })`

const countIn = (plain: PlainDocument | undefined, marker: Marker): number => {
  if (plain === undefined) return 0
  const text =
    marker.kind === 'text'
      ? (plain.texts[marker.place] ?? '')
      : JSON.stringify(plain.scalars[marker.place] ?? '')
  return tokensOf(text).filter((token) => token === marker.token).length
}

/** Every text and value that was ever in the document, deleted ones in their places. */
const everWritten = (doc: Y.Doc): string => {
  const parts: string[] = []
  const read = (item: Y.Item | null): void => {
    for (let at = item; at !== null; at = at.right) {
      const content = at.content as { str?: string; arr?: unknown[] }
      if (content.str !== undefined) parts.push(content.str)
      else if (content.arr !== undefined) parts.push(JSON.stringify(content.arr))
    }
  }
  for (const type of doc.share.values()) {
    read(type._start)
    for (const newest of type._map.values()) {
      let oldest = newest
      while (oldest.left !== null) oldest = oldest.left
      read(oldest)
    }
  }
  return parts.join('')
}

export const inOrder = ({ texts, scalars }: PlainDocument): string =>
  JSON.stringify([sorted(texts), sorted(scalars)])

const sorted = (values: Record<string, unknown>): [string, unknown][] =>
  Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))

const isBroken = (text: string): boolean => !text.isWellFormed() || text.includes('\ufffd')

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

/** All that waits for something is excused: what it builds upon is nowhere any more. */
const isExcused = (doc: Y.Doc, ledger: Ledger): boolean => {
  const waiting = tokensIn(doc.store.pendingStructs?.update ?? new Uint8Array())
  return waiting.length > 0 && waiting.every((token) => ledger.markers.get(token)?.excused !== null)
}
