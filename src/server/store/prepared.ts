import type { Compilable, CompiledQuery, QueryResult } from 'kysely'
import type { Database } from './schema.ts'

/** Stands where a value will be; T is the value's type as the query sees it. */
export type SlotMaker<V> = <T>(read: (values: V) => T) => T

/**
 * A query of Kysely that is built and compiled once for each database, and run with new values: building it costs more than
 * running it. Whatever changes the text (the number of rows, say) is `shape`.
 */
export const prepared = <V, R, S extends number | string = number>(
  build: (db: Database, slot: SlotMaker<V>, shape: S) => Compilable<R>,
): ((db: Database, values: V, shape: S) => Promise<R[]>) => {
  const compiledByDialect = new WeakMap<object, Map<S, CompiledQuery<R>>>()
  return async (db, values, shape) => {
    const { adapter } = db.getExecutor()
    let compiledByShape = compiledByDialect.get(adapter)
    if (!compiledByShape) {
      compiledByShape = new Map()
      compiledByDialect.set(adapter, compiledByShape)
    }
    let compiled = compiledByShape.get(shape)
    if (!compiled) {
      compiled = build(db, makeSlot as SlotMaker<V>, shape).compile()
      compiledByShape.set(shape, compiled)
    }
    const parameters = compiled.parameters.map((parameter) =>
      parameter instanceof Slot ? parameter.read(values) : parameter,
    )
    const result: QueryResult<R> = await db.executeQuery({ ...compiled, parameters })
    return result.rows
  }
}

class Slot {
  readonly read: (values: unknown) => unknown
  constructor(read: (values: unknown) => unknown) {
    this.read = read
  }
}

// Kysely takes any object for a value and puts it among the parameters as it is.
const makeSlot = (read: (values: unknown) => unknown): unknown => new Slot(read)

/** Largest number of rows or list entries in one statement: 10 values a row stay far below SQLite's 32,766 parameters. */
const mostInChunk = 128

/** Cuts a list into chunks whose sizes are powers of two: few texts to compile, whatever the length. */
export const rowChunks = <T>(list: readonly T[]): T[][] => {
  const chunks: T[][] = []
  for (let at = 0; at < list.length; ) {
    let size = mostInChunk
    while (size > list.length - at) size /= 2
    chunks.push(list.slice(at, at + size))
    at += size
  }
  return chunks
}

/** The same for the right side of `in`, where a value may stand twice: the last chunk is filled up with its last value. */
export const listChunks = <T>(list: readonly T[]): T[][] => {
  const chunks: T[][] = []
  for (let at = 0; at < list.length; at += mostInChunk) {
    const chunk = list.slice(at, at + mostInChunk)
    let size = 1
    while (size < chunk.length) size *= 2
    const last = chunk.at(-1) as T
    chunks.push([...chunk, ...Array.from({ length: size - chunk.length }, () => last)])
  }
  return chunks
}
