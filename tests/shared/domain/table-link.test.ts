import { encode } from 'uqr'
import { expect, test } from 'vitest'
import {
  meAtTable,
  readTableLink,
  type TableFacts,
  writeTableLink,
} from '../../../src/shared/domain/table-link.ts'
import { fromBase64Url, toBase64Url } from '../../../src/shared/protocol/base64-url.ts'

const facts: TableFacts = {
  g: '7c1b8a52-6f3e-4a5d-9b7c-0d1e2f3a4b5c',
  n: 'Bord 3: helse og omsorg – små kommunar 🌊',
  k: 'service-area',
  o: 'samling-1',
  m: ['4614', 'Stord', 'M'],
  c: ['7c1b8a52-6f3e-4a5d-9b7c-0d1e2f3a4b5d', 'Kull 1, haust 2026'],
  r: 'vestland-1',
  w: 'Kompetanseløft Vestland',
  d: ['samling-1', '2026-12-09', '2026-12-10', 'Førde'],
  e: 1_796_943_600_000,
  p: '0123456789abcdef',
}
const token = `${'a'.repeat(120)}.${'b'.repeat(43)}`

test('what a link says comes out as it went in, in letters that any address takes', () => {
  const link = writeTableLink(facts, token)
  expect(link).toMatch(/^[\w.-]+$/)
  expect(readTableLink(link)).toEqual({ facts, token })
})

test('what is no link is none', () => {
  const link = writeTableLink(facts, token)
  for (const wrong of [
    '',
    '.',
    '..',
    'ord',
    `%${link}`,
    link.slice(1),
    link.split('.').slice(0, 2).join('.'),
    `${link}.more`,
    `${toBase64Url('null')}.${token}`,
    `${toBase64Url('{"g":1}')}.${token}`,
    `${toBase64Url(JSON.stringify({ ...facts, p: 1 }))}.${token}`,
    `_w.${token}`, // no UTF-8
  ])
    expect([wrong, readTableLink(wrong)]).toEqual([wrong, null])
  expect(fromBase64Url('_w')).toBe(null)
})

test('the picture of a long link is one that a camera reads from a screen', () => {
  const address = `https://loft.vestlandfylke.example/bord#${writeTableLink(facts, token)}`
  // 101 modules on 320 points are three points each.
  expect(encode(address, { ecc: 'L', border: 0 }).size).toBeLessThanOrEqual(101)
})

test('a tablet is a member of its group and has nothing of its own', () => {
  const me = meAtTable(facts, 'f'.repeat(64))
  expect(me).toMatchObject({
    principal: `bord-${'f'.repeat(20)}`,
    role: 'group-tablet',
    personScope: null,
    groups: [{ scope: `g:${facts.g}`, kind: 'service-area', stop: 'samling-1' }],
    municipality: { number: '4614', name: 'Stord', size: 'M' },
  })
  expect(meAtTable({ ...facts, m: null, d: null }, '0'.repeat(64))).toMatchObject({
    municipality: null,
    cohort: { stops: [] },
  })
})
