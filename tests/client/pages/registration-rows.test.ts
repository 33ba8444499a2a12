import { describe, expect, it } from 'vitest'
import {
  asRegistrants,
  emptyRow,
  findMistakes,
  keepRows,
  type Row,
  readKept,
  splitRegistered,
} from '../../../src/client/pages/registration/rows.ts'

const row = (key: string, more: Partial<Row> = {}): Row => ({
  key,
  name: `Leiar ${key}`,
  email: `${key}@stord.example`,
  audience: 'hr',
  serviceArea: '',
  ...more,
})
const memory = () => {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
}

describe('what is typed of people', () => {
  it('has no mistake when it is whole; rows without anything do not count', () => {
    const rows = [row('a', { email: ' A@Stord.example' }), emptyRow('tom'), row('b')]
    expect(findMistakes(rows).size).toBe(0)
    expect(asRegistrants(rows)).toEqual([
      { name: 'Leiar a', email: 'a@stord.example', audience: 'hr', serviceArea: null },
      { name: 'Leiar b', email: 'b@stord.example', audience: 'hr', serviceArea: null },
    ])
  })

  it('says each mistake at its field', () => {
    const rows = [
      row('a', { name: ' ' }),
      row('b', { email: 'stord' }),
      row('c', { email: '', audience: '' }),
      row('d', { email: 'E@stord.example' }),
      row('e'),
      row('f', { name: 'x\u0007' }),
    ]
    expect([...findMistakes(rows)]).toEqual([
      ['a', { name: 'name-missing' }],
      ['b', { email: 'email-wrong' }],
      ['c', { email: 'email-missing', audience: 'audience-missing' }],
      ['e', { email: 'email-twice' }],
      ['f', { name: 'name-long' }],
    ])
  })

  it('asks for somebody where nobody is typed', () => {
    const mistakes = findMistakes([emptyRow('1'), emptyRow('2')])
    expect([...mistakes.keys()]).toEqual(['1'])
  })
})

describe('what is kept on the device', () => {
  const sent = { attempt: 'an-attempt-that-is-long', people: asRegistrants([row('a')]) }

  it('comes back with what was on its way, for its own link alone', () => {
    const storage = memory()
    expect(keepRows(storage, 'token', { rows: [row('a')], sent })).toBe(true)
    expect(readKept(storage, 'token')).toEqual({ rows: [row('a')], sent })
    expect(readKept(storage, 'another')).toBeNull()
    keepRows(storage, 'token', null)
    expect(storage.kept.size).toBe(0)
  })

  it('is nothing where the browser refuses, or something else stands there', () => {
    const refusing = {
      getItem: () => {
        throw new Error('refused')
      },
      setItem: () => {
        throw new Error('full')
      },
      removeItem: () => undefined,
    }
    expect(readKept(refusing, 'token')).toBeNull()
    expect(keepRows(refusing, 'token', { rows: [], sent: null })).toBe(false)
    expect(keepRows(null, 'token', null)).toBe(false)
    const storage = memory()
    storage.setItem('loft-registration:token', '{"rows":7}')
    expect(readKept(storage, 'token')).toBeNull()
  })
})

it('the first seats are the first people’s', () => {
  const people = asRegistrants(['a', 'b', 'c'].map((key) => row(key)))
  const of = (seats: number) => {
    const { seated, waiting } = splitRegistered({ attempt: '', people }, seats)
    return [seated.length, waiting.map(({ email }) => email)]
  }
  expect(of(3)).toEqual([3, []])
  expect(of(1)).toEqual([1, ['b@stord.example', 'c@stord.example']])
  expect(of(0)[0]).toBe(0)
})
