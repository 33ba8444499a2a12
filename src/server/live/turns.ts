/** Does works of one scope one after the other, those of different scopes side by side. A failure ends no turn but its own. */
export type InTurn = (scope: string, work: () => Promise<void>) => Promise<void>

export const createTurns = (failed: (error: unknown) => void): InTurn => {
  const lastByScope = new Map<string, Promise<void>>()
  return async (scope, work) => {
    const turn = (lastByScope.get(scope) ?? Promise.resolve()).then(work).catch(failed)
    lastByScope.set(scope, turn)
    await turn
    if (lastByScope.get(scope) === turn) lastByScope.delete(scope)
  }
}
