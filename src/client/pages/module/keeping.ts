import type { KeepState } from '../../state/services.ts'

/** How far several files together have come onto the device, bytes. */
export type Keeping = { bytes: number; of: number } & (
  | { kind: 'absent' | 'loading' | 'kept' }
  | { kind: 'stopped'; reason: 'network' | 'full' | 'damaged' }
)

export const keepingOf = (files: readonly { size: number; state: KeepState }[]): Keeping => {
  const of = files.reduce((sum, { size }) => sum + size, 0)
  const bytes = files.reduce((sum, { size, state }) => {
    if (state.kind === 'kept') return sum + size
    return sum + state.bytes
  }, 0)
  const states = files.map(({ state }) => state)
  if (states.some(({ kind }) => kind === 'loading' || kind === 'waiting'))
    return { kind: 'loading', bytes, of }
  const stopped = states.find((state) => state.kind === 'stopped')
  if (stopped) return { kind: 'stopped', reason: stopped.reason, bytes, of }
  return { kind: states.every(({ kind }) => kind === 'kept') ? 'kept' : 'absent', bytes, of }
}
