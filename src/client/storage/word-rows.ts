import type { PlainDocument } from '../../shared/words/plain.ts'
import { scalarStateKey } from '../../shared/words/roots.ts'
import { splitDocumentId } from '../../shared/words/scope.ts'
import type { DocumentRow, OutboxRow, UpdateRow } from './words-database.ts'
import type { BufferedWrite } from './write-buffer.ts'

export const documentRow = (id: string, plain: PlainDocument, changedAt: number): DocumentRow => ({
  id,
  version: 1,
  ...placeOf(id),
  plain,
  changedAt,
})

export const updateRow = (
  doc: string,
  write: BufferedWrite,
  own: boolean,
): Omit<UpdateRow, 'n'> => ({ version: 1, doc, scope: placeOf(doc).scope, own, ...write })

export const outboxRow = (doc: string, write: BufferedWrite): Omit<OutboxRow, 'n'> => ({
  version: 1,
  doc,
  scope: placeOf(doc).scope,
  ...write,
})

export const writeOf = ({ update, keys, writtenAt }: BufferedWrite): BufferedWrite => ({
  update,
  keys,
  writtenAt,
})

/** All roots and `s/` keys of a document. */
export const keysOf = ({ texts, scalars }: PlainDocument): string[] => [
  ...Object.keys(texts),
  ...Object.keys(scalars).map(scalarStateKey),
]

const placeOf = (doc: string): { scope: string; task: string } => {
  const place = splitDocumentId(doc)
  if (place === null) throw new Error(`not a document id: ${doc}`)
  return place
}
