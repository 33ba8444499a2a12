import { setImmediate as letOthers } from 'node:timers/promises'
import type { Outline, OutlineItem } from '../../shared/domain/outline.ts'
import type { SumCount, SumsAnswer } from '../../shared/domain/sums.ts'
import { hasTooManyClients } from '../../shared/words/count-clients.ts'
import { plainOfUpdates } from '../../shared/words/document.ts'
import type { PlainDocument } from '../../shared/words/plain.ts'
import { documentId, personScope } from '../../shared/words/scope.ts'
import { packageOf } from '../people/me.ts'
import { documentStore } from '../store/document-store.ts'
import { sha256 } from '../store/hash.ts'
import type { Store } from '../store/store.ts'
import { type Council, type SumField, sumsStore } from '../store/sums-store.ts'
import {
  chosenIn,
  isSummed,
  isTimeToCount,
  mayBeTold,
  type SummedField,
  sumOf,
} from './sum-rule.ts'

export interface SumsDeps {
  store: Store
  now: () => number
}

/** However many ask, and however often: the answers are looked through once in this time, and only if somebody has written. */
const countEveryMs = 10_000
/** More people than any council has, on several devices each. */
const mostPeople = 1000
/** A document of answers is a few KB; a larger one is left out and not built. */
const mostBytes = 256 * 1024
/** All documents of one count. With more than this nothing is counted, and what was published stays. */
const mostBytesTogether = 32 * 1024 * 1024

/** One count at a time in a process: they are made beside everybody's requests. */
const counting = new WeakSet<Store['db']>()

/**
 * What the resource person is told of the answers of those they meet; null for everybody else. The people's own documents are read
 * here and nowhere else but by themselves: of each, the values of the summed fields, and no text.
 *
 * 1. Whose answers, and which fields of their track.
 * 2. If it is time, and somebody has written since the last time: read everybody's choices, and publish what the rule lets out.
 * 3. The answer is what is published.
 */
export const readSums = async (deps: SumsDeps, person: string): Promise<SumsAnswer | null> => {
  const { store, now } = deps
  const council = await sumsStore.councilOf(store.db, person)
  if (!council) return null
  const fields = await fieldsOf(store, person, council.audience)

  const people = await sumsStore.writers(
    store.db,
    council,
    (id) => personScope(id, council.run),
    mostPeople,
  )
  const heads = sha256(people.map(({ person: id, head }) => `${id} ${head}`).join())
  const at = now()
  const reading = { heads, now: at, notSince: at - countEveryMs }
  if (fields.length > 0 && !counting.has(store.db)) {
    counting.add(store.db)
    try {
      if (await sumsStore.claim(store.db, council, reading)) {
        await count(store, council, fields, people, reading)
      }
    } finally {
      counting.delete(store.db)
    }
  }

  const published = await sumsStore.published(store.db, council)
  return {
    municipality: council.place,
    audience: council.audience,
    sums: fields.map(({ item, field }) => {
      const sum = published.find((one) => one.item === item.id && one.field === field.id)
      if (!sum) return { item: item.id, field: field.id, told: null }
      const body = JSON.parse(sum.body) as { persons: number; counts: SumCount[] }
      return { item: item.id, field: field.id, told: { ...body, countedAt: sum.countedAt } }
    }),
  }
}

interface Asked {
  item: OutlineItem
  field: SummedField
}

const fieldsOf = async ({ db }: Store, person: string, audience: string): Promise<Asked[]> => {
  const programme = await packageOf(db, person)
  if (!programme) return []
  const { tracks } = JSON.parse(programme.outline) as Outline
  const items = tracks.find((track) => track.audience === audience)?.items ?? []
  return items.flatMap((item) => item.fields.filter(isSummed).map((field) => ({ item, field })))
}

const count = async (
  store: Store,
  council: Council,
  fields: readonly Asked[],
  people: readonly { person: string; scope: string }[],
  { heads, now }: { heads: string; now: number },
): Promise<void> => {
  const choices = new Map<Asked, Map<string, string[]>>(fields.map((asked) => [asked, new Map()]))
  const items = new Set(fields.map(({ item }) => item.id))
  let bytesTogether = 0
  for (const { person, scope } of people) {
    for (const item of items) {
      const { scalars, bytes } = await scalarsOf(
        store,
        scope,
        item,
        mostBytesTogether - bytesTogether,
      )
      bytesTogether += bytes
      for (const [asked, chosenBy] of choices) {
        if (asked.item.id !== item) continue
        const chosen = chosenIn(asked.field, scalars[asked.field.id])
        if (chosen) chosenBy.set(person, chosen)
      }
    }
  }

  await store.write(async (db) => {
    // First, since it holds the row: another node that counts sees whom this one has counted.
    if (!(await sumsStore.hasCounted(db, council, { heads, now }))) return
    if (bytesTogether > mostBytesTogether) return
    for (const [{ item, field }, chosenBy] of choices) {
      const of: SumField = { item: item.id, field: field.id }
      const answering = [...chosenBy.keys()]
      if (!mayBeTold(answering.length)) {
        await sumsStore.withdraw(db, council, of)
        continue
      }
      const counted = new Set(await sumsStore.counted(db, council, of))
      if (!isTimeToCount(answering, counted)) continue
      const sum = sumOf(field, [...chosenBy.values()])
      if (sum === null) continue
      const body = JSON.stringify(sum)
      await sumsStore.publish(db, council, of, { people: answering, body, at: now })
    }
  })
}

/** The chosen values in somebody's own document, and its bytes; nothing where building it would hold up others. */
const scalarsOf = async (
  { db }: Store,
  scope: string,
  item: string,
  bytesLeft: number,
): Promise<{ scalars: PlainDocument['scalars']; bytes: number }> => {
  if (bytesLeft < 0) return { scalars: {}, bytes: 0 }
  const { bytes } = await documentStore.parts(db, scope, documentId(scope, item))
  const size = bytes.reduce((sum, { length }) => sum + length, 0)
  if (bytes.length === 0 || size > mostBytes || hasTooManyClients(bytes)) {
    return { scalars: {}, bytes: 0 }
  }
  await letOthers()
  return { scalars: plainOfUpdates(bytes).scalars, bytes: size }
}
