import { expect, test } from 'vitest'
import { hasTooManyClients, mostClients } from '../../../src/shared/words/count-clients.ts'
import {
  createDocument,
  onLocalUpdate,
  wholeState,
  writeText,
} from '../../../src/shared/words/document.ts'
import { crowd } from './crowd.ts'

test('clients are counted over all updates of a document', () => {
  expect(hasTooManyClients([crowd(1, mostClients)])).toBe(false)
  expect(hasTooManyClients([crowd(1, mostClients + 1)])).toBe(true)
  expect(hasTooManyClients([crowd(1, mostClients), crowd(mostClients + 1, 1)])).toBe(true)
})

test('a client counts once, in however many updates it has written', () => {
  const half = crowd(1, mostClients - 1)
  expect(hasTooManyClients([half, half, half])).toBe(false)
  const doc = createDocument()
  const updates: Uint8Array[] = []
  onLocalUpdate(doc, (update) => updates.push(update))
  for (let n = 0; n <= mostClients; n++) writeText(doc, 'f/visjon', 'x'.repeat(n))
  expect(updates.length).toBe(mostClients)
  expect(hasTooManyClients([...updates, ...updates, wholeState(doc)])).toBe(false)
})

test('bytes that are no update count for nothing: Yjs takes nothing of them', () => {
  const lies = new Uint8Array([200, 200, 3, 1])
  expect(hasTooManyClients([lies, new Uint8Array(), crowd(1, 1)])).toBe(false)
})
