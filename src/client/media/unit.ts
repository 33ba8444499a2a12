import type { Pin } from '../../shared/media/evict.ts'
import type { State, StopReason } from './keeping.ts'
import { bytesOf, isWhole, type Stored } from './stored-chunks.ts'

/** An item that is kept, or on its way: its main file with the described version. */
export interface Unit {
  /** SHA-256 of the main file. */
  main: string
  pin: Pin
  /** The pin lies on the device. */
  isSaved: boolean
  /** Why it does not go on by itself. */
  stop: StopReason | null
  /** The network fell out over it; it goes on by itself. */
  isLost: boolean
  /** Its pieces had the wrong hash twice. */
  isDoubted: boolean
  /** Pieces that are being fetched, by their key. */
  jobs: Map<string, Promise<void>>
  /** Bytes of these that have come. */
  arriving: number
  abort: AbortController
}

export const newUnit = (main: string, pin: Pin, isSaved: boolean): Unit => ({
  main,
  pin,
  isSaved,
  stop: null,
  isLost: false,
  isDoubted: false,
  jobs: new Map(),
  arriving: 0,
  abort: new AbortController(),
})

export const unitSize = ({ pin }: Unit): number =>
  pin.files.reduce((sum, { size }) => sum + size, 0)

/** Verified on the device. */
export const unitBytes = ({ pin }: Unit, { files }: Stored): number =>
  pin.files.reduce((sum, { sha256 }) => sum + bytesOf(files.get(sha256)), 0)

export const isUnitWhole = ({ pin }: Unit, { files }: Stored): boolean =>
  pin.files.every(({ sha256 }) => isWhole(files.get(sha256)))

/** To be fetched, by itself. */
export const isLeft = (unit: Unit, stored: Stored): boolean =>
  unit.stop === null && !isUnitWhole(unit, stored)

export const unitState = (unit: Unit, stored: Stored, isPaused: boolean): State => {
  if (isUnitWhole(unit, stored)) return { kind: 'kept' }
  const of = unitSize(unit)
  const bytes = unitBytes(unit, stored)
  if (unit.stop) return { kind: 'stopped', reason: unit.stop, bytes, of }
  const coming = Math.min(of, bytes + unit.arriving)
  // Its last pieces may still be under way.
  if (isPaused) return { kind: 'paused', bytes: coming, of }
  if (unit.isLost) return { kind: 'stopped', reason: 'network', bytes, of }
  return unit.jobs.size > 0
    ? { kind: 'loading', bytes: coming, of }
    : { kind: 'waiting', bytes, of }
}

/** Gives up what is under way; the unit may begin anew. */
export const interrupt = (unit: Unit): void => {
  unit.abort.abort()
  unit.abort = new AbortController()
}
