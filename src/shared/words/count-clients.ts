import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'

/**
 * Where many clients have written at one place, Yjs compares each with each: thousands of them hold up whoever builds the document,
 * for minutes. A document gets a client whenever somebody writes in it after opening it, so an honest one has some hundreds
 * in its life; so many take about a third of a second.
 */
export const mostClients = 3000

/** Is a document of these updates one that nobody should build beside other work? */
export const hasTooManyClients = (updates: readonly Uint8Array[]): boolean => {
  // Most documents are far below the bound even if no client stands in two updates.
  const sections = updates.reduce((sum, update) => sum + sectionsOf(update), 0)
  if (sections <= mostClients) return false
  const clients = new Set<number>()
  for (const update of updates) for (const client of clientsOf(update)) clients.add(client)
  return clients.size > mostClients
}

/** How many clients an update says that it is of: the number at its beginning. */
const sectionsOf = (update: Uint8Array): number => {
  try {
    return decoding.readVarUint(decoding.createDecoder(update))
  } catch {
    return 0
  }
}

const clientsOf = (update: Uint8Array): Iterable<number> => {
  try {
    return Y.parseUpdateMeta(update).from.keys()
  } catch {
    return [] // Yjs cannot read it
  }
}
