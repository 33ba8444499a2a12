import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { expect, onTestFinished, test, vi } from 'vitest'
import { certificatePaper, type Paper } from '../../../src/server/certificate/paper.ts'
import type { CertificateBody } from '../../../src/shared/domain/certificate.ts'
import { text } from '../../shared/domain/sample-outline.ts'

const body: CertificateBody = {
  name: 'Rådmann på Ærøya, Bømlo',
  municipality: 'Stord',
  network: 'Vestland',
  programme: { nn: 'Kompetanseløftet', nb: 'Kompetanseløftet i bokmål' },
  cohort: 'Kull 1',
  from: '2026-11-09',
  ownMinutes: 1110,
  gatheringMinutes: 900,
  modules: [text('Strategi'), { nn: 'Leiing', nb: 'Ledelse' }],
  abilities: [text('Økosystem-tankesett'), text('Smidig')],
}
const paper = (more: Partial<CertificateBody> = {}, language: Paper['language'] = 'nn') =>
  certificatePaper({
    certificate: {
      code: 'K7QM-3FHW-9XTR-C2BD-PV64',
      issuedOn: '2027-03-12',
      body: { ...body, ...more },
    },
    language,
    checkedAt: 'loft.example/kursbevis/K7QM-3FHW-9XTR-C2BD-PV64',
  })

interface Node {
  role?: string
  alt?: string
  children?: Node[]
}
const rolesIn = ({ role, children = [] }: Node): string[] => [
  ...(role ? [role] : []),
  ...children.flatMap(rolesIn),
]

/** What another program reads out of the file. */
const read = async (bytes: Uint8Array) => {
  const loading = getDocument({ data: new Uint8Array(bytes), verbosity: 0 })
  const document = await loading.promise
  const page = await document.getPage(1)
  const { items } = await page.getTextContent()
  const { info } = await document.getMetadata()
  const tree = (await page.getStructTree()) as Node
  const read = {
    pages: document.numPages,
    size: page.view.map(Math.round),
    lines: items.flatMap((item) => ('str' in item && item.str.trim() ? [item.str] : [])),
    info: info as Record<string, unknown>,
    marked: (await document.getMarkInfo()) as unknown as Map<string, boolean>,
    roles: rolesIn(tree),
    tree,
  }
  await loading.destroy()
  return read
}

test('the paper says who has gone through what, when, for how long, and how to see that it is true', async () => {
  const { lines, pages, size } = await read(await paper())
  expect(pages).toBe(1)
  expect(size).toEqual([0, 0, 595, 842])
  const whole = lines.join('\n')
  for (const line of [
    'Kursbevis',
    'Rådmann på Ærøya, Bømlo',
    'Stord kommune',
    'Kompetanseløftet',
    'Kull 1, Vestland',
    '9. november 2026 til 12. mars 2027',
    '33,5 timar',
    '18,5 timar eige arbeid',
    '15 timar saman med andre',
    'Strategi',
    'Leiing',
    'Økosystem-tankesett',
    'Smidig',
    'Utferda 12. mars 2027',
    'loft.example/kursbevis/K7QM-3FHW-9XTR-C2BD-PV64',
    'Kode K7QM-3FHW-9XTR-C2BD-PV64',
  ])
    expect(whole).toContain(line)
})

test('it is in the language of the person, and says so', async () => {
  const nynorsk = await read(await paper())
  const bokmaal = await read(await paper({}, 'nb'))
  expect(nynorsk.info.Language).toBe('nn')
  expect(bokmaal.info.Language).toBe('nb')
  const whole = bokmaal.lines.join('\n')
  for (const line of ['33,5 timer', 'Kompetanseløftet i bokmål', 'Ledelse', 'Moduler', 'Utstedt'])
    expect(whole).toContain(line)
  expect(whole).not.toMatch(/timar|Leiing|Utferda|arbeidd/)
})

test('a screen reader finds its title, its parts, and no ornament', async () => {
  const { info, marked, roles, tree } = await read(await paper())
  expect(info.Title).toBe('Kursbevis, Rådmann på Ærøya, Bømlo')
  expect(info.Author).toBe('Vestland')
  expect(marked.get('Marked')).toBe(true)
  expect(roles.slice(0, 5)).toEqual(['Root', 'Document', 'Figure', 'H1', 'P'])
  expect(roles.filter((role) => role === 'H1')).toHaveLength(1)
  expect(roles.filter((role) => role === 'H2')).toHaveLength(2)
  expect(roles.filter((role) => role === 'L')).toHaveLength(2)
  expect(roles.filter((role) => role === 'LBody')).toHaveLength(4)
  // The mountains and the fjord are none: the one picture is the logo.
  expect(roles.filter((role) => role === 'Figure')).toHaveLength(1)
  expect(JSON.stringify(tree)).toContain('"alt":"Løft"')
})

test('the same certificate is the same bytes, whenever it is asked for', async () => {
  onTestFinished(() => {
    vi.useRealTimers()
  })
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2027, 2, 12) })
  const once = await paper()
  vi.setSystemTime(Date.UTC(2028, 0, 1))
  expect(Buffer.compare(once, await paper())).toBe(0)
  expect(Buffer.compare(once, await paper({ name: 'Ein annan' }))).not.toBe(0)
})

test('what there is too much or nothing of stays on one sheet', async () => {
  const many = await read(
    await paper({
      name: 'Kommunalsjef for oppvekst og kultur med ansvar for samarbeid '.repeat(2).trim(),
      abilities: Array.from({ length: 40 }, (_, at) => text(`Evne nummer ${at + 1} av mange`)),
      modules: Array.from({ length: 12 }, (_, at) => text(`Modul ${at + 1}`)),
    }),
  )
  expect(many.pages).toBe(1)
  expect(many.lines.join('\n')).toContain('Evne nummer 40')
  expect(many.lines.join('\n')).toContain('Modul 12')
  const none = await read(
    await paper({
      municipality: null,
      from: null,
      modules: [],
      abilities: [],
      gatheringMinutes: 0,
    }),
  )
  expect(none.pages).toBe(1)
  expect(none.lines.join('\n')).not.toMatch(/kommune|Modular|Evner|saman med|november/)
  expect(none.roles).not.toContain('L')
})

test('one hour is one hour, and the name of a role names its municipality but once', async () => {
  const { lines } = await read(
    await paper({ name: 'Kommunedirektør, Stord', ownMinutes: 89, gatheringMinutes: 0 }),
  )
  expect(lines).toContain('1 time')
  expect(lines.filter((line) => line.includes('Stord'))).toEqual(['Kommunedirektør, Stord'])
})

test('letters of our neighbours are written, and nothing in a name is more than letters', async () => {
  const name = 'Čáhppe Ŋ. Đorđe <b>Øst</b> \\(1) Tj'
  const { lines, info } = await read(await paper({ name }))
  expect(lines.join('')).toContain(name)
  expect(info.Title).toBe(`Kursbevis, ${name}`)
})
