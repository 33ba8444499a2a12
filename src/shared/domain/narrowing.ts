/** What a field's answers may become in a later version: the same, or something fewer people see. */
const narrowerBySees: Record<string, readonly string[]> = {
  // Named answers to a facilitator → only sums of persons → nobody else.
  facilitator: ['aggregate', 'me'],
  aggregate: ['me'],
  me: [],
  // Written in the group's own document: made private, the answers would lie where nobody looks for them.
  group: [],
}

export const narrows = (before: string, after: string): boolean =>
  before === after || (narrowerBySees[before]?.includes(after) ?? false)
