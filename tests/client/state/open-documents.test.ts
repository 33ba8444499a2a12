import { expect, test } from 'vitest'
import { createOpenDocuments } from '../../../src/client/state/open-documents.ts'
import type { DocumentHandle } from '../../../src/client/storage/open-document.ts'
import type { PlainDocument } from '../../../src/shared/words/plain.ts'

const words = (text: string): PlainDocument => ({ texts: { 'f/tanke': text }, scalars: {} })

test('what the sync stores while a document is being opened is shown in it', async () => {
  let stored = words('')
  const load = async (id: string): Promise<DocumentHandle> => {
    let shown = stored
    // The answer of the sync comes behind the reading; nobody is listed yet who could be told of it.
    await Promise.resolve()
    stored = words('frå ei anna eining')
    expect(opened.entries()).toEqual([])
    return {
      id,
      plain: () => shown,
      refresh: async () => {
        shown = stored
        opened.changed(id)
      },
      buffered: () => new Set(),
      canUndo: () => false,
      canRedo: () => false,
    } as unknown as DocumentHandle
  }
  const opened = createOpenDocuments(load)

  const entry = await opened.open('u:kari:haust/refleksjon')
  expect(entry.plain.value).toEqual(words('frå ei anna eining'))
})
