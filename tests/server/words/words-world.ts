import { join } from 'node:path'
import { seedDemonstration } from '../../../src/server/people/demonstration.ts'
import type { Store } from '../../../src/server/store/store.ts'
import { type SyncDeps, sync } from '../../../src/server/sync/sync.ts'
import { type Ledger, openLedger } from '../../../src/server/words/ledger.ts'
import { type Merging, mergingHere } from '../../../src/server/words/merging.ts'
import type { PullItem, ScopeAnswer } from '../../../src/shared/protocol/frames.ts'
import {
  type BlockLabel,
  blockLabelKey,
  encodeBlockLabel,
} from '../../../src/shared/words/blocks.ts'
import { digestOf } from '../../../src/shared/words/compare.ts'
import {
  applyUpdates,
  createDocument,
  onLocalUpdate,
  readPlain,
  wholeState,
  writeScalars,
  writeText,
} from '../../../src/shared/words/document.ts'
import type { PlainDocument, Scalar } from '../../../src/shared/words/plain.ts'
import { fieldRoot } from '../../../src/shared/words/roots.ts'
import { temporaryFolder } from '../../temporary-folder.ts'

export const group = 'g:leiargruppa-stord'
export const otherGroup = 'g:leiargruppa-sunnfjord'
export const person = 'deltakar-stord'
export const own = `u:${person}:vestland-1`
export const tablet = 'gruppe-stord'
export const stranger = 'politikar-stord'

export interface World extends SyncDeps {
  merging: Merging
  ledger: Ledger
  clock: { now: number }
}

/** Demonstration people around a store: what the services need. */
export const worldOf = async (store: Store): Promise<World> => {
  const clock = { now: Date.UTC(2026, 10, 25, 8) }
  await seedDemonstration(store.db, { id: 'base', version: '1.0.0' }, clock.now)
  let epochs = 0
  return {
    store,
    merging: mergingHere,
    ledger: openLedger(join(temporaryFolder(), 'erased.ndjson')),
    clock,
    now: () => clock.now,
    newEpoch: () => {
      epochs += 1
      return epochs
    },
  }
}

/** A device without a page: documents, an outbox, a cursor in one scope. */
export const createWriter = (world: World, who: string, device: string, scope = group) => {
  const documents = new Map<string, ReturnType<typeof createDocument>>()
  const outbox: { doc: string; writtenAt: number; update: Uint8Array }[] = []
  let [epoch, cursor] = [0, 0]
  const documentOf = (task: string) => {
    const doc = `${scope}/${task}`
    let document = documents.get(doc)
    if (!document) {
      document = createDocument()
      onLocalUpdate(document, (update) => outbox.push({ doc, writtenAt: world.clock.now, update }))
      documents.set(doc, document)
    }
    return document
  }
  const take = (items: readonly PullItem[]): void => {
    for (const { doc, update } of items) {
      applyUpdates(documentOf(doc.slice(scope.length + 1)), [update])
    }
  }
  return {
    outbox,
    write: (task: string, text: string, field = 'visjon') =>
      writeText(documentOf(task), fieldRoot(field, device), text),
    set: (task: string, entries: [string, Scalar][]) => writeScalars(documentOf(task), entries),
    label: (task: string, label: Partial<BlockLabel> & { label: string }) =>
      writeScalars(documentOf(task), [
        [blockLabelKey(device), encodeBlockLabel({ role: null, at: world.clock.now, ...label })],
      ]),
    sync: async (): Promise<ScopeAnswer> => {
      let answer: ScopeAnswer | undefined
      do {
        const pushes = outbox.splice(0)
        const answers = await sync(world, who, {
          device,
          budget: 1_000_000,
          scopes: [{ id: scope, epoch, cursor, pushes }],
        })
        answer = answers.scopes[0]
        if (!answer) throw new Error('no answer')
        if (answer.status !== 'ok') return answer
        take(answer.items)
        ;[epoch, cursor] = [answer.epoch, answer.cursor]
      } while (answer.more)
      return answer
    },
    at: () => cursor,
    state: (task: string) => wholeState(documentOf(task)),
    digest: (task: string) => digestOf(documentOf(task)),
    plain: (task: string): PlainDocument => readPlain(documentOf(task)),
  }
}
