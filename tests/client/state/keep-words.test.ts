import { signal } from '@preact/signals'
import { expect, it } from 'vitest'
import { keepWords } from '../../../src/client/state/keep-words.ts'

it('asks for lasting storage once, and not before there is a word to keep', () => {
  const documents = signal<string[]>([])
  let asked = 0
  keepWords(documents, async () => {
    asked++
    throw new Error('refused')
  })
  expect(asked).toBe(0)
  documents.value = ['first']
  documents.value = ['first', 'second']
  expect(asked).toBe(1)
})
