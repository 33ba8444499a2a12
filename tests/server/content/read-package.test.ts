import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import { itemTextSchema } from '../../../src/shared/domain/article.ts'
import { outlineSchema } from '../../../src/shared/domain/outline.ts'
import { allItems } from '../../../src/shared/domain/travel-order.ts'
import {
  contentFolder,
  edited,
  fixtures,
  mistakes,
  read,
  readGood,
  sample,
  writePackage,
  writeSample,
} from './sample-package.ts'

test('a good package gives an outline, texts and media that fit their schemas', async () => {
  const pkg = await readGood(writeSample(contentFolder()))
  expect(v.parse(outlineSchema, JSON.parse(pkg.outlineJson))).toEqual(pkg.outline)
  for (const text of pkg.texts.values()) v.parse(itemTextSchema, JSON.parse(text))
  expect(
    allItems(pkg.outline).map(({ id, path, stop, minutes }) => [id, path, stop, minutes]),
  ).toEqual([
    ['base.strategi.visjon', 'strategi/visjon', 'forarbeid', 1],
    ['base.strategi.film', 'strategi/film', 'forarbeid', 2],
    ['base.strategi.klart', 'strategi/klart', 'samling', 30],
    ['base.folkevalde.lyd', 'folkevalde/lyd', null, 1],
  ])
  const types = [...pkg.media.values()].map(({ manifest }) => [manifest.type, manifest.size > 1000])
  expect(types.sort()).toEqual([
    ['audio/mp4', true],
    ['video/mp4', true],
  ])
})

test('an item meets every audience without a track unless it names some', async () => {
  const { outline } = await readGood(writeSample(contentFolder()))
  const audiences = Object.fromEntries(allItems(outline).map((item) => [item.path, item.audiences]))
  expect(audiences).toEqual({
    'strategi/visjon': ['leiarar', 'hr'],
    'strategi/film': ['leiarar'],
    'strategi/klart': ['leiarar', 'hr'],
    'folkevalde/lyd': ['folkevalde'],
  })
})

test('the text of an item holds its blocks and the cues of its captions', async () => {
  const { outline, texts } = await readGood(writeSample(contentFolder()))
  const film = allItems(outline).find(({ path }) => path === 'strategi/film')
  expect(JSON.parse(texts.get(film?.text.nn ?? '') ?? '')).toEqual({
    blocks: [{ kind: 'paragraph', inlines: [{ kind: 'text', text: 'Om filmen.' }] }],
    cues: [
      { start: 1, end: 3.5, text: 'Hei' },
      { start: 4, end: 5, text: 'der' },
    ],
    describedCues: [],
    chapters: [],
  })
})

test('the same folder gives the same hashes anywhere, and a changed word changes only its own', async () => {
  const one = await readGood(writeSample(contentFolder()))
  const two = await readGood(writeSample(contentFolder()))
  expect(two.hash).toBe(one.hash)
  expect([...two.texts]).toEqual([...one.texts])
  expect([...two.media.keys()]).toEqual([...one.media.keys()])

  const changes = edited('modules/strategi/visjon/nn.md', 'lede', 'opning')
  const three = await readGood(writeSample(contentFolder(), changes))
  expect(three.hash).not.toBe(one.hash)
  expect([...three.texts.keys()].filter((hash) => !one.texts.has(hash))).toHaveLength(1)
})

test('the order in which keys are written does not change a hash', async () => {
  const summary = 'summary: { nn: Om visjon, nb: Om visjon }\n'
  const item = sample['modules/strategi/visjon/item.yaml']
  const one = await readGood(writeSample(contentFolder()))
  const two = await readGood(
    writeSample(contentFolder(), {
      'modules/strategi/visjon/item.yaml': summary + item.replace(summary, ''),
      ...edited(
        'programme.yaml',
        'nn: Folkevalde, nb: Folkevalgte',
        'nb: Folkevalgte, nn: Folkevalde',
      ),
    }),
  )
  expect(two.hash).toBe(one.hash)
})

test('a film whose sound was cut off is refused', async () => {
  const folder = writeSample(
    contentFolder(),
    edited('modules/strategi/film/item.yaml', 'minutes: 2', 'minutes: 1'),
  )
  copyFileSync(join(fixtures, 'cut-sound.mp4'), join(folder, 'modules/strategi/film/film.mp4'))
  expect(await mistakes(folder)).toEqual(['modules/strategi/film/item.yaml:8 media-type'])
})

test('ten planted mistakes give ten messages, each with its file and line', async () => {
  const folder = writeSample(contentFolder(), {
    ...edited('programme.yaml', 'number: 2,', 'number: 2, colour: red,'),
    ...edited('framework.yaml', 'area: strategi', 'area: strategy'),
    ...edited('modules/strategi/module.yaml', 'items: [visjon', 'items: [borte, visjon'),
    'modules/strategi/visjon/nn.md': 'Ein **sterk** lede.\n\n# Vidare\n',
    'modules/strategi/visjon/nb.md': 'En **sterk** lede.\n\nLes <br> dette\n',
    ...edited('modules/strategi/film/item.yaml', 'minutes: 2', 'minutes: 9'),
    ...edited('modules/strategi/film/captions.nn.vtt', '00:04.000', '00:00.500'),
    ...edited('modules/strategi/klart/item.yaml', 'id: saman', 'id: kva'),
    'modules/strategi/klart/nb.md': null,
    ...edited('tracks/folkevalde/lyd/item.yaml', 'file: lyd.m4a', 'file: song.m4a'),
  })
  expect(await mistakes(folder)).toEqual([
    'framework.yaml:5 id-unknown',
    'modules/strategi/film/captions.nn.vtt:6 captions-order',
    'modules/strategi/film/item.yaml:6 media-minutes',
    'modules/strategi/klart/item.yaml:8 id-duplicate',
    'modules/strategi/klart/nb.md:1 file-missing',
    'modules/strategi/module.yaml:7 folder-missing',
    'modules/strategi/visjon/nb.md:3 text-form',
    'modules/strategi/visjon/nn.md:3 text-heading-level',
    'programme.yaml:8 key-unknown',
    'tracks/folkevalde/lyd/item.yaml:5 media-missing',
  ])
})

const single: [sentence: string, changes: Record<string, string | null>, expected: string][] = [
  [
    'YAML that cannot be read',
    edited('modules/strategi/module.yaml', 'abilities: [smidig]', 'abilities: [smidig'),
    'modules/strategi/module.yaml:4 yaml-syntax',
  ],
  [
    'a missing key is told at the map that lacks it',
    edited('modules/strategi/visjon/item.yaml', 'kind: article\n', ''),
    'modules/strategi/visjon/item.yaml:1 key-missing',
  ],
  [
    'a value of the wrong kind',
    edited('modules/strategi/klart/item.yaml', 'minutes: 30', 'minutes: long'),
    'modules/strategi/klart/item.yaml:5 value-wrong',
  ],
  [
    'a stop that does not exist',
    edited('modules/strategi/module.yaml', 'stop: samling', 'stop: samling-9'),
    'modules/strategi/module.yaml:6 id-unknown',
  ],
  [
    'a certificate that asks for a stop that does not exist',
    edited(
      'programme.yaml',
      'tracks: [folkevalde]',
      'tracks: [folkevalde]\ncertificate: { requiredShare: 0.8, passed: [samling, samling-9] }',
    ),
    'programme.yaml:17 id-unknown',
  ],
  [
    'a certificate for nothing',
    edited(
      'programme.yaml',
      'tracks: [folkevalde]',
      'tracks: [folkevalde]\ncertificate: { requiredShare: 0 }',
    ),
    'programme.yaml:17 value-wrong',
  ],
  [
    'an ability that does not exist',
    edited('modules/strategi/visjon/item.yaml', '[smidig]', '[smidig, rask]'),
    'modules/strategi/visjon/item.yaml:3 id-unknown',
  ],
  [
    'an audience that does not exist',
    edited('modules/strategi/film/item.yaml', '[leiarar]', '[leiar]'),
    'modules/strategi/film/item.yaml:3 id-unknown',
  ],
  [
    'a module item for an audience that has a track',
    edited('modules/strategi/film/item.yaml', '[leiarar]', '[folkevalde]'),
    'modules/strategi/film/item.yaml:3 audience-has-track',
  ],
  [
    'a phase that the module has not placed',
    edited('modules/strategi/visjon/item.yaml', 'phase: forarbeid', 'phase: etterarbeid'),
    'modules/strategi/visjon/item.yaml:2 phase-unplaced',
  ],
  [
    'a folder that no list names',
    { 'modules/strategi/gløymd/item.yaml': 'kind: article\n' },
    'modules/strategi/gløymd/item.yaml:1 folder-unlisted',
  ],
  [
    'a list that goes back to an earlier stop',
    edited('modules/strategi/module.yaml', '[visjon, film, klart]', '[visjon, klart, film]'),
    'modules/strategi/module.yaml:7 stop-order',
  ],
  [
    'a task without minutes',
    edited('modules/strategi/klart/item.yaml', 'minutes: 30\n', ''),
    'modules/strategi/klart/item.yaml:1 task-minutes-missing',
  ],
  [
    'an article that declares its minutes',
    edited('modules/strategi/visjon/item.yaml', 'phase: forarbeid', 'phase: forarbeid\nminutes: 4'),
    'modules/strategi/visjon/item.yaml:3 article-minutes',
  ],
  [
    'a track longer than it promises',
    {
      ...edited('tracks/folkevalde/track.yaml', 'items: [lyd]', 'items: [lyd, svar]'),
      'tracks/folkevalde/svar/item.yaml': `kind: task
title: { nn: Svar, nb: Svar }
summary: { nn: Svar, nb: Svar }
minutes: 5
fields: [{ id: a, kind: text, sees: me, label: { nn: A, nb: A } }]
`,
      'tracks/folkevalde/svar/nn.md': 'Svar.',
      'tracks/folkevalde/svar/nb.md': 'Svar.',
    },
    'tracks/folkevalde/track.yaml:4 track-too-long',
  ],
  [
    'a meeting whose parts are not as long as it is',
    {
      'tracks/folkevalde/track.yaml': (sample['tracks/folkevalde/track.yaml'] ?? '').replace(
        'questions: [] }',
        'questions: [], outline: [ { minutes: 80, title: { nn: A, nb: A }, text: { nn: A, nb: A } } ] }',
      ),
    },
    'tracks/folkevalde/track.yaml:6 meeting-outline',
  ],
  [
    'a field of a track that a group sees',
    {
      'tracks/folkevalde/lyd/item.yaml': `${sample['tracks/folkevalde/lyd/item.yaml']}fields:\n  - id: a\n    kind: text\n    sees: group\n    label: { nn: A, nb: A }\n`,
    },
    'tracks/folkevalde/lyd/item.yaml:10 group-in-track',
  ],
  [
    'captions that go on after the film',
    edited('modules/strategi/film/captions.nb.vtt', '00:05.000', '02:05.000'),
    'modules/strategi/film/captions.nb.vtt:6 captions-beyond',
  ],
  [
    'a missing caption file is told where it is named',
    { 'modules/strategi/film/captions.nb.vtt': null },
    'modules/strategi/film/item.yaml:9 media-missing',
  ],
  [
    'a film with captions in one language alone',
    edited(
      'modules/strategi/film/item.yaml',
      'captions: { nn: captions.nn.vtt, nb: captions.nb.vtt }',
      'captions: { nn: captions.nn.vtt }',
    ),
    'modules/strategi/film/item.yaml:9 key-missing',
  ],
  [
    'an episode without anything to read',
    edited(
      'tracks/folkevalde/lyd/item.yaml',
      '\n  captions: { nn: captions.nn.vtt, nb: captions.nb.vtt }',
      '',
    ),
    'tracks/folkevalde/lyd/item.yaml:4 key-missing',
  ],
  [
    'captions without a word',
    { 'tracks/folkevalde/lyd/captions.nn.vtt': 'WEBVTT\n' },
    'tracks/folkevalde/lyd/captions.nn.vtt:1 captions-none',
  ],
  [
    'a described film that is described in one language alone',
    {
      ...edited('modules/strategi/film/item.yaml', 'media:', 'media:\n  described: film.mp4'),
      'modules/strategi/film/captions.described.nn.vtt': 'WEBVTT\n\n00:01.000 --> 00:03.500\nHei\n',
    },
    'modules/strategi/film/item.yaml:8 media-missing',
  ],
  [
    'a poster with a script in it',
    {
      ...edited('modules/strategi/film/item.yaml', 'media:', 'media:\n  poster: poster.svg'),
      'modules/strategi/film/poster.svg': '<svg>\n<script>alert(1)</script></svg>',
    },
    'modules/strategi/film/poster.svg:2 svg-element',
  ],
  [
    'a file that only calls itself a film',
    {
      ...edited('modules/strategi/film/item.yaml', 'film.mp4', 'fake.mp4'),
      'modules/strategi/film/fake.mp4': 'not a film at all',
    },
    'modules/strategi/film/item.yaml:8 media-type',
  ],
  [
    'languages whose headings differ',
    edited('modules/strategi/visjon/nb.md', '## Videre', '### Videre'),
    'modules/strategi/visjon/nb.md:3 text-structure',
  ],
  [
    'a drawing that one language lacks',
    edited('modules/strategi/visjon/nb.md', '![Bussen](drawing:bus)\n', ''),
    'modules/strategi/visjon/nb.md:5 text-structure',
  ],
  [
    'required time outside what the programme promises',
    edited(
      'programme.yaml',
      'audiences: [leiarar, hr], minHours: 1',
      'audiences: [hr], minHours: 1.5',
    ),
    'programme.yaml:11 budget-outside',
  ],
]
test.each(single)('%s', async (_, changes, expected) => {
  expect(await mistakes(writeSample(contentFolder(), changes))).toEqual([expected])
})

test('an empty folder misses its two frame files and nothing else', async () => {
  const folder = writePackage(contentFolder(), 'empty', { 'README.txt': '' })
  expect(await mistakes(folder)).toEqual([
    'framework.yaml:1 file-missing',
    'programme.yaml:1 file-missing',
  ])
})

test('a message is a sentence that names the mistake', async () => {
  const folder = writeSample(
    contentFolder(),
    edited('modules/strategi/film/item.yaml', 'minutes: 2', 'minutes: 9'),
  )
  const result = await read(folder)
  expect(result.ok ? [] : result.problems).toEqual([
    {
      file: 'modules/strategi/film/item.yaml',
      line: 6,
      code: 'media-minutes',
      values: { minutes: 9, name: 'film.mp4', real: '2:00' },
      message: 'declared are 9 minutes, but film.mp4 lasts 2:00',
    },
  ])
})
