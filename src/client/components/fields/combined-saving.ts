import type { Saving } from '../save-state.tsx'

/** One state for a field of several roots: the least safe of them decides, with its newest time. */
export const combinedSaving = (states: readonly Saving[]): Saving => {
  const empty: Saving = { kind: 'empty' }
  return states.reduce<Saving>((worst, state) => (isWorse(state, worst) ? state : worst), empty)
}

const isWorse = (state: Saving, than: Saving): boolean =>
  rank[state.kind] > rank[than.kind] ||
  (state.kind === than.kind && isTimed(state) && isTimed(than) && (state.at ?? 0) > (than.at ?? 0))

const rank: Record<Saving['kind'], number> = {
  empty: 0,
  sent: 1,
  held: 2,
  saved: 3,
  saving: 4,
  failed: 5,
}

const isTimed = (state: Saving): state is Extract<Saving, { at: number | null }> => 'at' in state
