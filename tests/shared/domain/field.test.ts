import * as v from 'valibot'
import { expect, test } from 'vitest'
import { fieldSchema } from '../../../src/shared/domain/field.ts'
import { blockLabelKey } from '../../../src/shared/words/blocks.ts'
import { broughtTable } from '../../../src/shared/words/brought.ts'
import { handedInKey } from '../../../src/shared/words/handing-in.ts'

const field = (id: string) => ({
  kind: 'text',
  id,
  sees: 'group',
  label: { nn: 'Mål', nb: 'Mål' },
})

test.each([blockLabelKey('b1').split('/')[0] ?? '', handedInKey, broughtTable])(
  'a field can not be called %s, under which group documents keep something else',
  (id) => {
    const parsed = v.safeParse(fieldSchema, field(id))
    expect(parsed.success).toBe(false)
    expect(parsed.issues?.[0].message).toContain(`can not be called`)
  },
)

test.each(['blokk', 'block-2', 'handed', 'maal'])('a field can be called %s', (id) => {
  expect(v.is(fieldSchema, field(id))).toBe(true)
})
