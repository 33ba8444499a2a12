import type { Outline, OutlineItem } from '../../../src/shared/domain/outline.ts'

export const text = (nn: string) => ({ nn, nb: nn })

export const item = (id: string, more: Partial<OutlineItem> = {}): OutlineItem => ({
  id,
  path: `m/${id}`,
  kind: 'article',
  phase: 'forarbeid',
  stop: 'pre',
  depth: 'required',
  audiences: ['leiargruppe'],
  abilities: [],
  open: false,
  title: text(id),
  summary: text(id),
  minutes: 10,
  media: null,
  fields: [],
  text: { nn: 'a', nb: 'b' },
  ...more,
})

export const film = (id: string, minutes: number, more: Partial<OutlineItem> = {}): OutlineItem =>
  item(id, {
    kind: 'video',
    minutes,
    media: {
      file: { sha256: id, size: 1, type: 'video/mp4', seconds: minutes * 60 },
      described: null,
      poster: null,
    },
    ...more,
  })

export const groupTask = (id: string, stop: string): OutlineItem =>
  item(id, {
    kind: 'task',
    stop,
    minutes: 45,
    fields: [{ id: 'f', kind: 'longtext', sees: 'group', label: text('f') }],
  })

/** Six stops, one module with these items, and the politicians' two films. */
export const outlineOf = (items: OutlineItem[]): Outline => ({
  id: 'p',
  version: '1.0.0',
  title: text('p'),
  summary: text('p'),
  audiences: [],
  stops: [
    { id: 'start', kind: 'home', title: text('Oppstart'), minutes: 60 },
    { id: 'pre', kind: 'own', title: text('Forarbeid') },
    { id: 'g1', kind: 'gathering', title: text('Samling 1'), minutes: 450 },
    { id: 'mid', kind: 'own', title: text('Mellomarbeid') },
    { id: 'g2', kind: 'gathering', title: text('Samling 2'), minutes: 450 },
    { id: 'end', kind: 'home', title: text('Avslutting'), minutes: 120 },
  ],
  modules: [{ id: 'm', title: text('m'), summary: text('m'), abilities: [], phases: [], items }],
  tracks: [
    {
      id: 'folkevalde',
      title: text('Fem filmar'),
      summary: text('t'),
      audience: 'folkevalde',
      maxMinutes: 120,
      items: [film('f1', 20), film('f2', 20)],
      meeting: { title: text('Møtet'), text: text('m'), minutes: 180, questions: [] },
    },
  ],
  framework: { version: '1', areas: [], abilities: [], generations: [], glossary: [] },
})
