import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { piecesOf } from './text-splice.ts'

/**
 * One update (V1) as several, each of at most `maxBytes` where that can be: a value that is not text is never cut. Applied in
 * order, none waits for a later one, unless the whole did; in any order they give the same. An update that cannot be read
 * comes back as it is.
 */
export const splitUpdate = (update: Uint8Array, maxBytes: number): Uint8Array[] => {
  if (update.length <= maxBytes) return [update]
  try {
    const { structs, ds } = Y.decodeUpdate(update)
    const written = write(causalOrder(structs), maxBytes - sectionBytes - headBytes)
    const deletes = [...ds.clients].flatMap(([client, ranges]) =>
      ranges.map(({ clock, len }) => ({
        client,
        clock,
        bytes: writeRange(clock, len),
        isDelete: true,
      })),
    )
    return group([...written, ...deletes], maxBytes).map(assemble)
  } catch {
    return [update]
  }
}

type Struct = ReturnType<typeof Y.decodeUpdate>['structs'][number]

/** A struct or a range of deleted clocks, as bytes. */
interface Part {
  client: number
  clock: number
  bytes: Uint8Array
  isDelete: boolean
}

/** The most that one client's section (count, client, clock) and an update's own two counts take. */
const sectionBytes = 5 + 8 + 8
const headBytes = 5 + 5

// 1. The structs of each client in order, and each after those of other clients that it builds upon.

const causalOrder = (structs: readonly Struct[]): Struct[] => {
  const queues = new Map<number, { structs: Struct[]; next: number }>()
  for (const struct of structs) {
    const queue = queues.get(struct.id.client) ?? { structs: [], next: 0 }
    queue.structs.push(struct)
    queues.set(struct.id.client, queue)
  }
  const headOf = (client: number): Struct | undefined => {
    const queue = queues.get(client)
    return queue?.structs[queue.next]
  }
  /** The next struct of another client that must come before this one. */
  const before = (struct: Struct): Struct | undefined => {
    if (!(struct instanceof Y.Item)) return undefined
    for (const id of [struct.origin, struct.rightOrigin, struct.parent]) {
      if (!(id instanceof Y.ID) || id.client === struct.id.client) continue
      const head = headOf(id.client)
      if (head !== undefined && head.id.clock <= id.clock) return head
    }
    return undefined
  }
  const ordered: Struct[] = []
  for (const client of queues.keys()) {
    for (let head = headOf(client); head !== undefined; head = headOf(client)) {
      let first = head
      // The way back is never longer than there are clients, unless broken bytes lead in a circle.
      for (let steps = 0; steps < queues.size; steps++) first = before(first) ?? first
      ordered.push(first)
      const queue = queues.get(first.id.client)
      if (queue) queue.next++
    }
  }
  return ordered
}

// 2. Each as bytes, long texts in several.

const write = (structs: readonly Struct[], maxBytes: number): Part[] => {
  const encoder = new Y.UpdateEncoderV1()
  const places: { client: number; clock: number; start: number }[] = []
  const add = (struct: Struct, offset: number): void => {
    const { client, clock } = struct.id
    places.push({ client, clock: clock + offset, start: encoding.length(encoder.restEncoder) })
    struct.write(encoder, offset)
  }
  for (const struct of structs) {
    const text = textOf(struct)
    const room = Math.max(2, Math.floor((maxBytes - startBytes(struct)) / bytesPerUnit))
    if (text === null || text.length <= room) {
      add(struct, 0)
      continue
    }
    let offset = 0
    for (const piece of piecesOf(text, room)) {
      setText(struct, text.slice(0, offset + piece.length))
      add(struct, offset)
      offset += piece.length
    }
  }
  const bytes = encoder.toUint8Array()
  return places.map(({ client, clock, start }, index) => ({
    client,
    clock,
    bytes: bytes.subarray(start, places[index + 1]?.start ?? bytes.length),
    isDelete: false,
  }))
}

const textOf = (struct: Struct): string | null =>
  struct instanceof Y.Item && struct.content instanceof Y.ContentString ? struct.content.str : null

const setText = (struct: Struct, text: string): void => {
  if (struct instanceof Y.Item) struct.content = new Y.ContentString(text)
}

/** A UTF-16 code unit in UTF-8. */
const bytesPerUnit = 3

/** The most that stands before an item's text: its neighbours, or the name of its root. */
const startBytes = (struct: Struct): number => {
  const root: unknown = struct instanceof Y.Item ? struct.parent : null
  return 40 + (typeof root === 'string' ? root.length * bytesPerUnit : 0)
}

const writeRange = (clock: number, length: number): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, clock)
    encoding.writeVarUint(encoder, length)
  })

// 3. As many into one update as it holds.

const group = (parts: readonly Part[], maxBytes: number): Part[][] => {
  const groups: Part[][] = []
  let [bytes, sections] = [Number.POSITIVE_INFINITY, new Set<string>()]
  for (const part of parts) {
    const section = `${part.isDelete}/${part.client}`
    bytes += part.bytes.length + (sections.has(section) ? 0 : sectionBytes)
    if (bytes > maxBytes) {
      groups.push([])
      bytes = headBytes + sectionBytes + part.bytes.length
      sections = new Set()
    }
    sections.add(section)
    groups.at(-1)?.push(part)
  }
  return groups
}

const assemble = (parts: readonly Part[]): Uint8Array =>
  encoding.encode((encoder) => {
    writeSections(
      encoder,
      parts.filter((part) => !part.isDelete),
    )
    writeSections(
      encoder,
      parts.filter((part) => part.isDelete),
    )
  })

const writeSections = (encoder: encoding.Encoder, parts: readonly Part[]): void => {
  const byClient = new Map<number, Part[]>()
  for (const part of parts) {
    const own = byClient.get(part.client)
    if (own === undefined) byClient.set(part.client, [part])
    else own.push(part)
  }
  encoding.writeVarUint(encoder, byClient.size)
  for (const [client, own] of byClient) {
    const [first] = own
    if (first === undefined) continue
    if (first.isDelete) {
      encoding.writeVarUint(encoder, client)
      encoding.writeVarUint(encoder, own.length)
    } else {
      encoding.writeVarUint(encoder, own.length)
      encoding.writeVarUint(encoder, client)
      encoding.writeVarUint(encoder, first.clock)
    }
    for (const part of own) encoding.writeUint8Array(encoder, part.bytes)
  }
}
