import { expect, test } from 'vitest'
import { allItems } from '../../../src/shared/domain/travel-order.ts'
import {
  contentFolder,
  type Files,
  mistakes,
  readGood,
  sample,
  writePackage,
  writeSample,
} from './sample-package.ts'

const top = `id: region
version: 2.0.0
extends: { id: base, version: 1.0.0 }
`
/** The sample and a package over it; the folder of the latter. */
const writeOverlay = (files: Files, base: Files = {}): string => {
  const content = contentFolder()
  writeSample(content, base)
  return writePackage(content, 'region', { 'programme.yaml': top, ...files })
}
const task = sample['modules/strategi/klart/item.yaml']
const ny: Files = {
  'modules/strategi/ny/item.yaml': task,
  'modules/strategi/ny/nn.md': 'Ny.',
  'modules/strategi/ny/nb.md': 'Ny.',
}

test('an overlay with nothing but its name is the base under another name', async () => {
  const folder = writeOverlay({})
  const { outline, texts } = await readGood(folder)
  expect([outline.id, outline.version, texts.size]).toEqual(['region', '2.0.0', 5])
  expect(allItems(outline).map(({ id }) => id)).toContain('base.strategi.klart')
})

test('a text at the same path replaces the base text, and the item keeps its id', async () => {
  const { outline, texts } = await readGood(
    writeOverlay({
      'modules/strategi/klart/nn.md': 'Skriv om byen.',
      'modules/strategi/klart/nb.md': 'Skriv om byen.',
    }),
  )
  const item = outline.modules[0]?.items.find(({ path }) => path === 'strategi/klart')
  expect(item?.id).toBe('base.strategi.klart')
  expect(texts.get(item?.text.nn ?? '')).toContain('Skriv om byen.')
})

test('maps merge, and lists of maps merge by id', async () => {
  const { outline } = await readGood(
    writeOverlay({
      'programme.yaml': `${top}stops:
  - { id: samling, minutes: 70 }
  - { id: heim, kind: home, title: { nn: Heim, nb: Hjem } }
  - { id: mellom, after: forarbeid, kind: own, title: { nn: Mellom, nb: Mellom } }
audiences: [{ id: hr, remove: true }]
budget: [{ audiences: [leiarar], minHours: 1, maxHours: 2 }]
`,
      'modules/strategi/klart/item.yaml': `title: { nb: Klar }
fields:
  - { id: kva, hint: { nn: Tenk, nb: Tenk } }
  - { id: saman, remove: true }
  - { id: til, kind: text, sees: me, label: { nn: Til, nb: Til } }
`,
    }),
  )
  expect(outline.stops.map(({ id, minutes }) => [id, minutes])).toEqual([
    ['forarbeid', undefined],
    ['mellom', undefined],
    ['samling', 70],
    ['heim', undefined],
  ])
  expect(outline.audiences.map(({ id }) => id)).toEqual(['leiarar', 'folkevalde'])
  const item = outline.modules[0]?.items.find(({ path }) => path === 'strategi/klart')
  expect(item?.title).toEqual({ nn: 'Klart', nb: 'Klar' })
  expect(item?.fields.map(({ id, kind, hint }) => [id, kind, hint?.nn])).toEqual([
    ['kva', 'longtext', 'Tenk'],
    ['til', 'text', undefined],
  ])
})

test('lists of ids change by insert, move and remove, and a new item belongs to the overlay', async () => {
  const { outline } = await readGood(
    writeOverlay({
      'modules/strategi/module.yaml': `items:
  insert: [{ id: ny, after: klart }]
  move: [{ id: film, after: null }]
  remove: [visjon]
`,
      ...ny,
    }),
  )
  expect(outline.modules[0]?.items.map(({ id }) => id)).toEqual([
    'base.strategi.film',
    'base.strategi.klart',
    'region.strategi.ny',
  ])
})

test('an overlay of an overlay keeps the id of whoever came first', async () => {
  const middle = writeOverlay({
    'modules/strategi/module.yaml': 'items: { insert: [{ id: ny, after: klart }] }\n',
    ...ny,
  })
  const folder = writePackage(`${middle}/..`, 'town', {
    'programme.yaml': 'id: town\nversion: 1.0.0\nextends: { id: region, version: 2.0.0 }\n',
    'modules/strategi/ny/nn.md': 'Nyare.',
  })
  const { outline } = await readGood(folder)
  expect(outline.modules[0]?.items.map(({ id }) => id)).toEqual([
    'base.strategi.visjon',
    'base.strategi.film',
    'base.strategi.klart',
    'region.strategi.ny',
  ])
})

const refused: [sentence: string, files: Files, expected: string[]][] = [
  [
    'a base that is not there',
    { 'programme.yaml': top.replace('id: base', 'id: gone') },
    ['programme.yaml:3 overlay-base'],
  ],
  [
    'a base of another version',
    { 'programme.yaml': top.replace('1.0.0', '1.0.1') },
    ['programme.yaml:3 overlay-version'],
  ],
  [
    'a package that extends itself',
    { 'programme.yaml': top.replace('id: base, version: 1.0.0', 'id: region, version: 2.0.0') },
    ['programme.yaml:3 overlay-circle'],
  ],
  [
    'a list of ids written out whole',
    { 'modules/strategi/module.yaml': '\nitems: [visjon, klart]\n' },
    ['modules/strategi/module.yaml:2 overlay-list'],
  ],
  [
    'edits of ids that are not there, or there already',
    {
      'modules/strategi/module.yaml': `items:
  insert:
    - { id: visjon, after: klart }
  move:
    - { id: film, after: borte }
  remove:
    - vekke
`,
    },
    [
      'modules/strategi/module.yaml:3 overlay-known',
      'modules/strategi/module.yaml:5 overlay-unknown',
      'modules/strategi/module.yaml:7 overlay-unknown',
    ],
  ],
  [
    'edits of another form',
    { 'modules/strategi/module.yaml': 'items:\n  insert: [{ id: ny }]\n  append: [ny]\n' },
    ['modules/strategi/module.yaml:2 overlay-edit', 'modules/strategi/module.yaml:3 key-unknown'],
  ],
  [
    'a removal of a map that is not there',
    { 'programme.yaml': `${top}stops:\n  - { id: fjell, remove: true }\n` },
    ['programme.yaml:5 overlay-unknown'],
  ],
  [
    'a place after a map that is not there',
    { 'programme.yaml': `${top}stops:\n  - { id: samling, after: fjell }\n` },
    ['programme.yaml:5 overlay-unknown'],
  ],
  [
    'a value that the schema refuses is told where the overlay wrote it',
    { 'modules/strategi/klart/item.yaml': 'minutes: 0\nfields:\n  - { id: kva, colour: red }\n' },
    [
      'modules/strategi/klart/item.yaml:1 value-wrong',
      'modules/strategi/klart/item.yaml:3 key-unknown',
    ],
  ],
  [
    'a stop taken away from under a phase is told in the base file that still names it',
    {
      'programme.yaml': `${top}stops: [{ id: samling, remove: true }]
budget: [{ audiences: [leiarar], minHours: 0, maxHours: 2 }]\n`,
    },
    ['../base/modules/strategi/module.yaml:6 id-unknown'],
  ],
  [
    'a budget is counted on the whole',
    { 'programme.yaml': `${top}stops: [{ id: samling, minutes: 300 }]\n` },
    ['../base/programme.yaml:11 budget-outside', '../base/programme.yaml:11 budget-outside'],
  ],
  [
    'an answer that more people would see',
    { 'modules/strategi/klart/item.yaml': 'fields:\n  - id: kva\n    sees: group\n' },
    ['modules/strategi/klart/item.yaml:3 overlay-widens'],
  ],
  [
    'words of a group made private, where nobody would find them',
    { 'modules/strategi/klart/item.yaml': 'fields:\n  - id: saman\n    sees: me\n' },
    ['modules/strategi/klart/item.yaml:3 overlay-widens'],
  ],
  [
    'a field of another kind, which could not show the answers it has',
    { 'modules/strategi/klart/item.yaml': 'fields:\n  - id: kva\n    kind: text\n' },
    ['modules/strategi/klart/item.yaml:3 overlay-kind'],
  ],
]
test.each(refused)('%s is refused', async (_, files, expected) => {
  expect(await mistakes(writeOverlay(files))).toEqual(expected)
})

test.each([
  ['facilitator', 'aggregate'],
  ['facilitator', 'me'],
  ['aggregate', 'me'],
])('an answer seen by the %s may become one seen by %s', async (before, after) => {
  const item = task.replace('sees: facilitator', `sees: ${before}`)
  const files = { 'modules/strategi/klart/item.yaml': `fields: [{ id: kva, sees: ${after} }]\n` }
  expect(await mistakes(writeOverlay(files, { 'modules/strategi/klart/item.yaml': item }))).toEqual(
    [],
  )
})
