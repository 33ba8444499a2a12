import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { findBaseBeside } from '../../../src/server/content/open-layers.ts'
import { readPackage } from '../../../src/server/content/read-package.ts'

export const fixtures = join(import.meta.dirname, '../../fixtures/content')

export type Files = Record<string, string | null>

/** A small programme without mistakes: one module with an article, a film, a task; one track with sound. */
export const sample = {
  'programme.yaml': `id: base
version: 1.0.0
languages: [nn, nb]
title: { nn: Program, nb: Program }
summary: { nn: Om, nb: Om }
audiences:
  - { id: leiarar, number: 1, title: { nn: Leiarar, nb: Ledere } }
  - { id: hr, number: 2, title: { nn: HR, nb: HR } }
  - { id: folkevalde, number: 5, title: { nn: Folkevalde, nb: Folkevalgte } }
budget:
  - { audiences: [leiarar, hr], minHours: 1, maxHours: 2 }
stops:
  - { id: forarbeid, kind: own, title: { nn: Forarbeid, nb: Forarbeid } }
  - { id: samling, kind: gathering, title: { nn: Samling, nb: Samling }, minutes: 60 }
modules: [strategi]
tracks: [folkevalde]
`,
  'framework.yaml': `version: "0.8"
areas:
  - { id: strategi, title: { nn: Strategi, nb: Strategi } }
abilities:
  - { id: smidig, area: strategi, kind: evne, title: { nn: Smidig, nb: Smidig }, text: { nn: T, nb: T } }
generations: []
glossary:
  - { id: ambidekstral, title: { nn: To hender, nb: To hender }, text: { nn: T, nb: T } }
`,
  'drawings/bus.svg':
    '<svg xmlns="http://www.w3.org/2000/svg" class="d"><path d="M0 0h9"/></svg>\n',
  'modules/strategi/module.yaml': `title: { nn: Strategi, nb: Strategi }
summary: { nn: Kvar, nb: Hvor }
abilities: [smidig]
phases:
  forarbeid: { stop: forarbeid, text: { nn: Les, nb: Les } }
  samling: { stop: samling, text: { nn: Møt, nb: Møt } }
items: [visjon, film, klart]
`,
  'modules/strategi/visjon/item.yaml': `kind: article
phase: forarbeid
abilities: [smidig]
title: { nn: Visjon, nb: Visjon }
summary: { nn: Om visjon, nb: Om visjon }
`,
  'modules/strategi/visjon/nn.md':
    'Ein **sterk** lede.\n\n## Vidare\n\nEit [ord](term:ambidekstral).\n\n![Bussen](drawing:bus)\n',
  'modules/strategi/visjon/nb.md':
    'En **sterk** lede.\n\n## Videre\n\nEt [ord](term:ambidekstral).\n\n![Bussen](drawing:bus)\n',
  'modules/strategi/film/item.yaml': `kind: video
phase: forarbeid
audiences: [leiarar]
title: { nn: Film, nb: Film }
summary: { nn: Ein film, nb: En film }
minutes: 2
media:
  file: film.mp4
  captions: { nn: captions.nn.vtt, nb: captions.nb.vtt }
`,
  'modules/strategi/film/nn.md': 'Om filmen.\n',
  'modules/strategi/film/nb.md': 'Om filmen.\n',
  'modules/strategi/film/captions.nn.vtt':
    'WEBVTT\n\n00:01.000 --> 00:03.500\nHei\n\n00:04.000 --> 00:05.000\nder\n',
  'modules/strategi/film/captions.nb.vtt':
    'WEBVTT\n\n00:01.000 --> 00:03.500\nHei\n\n00:04.000 --> 00:05.000\nder\n',
  'modules/strategi/klart/item.yaml': `kind: task
phase: samling
title: { nn: Klart, nb: Klart }
summary: { nn: Ei oppgåve, nb: En oppgave }
minutes: 30
fields:
  - { id: kva, kind: longtext, sees: facilitator, label: { nn: Kva, nb: Hva } }
  - { id: saman, kind: text, sees: group, label: { nn: Saman, nb: Sammen } }
`,
  'modules/strategi/klart/nn.md': 'Skriv.\n',
  'modules/strategi/klart/nb.md': 'Skriv.\n',
  'tracks/folkevalde/track.yaml': `title: { nn: Ei lyd, nb: En lyd }
summary: { nn: Om, nb: Om }
audience: folkevalde
maxMinutes: 5
items: [lyd]
meeting: { title: { nn: Møtet, nb: Møtet }, text: { nn: T, nb: T }, minutes: 90, questions: [] }
`,
  'tracks/folkevalde/lyd/item.yaml': `kind: podcast
title: { nn: Lyd, nb: Lyd }
summary: { nn: Ei lyd, nb: En lyd }
media:
  file: lyd.m4a
  captions: { nn: captions.nn.vtt, nb: captions.nb.vtt }
`,
  'tracks/folkevalde/lyd/nn.md': 'Om lyden.\n',
  'tracks/folkevalde/lyd/nb.md': 'Om lyden.\n',
  'tracks/folkevalde/lyd/captions.nn.vtt': 'WEBVTT\n\n00:00.000 --> 01:01.000\nHei\n',
  'tracks/folkevalde/lyd/captions.nb.vtt': 'WEBVTT\n\n00:00.000 --> 01:01.000\nHei\n',
} satisfies Files

/** The text of one file of the sample with one piece changed; fails when the piece is not in it. */
export const edited = (path: keyof typeof sample, piece: string, by: string): Files => {
  if (!sample[path].includes(piece)) throw new Error(`${piece} is not in ${path}`)
  return { [path]: sample[path].replace(piece, () => by) }
}

export const contentFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'content-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

/** Writes files as one package folder; null leaves a file out. */
export const writePackage = (content: string, name: string, files: Files): string => {
  const folder = join(content, name)
  for (const [path, text] of Object.entries(files)) {
    if (text === null) continue
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

/** The sample with its film and sound, some files changed. */
export const writeSample = (content: string, changes: Files = {}): string => {
  const folder = writePackage(content, 'base', { ...sample, ...changes })
  copyFileSync(join(fixtures, 'film.mp4'), join(folder, 'modules/strategi/film/film.mp4'))
  copyFileSync(join(fixtures, 'lyd.m4a'), join(folder, 'tracks/folkevalde/lyd/lyd.m4a'))
  return folder
}

export const read = (folder: string) => readPackage(folder, { findBase: findBaseBeside(folder) })

/** The package, which must be without mistakes. */
export const readGood = async (folder: string) => {
  const result = await read(folder)
  if (!result.ok)
    throw new Error(
      result.problems.map((one) => `${one.file}:${one.line}: ${one.message}`).join('\n'),
    )
  return result.package
}

/** `file:line code` of every mistake. */
export const mistakes = async (folder: string): Promise<string[]> => {
  const result = await read(folder)
  return result.ok ? [] : result.problems.map(({ file, line, code }) => `${file}:${line} ${code}`)
}
