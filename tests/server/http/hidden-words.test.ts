// Whoever runs gatherings is shown what groups have handed in. What is private, and what is not handed in, they get by no route.
import type { InjectOptions } from 'fastify'
import JSZip from 'jszip'
import { describe, expect, test } from 'vitest'
import { paths } from '../../../src/shared/protocol/paths.ts'
import { blockLabelKey, encodeBlockLabel } from '../../../src/shared/words/blocks.ts'
import {
  createDocument,
  wholeState,
  writeScalars,
  writeText,
} from '../../../src/shared/words/document.ts'
import { encodeHandingIn, handedInKey } from '../../../src/shared/words/handing-in.ts'
import { push, sync } from '../sync/sync-client.ts'
import type { Row } from './access-matrix/row.ts'
import { rows } from './access-matrix/rows.ts'
import {
  type MatrixWorld,
  openMatrixWorld,
  places,
  sheet,
  task,
  vote,
} from './access-matrix/world.ts'

const group = 'g:leiargruppa-stord'
const own = 'u:deltakar-stord:vestland-1'
/** Where none of it may be read by whoever runs the gathering; each is a word of its own. */
const hidden = [
  'privat-svar',
  'privat-notat',
  'privat-ord',
  'ikkje-levert',
  'skrive-etterpaa',
] as const
const shown = 'levert-setning'

/** What an answer says, out of the zip of a DOCX too. A PDF is made of the same paper. */
const readable = async (bytes: Buffer): Promise<string> => {
  if (!bytes.subarray(0, 2).equals(Buffer.from('PK'))) return bytes.toString('utf8')
  const { files } = await JSZip.loadAsync(bytes)
  return (await Promise.all(Object.values(files).map((file) => file.async('string')))).join('\n')
}

const plant = async (world: MatrixWorld): Promise<void> => {
  const cookie = world.cookies.participant ?? ''
  const send = async (
    id: string,
    doc: string,
    fill: (into: ReturnType<typeof createDocument>) => void,
  ): Promise<void> => {
    const words = createDocument()
    fill(words)
    const answer = await sync(world.app, cookie, {
      id,
      pushes: [push(`${id}/${doc}`, wholeState(words))],
    })
    expect(answer.acks).toEqual(['accepted']) // else there would be nothing to find
  }
  const label = encodeBlockLabel({ label: 'Kommunedirektør, Stord', role: null, at: 1 })
  await send(own, 'base.strategi.eiga', (doc) => {
    writeText(doc, 'f/svar', 'privat-svar')
    writeText(doc, 'f/notat', 'privat-notat')
    writeScalars(doc, [['val', 'privat-svar']])
  })
  await send(own, vote, (doc) => writeText(doc, 'f/ord', 'privat-ord'))
  await send(group, 'base.strategi.uferdig', (doc) => writeText(doc, 'f/f/a', 'ikkje-levert'))
  await send(group, 'brought', (doc) => writeText(doc, 'f/brought/r/text/a', 'ikkje-levert'))
  await send(group, sheet, (doc) => {
    writeScalars(doc, [
      [blockLabelKey('a'), label],
      [handedInKey, encodeHandingIn({ id: 'x', at: world.now(), label: 'Stord' })],
    ])
    writeText(doc, 'f/f/a', shown)
  })
  await send(group, sheet, (doc) => writeText(doc, 'f/f/b', 'skrive-etterpaa'))
}

const all = Object.entries(rows).flatMap(([route, given]) =>
  [given].flat().map((row) => ({ route, row: row as Row })),
)

describe.each(['facilitator', 'administrator'] as const)('a %s', (caller) => {
  test('gets no private word and none that is not handed in, whatever they ask', async () => {
    const open = async () => {
      const made = await openMatrixWorld()
      await plant(made)
      return made
    }
    const shared = await open()
    const found: string[] = []
    let answers = 0
    let isShown = false
    for (const { route, row } of all) {
      if (row.destroys) continue
      // What one changes may give a right: an administrator may make anybody a member, themselves too, and it is noted.
      const world = route.startsWith('GET ') ? shared : await open()
      for (const place of places) {
        const [method = 'GET', declared = ''] = route.split(' ')
        const { path = declared, headers, ...rest } = row.ask(world.things(caller, place), world)
        answers++
        const response = await world.app.inject({
          ...rest,
          method: method as NonNullable<InjectOptions['method']>,
          url: path,
          headers: { ...headers, cookie: world.cookies[caller] ?? '' },
          remoteAddress: `10.9.${(answers >> 8) & 255}.${answers & 255}`,
        })
        if (rest.payloadAsStream) {
          if (response.statusCode === 200) response.stream().destroy()
          continue
        }
        const bytes = await readable(response.rawPayload)
        isShown ||= bytes.includes(shown)
        for (const word of hidden)
          if (bytes.includes(word)) found.push(`${route} ${place}: ${word}`)
      }
    }
    expect(found).toEqual([])
    expect(isShown).toBe(true) // else this would find nothing anywhere
    expect(answers).toBeGreaterThan(200)
  })

  test('is told nothing of others’ scopes by sync, and no history of them', async () => {
    const world = await openMatrixWorld()
    await plant(world)
    const cookie = world.cookies[caller] ?? ''
    for (const scope of [own, group]) {
      expect(await sync(world.app, cookie, { id: scope })).toMatchObject({
        status: 'unknown',
        items: [],
      })
      for (const doc of [task, sheet]) {
        const history = await world.app.inject({
          url: `${paths.history}?doc=${encodeURIComponent(`${scope}/${doc}`)}`,
          headers: { cookie },
        })
        expect(history.statusCode).toBe(404)
      }
    }
  })

  test('gets no place at a group’s table, where all of its words could be read', async () => {
    const world = await openMatrixWorld()
    const made = await world.app.inject({
      method: 'POST',
      url: paths.tableLink('leiargruppa-stord'),
      headers: { cookie: world.cookies[caller] ?? '' },
      payload: { stop: null },
    })
    expect(made.statusCode).toBe(404) // as if it were not there
    expect(made.body).not.toContain('token')
  })
})
