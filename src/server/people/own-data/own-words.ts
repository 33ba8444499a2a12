import { setImmediate as letOthers, setTimeout as wait } from 'node:timers/promises'
import type { Outline, OutlineItem } from '../../../shared/domain/outline.ts'
import type { OwnDocument } from '../../../shared/domain/own-data.ts'
import type { LocalText } from '../../../shared/domain/text.ts'
import { handingInOf } from '../../../shared/words/handing-in.ts'
import { emptyPlain, type PlainDocument } from '../../../shared/words/plain.ts'
import { readProgress } from '../../../shared/words/progress.ts'
import { progressTask, splitDocumentId } from '../../../shared/words/scope.ts'
import type { Database } from '../../store/schema.ts'
import type { Merging } from '../../words/merging.ts'
import { isBlockBy, type Writer } from '../../words/own-blocks.ts'
import { packageOf } from '../me.ts'
import { answersIn, isEmptyPart, ownPart } from './own-part.ts'
import {
  bytesFor,
  type OwnPlace,
  type PlaceBytes,
  placesWithWords,
  writerOf,
} from './own-places.ts'

interface WordsDeps {
  db: Database
  merging: Merging
}

/**
 * What the person has written, a document at a time in the order of the programme: however much it is, one document is in memory.
 * Of what they wrote with others it is their own blocks. Read as they are now; earlier versions are read on the page.
 */
export async function* readOwnWords(
  { db, merging }: WordsDeps,
  person: string,
): AsyncGenerator<OwnDocument> {
  const programme = await packageOf(db, person)
  const find = programme ? finder(JSON.parse(programme.outline) as Outline) : () => null
  const places = await placesWithWords(db, person)
  const writer = await writerOf(db, person, places)
  const rankOf = ({ doc }: OwnPlace): number => find(taskOf(doc))?.rank ?? Number.MAX_SAFE_INTEGER
  for (const place of places.toSorted((a, b) => rankOf(a) - rankOf(b))) {
    const read = await readPatiently(merging, await bytesFor(db, person, place))
    const document = documentOf(place, read, { writer, find })
    if (document) yield document
    await letOthers()
  }
}

interface Found {
  item: OutlineItem
  module: LocalText
  rank: number
}
type Find = (task: string) => Found | null

const finder = ({ modules, tracks }: Outline): Find => {
  const byId = new Map<string, Found>()
  for (const { title, items } of [...modules, ...tracks])
    for (const item of items) byId.set(item.id, { item, module: title, rank: byId.size })
  return (task) => byId.get(task) ?? null
}

const taskOf = (doc: string): string => splitDocumentId(doc)?.task ?? doc

interface Read {
  plain: PlainDocument
  isWhole: boolean
  /** What could not be read, where it is the person's alone. */
  unread: string[]
}

const mostTries = 4
const betweenMs = 250

/** Others may have all the room of the merging; what nobody should build goes out as it is stored. */
const readPatiently = async (merging: Merging, { bytes, alone }: PlaceBytes): Promise<Read> => {
  const inBase64 = () => alone.map((one) => Buffer.from(one).toString('base64'))
  for (let tries = 0; tries < mostTries; tries++) {
    const read = await merging.read(bytes)
    if (read.kind === 'read') {
      const { plain, isWhole } = read
      return { plain, isWhole, unread: isWhole ? [] : inBase64() }
    }
    if (read.kind === 'unfit') break
    await wait(betweenMs)
  }
  return { plain: emptyPlain(), isWhole: false, unread: inBase64() }
}

const documentOf = (
  { kind, scope, doc, group, changedAt, isOwnScope }: OwnPlace,
  { plain, isWhole, unread }: Read,
  { writer, find }: { writer: Writer; find: Find },
): OwnDocument | null => {
  const task = taskOf(doc)
  const isProgress = task === progressTask && isOwnScope
  const own = isOwnScope ? plain : ownPart(plain, (block) => isBlockBy(writer, plain, block))
  const handing = isOwnScope ? null : handingInOf(plain)
  const isTheirs = handing !== null && writer.name !== '' && handing.label === writer.name
  if (isEmptyPart(own) && isWhole && !isTheirs) return null
  const found = find(task)
  return {
    document: `${scope}/${task}`,
    kind: isProgress ? 'progress' : kind,
    group,
    item: found && { id: found.item.id, title: found.item.title },
    module: found?.module ?? null,
    changedAt: changedAt === null ? null : new Date(changedAt).toISOString(),
    ...(isTheirs && { handedInAt: new Date(handing.at).toISOString() }),
    answers: isProgress ? [] : answersIn(own, found?.item.fields ?? [], !isOwnScope),
    ...(isProgress && {
      progress: Object.entries(readProgress(plain)).map(([item, progress]) => ({
        item,
        title: find(item)?.item.title ?? null,
        ...progress,
      })),
    }),
    stored: own,
    // Of a group's bytes nobody can tell whose they are before they are read: that there are some is said.
    ...(!isWhole && { unread }),
  }
}
