/** A value that is chosen, not typed. Lists are the picked options' ids, for a ranking in order. */
export type Scalar = string | number | boolean | string[] | null

/** A document's words as plain data: what lists, search and a cold start read, without Yjs. */
export interface PlainDocument {
  /** Text by root name: `f/<field>`, in group documents `f/<field>/<block>`, cells `f/<field>/<row>/<column>`. */
  texts: Record<string, string>
  /** Scalars by key: `<field>`, in group documents `<field>/<block>`. */
  scalars: Record<string, Scalar>
}

export const isScalar = (value: unknown): value is Scalar =>
  value === null ||
  ['string', 'number', 'boolean'].includes(typeof value) ||
  (Array.isArray(value) && value.every((entry) => typeof entry === 'string'))

export const emptyPlain = (): PlainDocument => ({ texts: {}, scalars: {} })

/** The same string for the same words, in whatever order they came. */
export const canonicalPlain = ({ texts, scalars }: PlainDocument): string =>
  JSON.stringify([inOrder(texts), inOrder(scalars)])

const inOrder = (values: Record<string, unknown>): [string, unknown][] =>
  Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))
