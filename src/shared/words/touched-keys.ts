import * as Y from 'yjs'
import { isTextRoot, scalarStateKey } from './roots.ts'

export const scalarsOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('s')

/** The text roots and the `s/` keys of the scalars that a transaction has changed. */
export const touchedKeys = (transaction: Y.Transaction): string[] => {
  const scalars = scalarsOf(transaction.doc)
  const keys: string[] = []
  for (const [type, parts] of transaction.changed) {
    if (Object.is(type, scalars)) {
      for (const part of parts) if (part !== null) keys.push(scalarStateKey(`${part}`))
    } else if (type._item === null) {
      const root = Y.findRootTypeKey(type)
      if (isTextRoot(root)) keys.push(root)
    }
  }
  return keys
}
