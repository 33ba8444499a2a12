import * as v from 'valibot'
import { expect, test } from 'vitest'
import { outlineSchema } from '../../../src/shared/domain/outline.ts'
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

const gathering = {
  'gatherings/samling.yaml': `activities:
  - { id: opning, minutes: 20, title: { nn: Opning, nb: Åpning }, text: { nn: Kom, nb: Kom } }
  - id: ark
    minutes: 40
    title: { nn: Arket, nb: Arket }
    text: { nn: Skriv, nb: Skriv }
    item: strategi/klart
`,
  'gatherings/samling/opning.nn.md': 'Mål.\n\n## Spør\n\n- Kven er her?\n',
  'gatherings/samling/opning.nb.md': 'Mål.\n\n## Spør\n\n- Hvem er her?\n',
  'gatherings/samling/ark.nn.md': 'La dei skrive.\n',
  'gatherings/samling/ark.nb.md': 'La dem skrive.\n',
} satisfies Files

/** The sample's gathering with one piece of its YAML changed. */
const changed = (piece: string, by: string): Files => {
  const text = gathering['gatherings/samling.yaml']
  if (!text.includes(piece)) throw new Error(`${piece} is not there`)
  return { ...gathering, 'gatherings/samling.yaml': text.replace(piece, () => by) }
}

test('the activities of a gathering are in the outline, and their guides among the texts', async () => {
  const pkg = await readGood(writeSample(contentFolder(), gathering))
  expect(v.parse(outlineSchema, JSON.parse(pkg.outlineJson))).toEqual(pkg.outline)
  const [samling, ...more] = pkg.outline.gatherings ?? []
  expect(more).toEqual([])
  expect(samling).toMatchObject({
    stop: 'samling',
    activities: [
      { id: 'opning', minutes: 20, item: null },
      { id: 'ark', minutes: 40, item: 'strategi/klart' },
    ],
  })
  const guide = samling?.activities[0]?.guide
  expect(JSON.parse(pkg.texts.get(guide?.nb ?? '') ?? '').blocks).toContainEqual({
    kind: 'list',
    items: [[{ kind: 'text', text: 'Hvem er her?' }]],
  })
  const ofItems = allItems(pkg.outline).flatMap(({ text }) => [text.nn, text.nb])
  expect(ofItems).not.toContain(guide?.nn)
})

test('a package without gatherings has none in its outline', async () => {
  const { outline } = await readGood(writeSample(contentFolder()))
  expect(outline).not.toHaveProperty('gatherings')
})

test.each([
  [
    'more time than the stop has',
    changed('minutes: 20', 'minutes: 21'),
    ['gatherings/samling.yaml:1 gathering-too-long'],
  ],
  [
    'an item that is not there',
    changed('strategi/klart', 'strategi/borte'),
    ['gatherings/samling.yaml:7 activity-item'],
  ],
  [
    'the same activity twice',
    changed('id: ark', 'id: opning'),
    [
      'gatherings/samling.yaml:3 id-duplicate',
      'gatherings/samling/ark.nb.md:1 guide-unlisted',
      'gatherings/samling/ark.nn.md:1 guide-unlisted',
    ],
  ],
  [
    'no minutes, and an unknown key',
    changed('minutes: 20', 'minuts: 20'),
    ['gatherings/samling.yaml:2 key-missing', 'gatherings/samling.yaml:2 key-unknown'],
  ],
  [
    'a guide in one language alone',
    { ...gathering, 'gatherings/samling/ark.nb.md': null },
    ['gatherings/samling/ark.nb.md:1 file-missing'],
  ],
  [
    'a guide that goes its own way',
    { ...gathering, 'gatherings/samling/opning.nb.md': 'Mål.\n' },
    ['gatherings/samling/opning.nb.md:1 text-structure'],
  ],
  [
    'a form that texts do not have',
    {
      ...gathering,
      'gatherings/samling/ark.nn.md': 'Skriv.\n\n![Ein buss](drawing:ferje)\n',
      'gatherings/samling/ark.nb.md': 'Skriv.\n\n![En buss](drawing:ferje)\n',
    },
    [
      'gatherings/samling/ark.nb.md:3 text-drawing-unknown',
      'gatherings/samling/ark.nn.md:3 text-drawing-unknown',
    ],
  ],
  [
    'a stop that is not there',
    { ...gathering, 'gatherings/haust.yaml': 'activities: []\n' },
    ['gatherings/haust.yaml:1 id-unknown'],
  ],
  [
    'guides without their list',
    { 'gatherings/samling/ark.nn.md': 'Hei.\n' },
    ['gatherings/samling.yaml:1 file-missing'],
  ],
  [
    'own time, where nobody meets',
    {
      'gatherings/forarbeid.yaml': gathering['gatherings/samling.yaml'],
      'gatherings/forarbeid/opning.nn.md': 'M.\n',
      'gatherings/forarbeid/opning.nb.md': 'M.\n',
      'gatherings/forarbeid/ark.nn.md': 'M.\n',
      'gatherings/forarbeid/ark.nb.md': 'M.\n',
    },
    ['gatherings/forarbeid.yaml:1 gathering-own'],
  ],
] satisfies [string, Files, string[]][])('told with file and line: %s', async (_, files, told) => {
  expect(await mistakes(writeSample(contentFolder(), files))).toEqual(told)
})

const over = (files: Files): Files => ({
  'programme.yaml': 'id: over\nversion: 1.0.0\nextends: { id: base, version: 1.0.0 }\n',
  ...files,
})

test('an overlay changes, adds and takes away activities, and gives some of them its own guide', async () => {
  const content = contentFolder()
  const base = await readGood(writeSample(content, gathering))
  const folder = writePackage(
    content,
    'over',
    over({
      'gatherings/samling.yaml': `activities:
  - { id: opning, remove: true }
  - { id: ark, minutes: 30, item: null }
  - { id: slutt, minutes: 10, title: { nn: Slutt, nb: Slutt }, text: { nn: Gå, nb: Gå } }
`,
      'gatherings/samling/slutt.nn.md': 'Takk.\n',
      'gatherings/samling/slutt.nb.md': 'Takk.\n',
    }),
  )
  const { outline } = await readGood(folder)
  expect(outline.gatherings?.[0]?.activities).toMatchObject([
    {
      id: 'ark',
      minutes: 30,
      item: null,
      guide: base.outline.gatherings?.[0]?.activities[1]?.guide,
    },
    { id: 'slutt', minutes: 10, item: null },
  ])
})

test('an overlay that removes the stop, or the item that is opened there', async () => {
  const content = contentFolder()
  writeSample(content, gathering)
  const without = writePackage(
    content,
    'without',
    over({
      'programme.yaml': `id: without
version: 1.0.0
extends: { id: base, version: 1.0.0 }
budget: []
stops:
  - { id: samling, remove: true }
`,
      'modules/strategi/module.yaml': 'phases: { samling: { stop: forarbeid } }\n',
    }),
  )
  expect((await readGood(without)).outline).not.toHaveProperty('gatherings')

  const item = writePackage(
    content,
    'item',
    over({
      'programme.yaml': `id: item
version: 1.0.0
extends: { id: base, version: 1.0.0 }
budget: []
`,
      'modules/strategi/module.yaml': 'items: { remove: [klart] }\n',
    }),
  )
  expect(await mistakes(item)).toEqual(['../base/gatherings/samling.yaml:7 activity-item'])
})

test('a mistake in a module hides none of the gatherings, and accuses no reference', async () => {
  const files = {
    ...changed('minutes: 20', 'minutes: 30'),
    'modules/strategi/klart/item.yaml': sample['modules/strategi/klart/item.yaml'].replace(
      'kind: task',
      'kind: lek',
    ),
  }
  const told = await mistakes(writeSample(contentFolder(), files))
  expect(told).toContain('gatherings/samling.yaml:1 gathering-too-long')
  expect(told.filter((one) => one.includes('activity-item'))).toEqual([])
})
