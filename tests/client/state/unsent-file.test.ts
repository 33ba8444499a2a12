import { expect, test } from 'vitest'
import { openCards } from '../../../src/client/state/cards.ts'
import type { Services } from '../../../src/client/state/services.ts'
import { takeUnsentFile, writeUnsentFile } from '../../../src/client/state/unsent-file.ts'
import type { Publishing } from '../../../src/shared/domain/card.ts'

const id = 'kort-00000000000000000001'
const card: Publishing = {
  ...{ title: 'Nattevakt', what: '', gives: '', takes: '', contact: '', modules: [] },
  ...{ reach: 'cohort', group: 'leiargruppa-stord' },
}
const wordsFile = {
  name: 'loft-usendt-2026-11-26.json',
  text: JSON.stringify({ format: 'loft-unsent', version: 1, words: [{ doc: 'g:x/y' }] }),
}

/** What a page of this person has; `file` = the words that are not sent. */
const servicesOf = (
  principal: string,
  {
    file = null,
    groups = ['g:leiargruppa-stord'],
  }: {
    file?: typeof wordsFile | null
    groups?: string[]
  } = {},
) => {
  const cards = openCards({
    fetch: (() => Promise.reject(new TypeError('no network'))) as unknown as typeof fetch,
    storage: null,
    principal,
    now: Date.now,
    newId: () => crypto.randomUUID(),
    isHere: () => true,
    onChance: () => undefined,
  })
  const handedIn: string[] = []
  const reported: Record<string, { text: string }> = {}
  const services = {
    me: { principal, groups: groups.map((scope) => ({ scope })) },
    words: {
      device: 'nettbrettet',
      unsentAsFile: async () => file,
      takeFile: async (given: Blob) => {
        handedIn.push(await given.text())
        return { taken: 1, notYours: 0, unreadable: 0 }
      },
    },
    cards: async () => cards,
    reports: async () => ({ own: { peek: () => reported } }),
  } as unknown as Services
  return { services, cards, handedIn, reported }
}

test('cards that are begun go with the words into one file, and to whoever of the group hands it in', async () => {
  const table = servicesOf('bord-1', { file: wordsFile })
  table.cards.write(id, card)
  const file = await writeUnsentFile(table.services)
  expect(file?.name).toBe(wordsFile.name)
  expect(JSON.parse(file?.text ?? '')).toMatchObject(JSON.parse(wordsFile.text))

  const member = servicesOf('kari')
  const blob = new Blob([file?.text ?? ''])
  expect(await takeUnsentFile(member.services, blob)).toEqual({
    ...{ taken: 1, cards: 1, notYours: 0, unreadable: 0 },
  })
  expect(member.handedIn).toHaveLength(1)
  expect(member.cards.own.value).toMatchObject({ [id]: { ...card, isWanted: false } })

  // Handed in once more, it takes nothing back that they have written since.
  member.cards.write(id, { ...card, what: 'Sensorar' })
  expect((await takeUnsentFile(member.services, blob)).cards).toBe(1)
  expect(member.cards.own.value[id]?.what).toBe('Sensorar')
})

test('where all words are sent there is a file of the cards alone, and without any of either none', async () => {
  const { services, cards } = servicesOf('bord-1')
  expect(await writeUnsentFile(services)).toBeNull()
  cards.write(id, card)
  const file = await writeUnsentFile(services)
  expect(file?.name).toMatch(/^loft-usendt-\d{4}-\d\d-\d\d\.json$/)
  expect(JSON.parse(file?.text ?? '')).toMatchObject({
    ...{ format: 'loft-unsent', version: 1, principal: 'bord-1', words: [] },
    cards: [{ id, ...card }],
  })
})

test('a report of a mistake that nobody takes is in the file, so that a tablet can be left', async () => {
  const { services, reported } = servicesOf('bord-1')
  reported['strategi.visjon'] = { text: 'Lenkja går ingen stad.' }
  const file = await writeUnsentFile(services)
  expect(JSON.parse(file?.text ?? '')).toMatchObject({
    reports: [{ item: 'strategi.visjon', text: 'Lenkja går ingen stad.' }],
  })
})

test('a card of another group, or what is no card, is told and stays in the file', async () => {
  const { services, cards } = servicesOf('kari', { groups: ['g:leiargruppa-sunnfjord'] })
  const file = { format: 'loft-unsent', cards: [{ id, ...card }, { id: 'x' }, null] }
  const taken = await takeUnsentFile(services, new Blob([JSON.stringify(file)]))
  expect(taken).toMatchObject({ cards: 0, notYours: 1, unreadable: 2 })
  expect(cards.own.value).toEqual({})
  for (const text of ['', 'null', '{"cards":[{}]}', '[]'])
    expect((await takeUnsentFile(services, new Blob([text]))).cards).toBe(0)
})
