import type { OutboxMark } from '../storage/words-database.ts'

/** What of the outbox, or of what is held, the page shows, in memory: asking the database at every key would cost more than the key. */
export interface OutboxIndex {
  replace(marks: readonly OutboxMark[]): void
  add(marks: readonly OutboxMark[]): void
  remove(ns: readonly number[]): OutboxMark[]
  /** Those with such words. */
  documents(): string[]
  oldest(): number | null
  has(doc: string): boolean
  /** When the newest such change of a key was written; null if there is none. */
  writtenAt(doc: string, key: string): number | null
}

export const createOutboxIndex = (): OutboxIndex => {
  const marksByDoc = new Map<string, Map<number, OutboxMark>>()
  const docByNumber = new Map<number, string>()

  const add = (marks: readonly OutboxMark[]): void => {
    for (const mark of marks) {
      const ofDoc = marksByDoc.get(mark.doc) ?? new Map<number, OutboxMark>()
      marksByDoc.set(mark.doc, ofDoc.set(mark.n, mark))
      docByNumber.set(mark.n, mark.doc)
    }
  }
  const marksOf = (doc: string): OutboxMark[] => [...(marksByDoc.get(doc)?.values() ?? [])]

  return {
    replace: (marks) => {
      marksByDoc.clear()
      docByNumber.clear()
      add(marks)
    },
    add,
    remove: (ns) =>
      ns.flatMap((n) => {
        const doc = docByNumber.get(n)
        const ofDoc = doc === undefined ? undefined : marksByDoc.get(doc)
        const mark = ofDoc?.get(n)
        if (doc === undefined || ofDoc === undefined || mark === undefined) return []
        docByNumber.delete(n)
        ofDoc.delete(n)
        if (ofDoc.size === 0) marksByDoc.delete(doc)
        return [mark]
      }),
    documents: () => [...marksByDoc.keys()],
    oldest: () => {
      let oldest: number | null = null
      for (const ofDoc of marksByDoc.values())
        for (const { writtenAt } of ofDoc.values())
          if (oldest === null || writtenAt < oldest) oldest = writtenAt
      return oldest
    },
    has: (doc) => marksByDoc.has(doc),
    writtenAt: (doc, key) => {
      const times = marksOf(doc)
        .filter((mark) => mark.keys.includes(key))
        .map((mark) => mark.writtenAt)
      return times.length === 0 ? null : Math.max(...times)
    },
  }
}
