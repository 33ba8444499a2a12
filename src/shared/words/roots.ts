// The names of a document's text roots and scalar keys. Ids hold no slash, so the number of parts tells what a root is:
// f/<field>, f/<field>/<block>, f/<field>/<row>/<column>, f/<field>/<row>/<column>/<block>.

/** A field's text; in group documents one per block. */
export const fieldRoot = (field: string, block?: string): string => join('f', field, block)

/** A table cell's text; in group documents one per block. */
export const cellRoot = (field: string, row: string, column: string, block?: string): string =>
  join('f', field, row, column, block)

/** A field's chosen value; in group documents one per block. */
export const scalarKey = (field: string, block?: string): string => join(field, block)

export const isTextRoot = (root: string): boolean => root.startsWith('f/')

/** The key by which the state of a scalar is asked for. */
export const scalarStateKey = (key: string): string => `s/${key}`

export type RootParts =
  | { kind: 'field'; field: string; block: string | null }
  | { kind: 'cell'; field: string; row: string; column: string; block: string | null }

/** What a text root belongs to; null if it is none. */
export const partsOfRoot = (root: string): RootParts | null => {
  const [prefix, field, second, column, block, ...rest] = root.split('/')
  if (prefix !== 'f' || !field || rest.length > 0) return null
  if (second === undefined || column === undefined)
    return { kind: 'field', field, block: second ?? null }
  return { kind: 'cell', field, row: second, column, block: block ?? null }
}

const join = (...parts: (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined).join('/')
