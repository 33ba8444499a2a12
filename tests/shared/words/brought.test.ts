import { expect, it } from 'vitest'
import { blockLabelKey, encodeBlockLabel } from '../../../src/shared/words/blocks.ts'
import {
  broughtFromKey,
  broughtOf,
  broughtRoot,
  broughtRow,
  broughtTable,
  encodeBroughtFrom,
} from '../../../src/shared/words/brought.ts'
import type { PlainDocument } from '../../../src/shared/words/plain.ts'
import { hiddenValue, rowHiddenKey } from '../../../src/shared/words/rows.ts'

const from = { item: 'pakke.strategi.folg-ein', field: 'overgang' }
const row = broughtRow('b1', from)
const one: PlainDocument = {
  texts: { [broughtRoot('b1', row)]: 'Mellom legevakt og heimesjukepleie.' },
  scalars: {
    [blockLabelKey('b1')]: encodeBlockLabel({ label: 'HR-leiar, Stord', role: null, at: 1 }),
    [broughtFromKey(row)]: encodeBroughtFrom(from),
  },
}

it('a card has its text, its question and its writer', () => {
  expect(broughtOf(one)).toEqual([
    {
      row,
      from,
      label: { label: 'HR-leiar, Stord', role: null, at: 1 },
      text: 'Mellom legevakt og heimesjukepleie.',
    },
  ])
})

it('a card that is taken away is not shown, until other words come to it', () => {
  const hidden = hiddenValue(one, broughtTable, row)
  const away = { ...one, scalars: { ...one.scalars, [rowHiddenKey(broughtTable, row)]: hidden } }
  expect(broughtOf(away)).toEqual([])
  const again = { ...away, texts: { [broughtRoot('b1', row)]: 'Mellom natt og dag.' } }
  expect(broughtOf(again).map(({ text }) => text)).toEqual(['Mellom natt og dag.'])
})

it.each([null, 7, 'x', '{}', 'null', '{"item":1,"field":"a"}'])(
  'a card that says %j of where it is from is left out, and breaks nothing',
  (said) => {
    expect(broughtOf({ ...one, scalars: { ...one.scalars, [broughtFromKey(row)]: said } })).toEqual(
      [],
    )
  },
)

it('two devices that bring an answer to one question make two cards', () => {
  expect(broughtRow('b1', from)).not.toBe(broughtRow('b2', from))
  expect(broughtRow('b1', from)).toBe(broughtRow('b1', { ...from }))
})
