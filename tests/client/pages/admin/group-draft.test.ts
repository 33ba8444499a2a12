import { describe, expect, it } from 'vitest'
import {
  asApplied,
  changesOf,
  draftOf,
  isUnchanged,
  place,
  propose,
  rename,
  unseated,
} from '../../../../src/client/pages/admin/groups/draft.ts'
import { lookAtGroup } from '../../../../src/client/pages/admin/groups/wishes.ts'
import { usualWishes } from '../../../../src/shared/domain/group-proposal.ts'
import type { ServiceArea } from '../../../../src/shared/domain/service-area.ts'
import type { GroupMember, ListedGroup } from '../../../../src/shared/domain/working-group.ts'

const member = (id: string, area: ServiceArea | null = 'kultur', number = '4614'): GroupMember => ({
  id,
  name: `Leiar ${id}`,
  role: 'participant',
  municipality: number === '' ? null : { number, name: number, size: number < '4615' ? 'M' : 'S' },
  serviceArea: area,
})
const people = (count: number, area: ServiceArea = 'kultur', prefix = 'k'): GroupMember[] =>
  Array.from({ length: count }, (_, index) => member(`${prefix}${index + 10}`, area))
const stored = (id: string, members: GroupMember[], written = false): ListedGroup => ({
  id,
  name: `Gruppe ${id}`,
  kind: 'service-area',
  municipality: null,
  stop: 'samling-1',
  written,
  hasTable: false,
  people: members,
})
const nameOf = (areas: readonly ServiceArea[]): string => areas[0] ?? 'blanda'
const ask = { wishes: usualWishes, draft: [], keep: true, nameOf }

describe('a proposal', () => {
  it('seats everybody, and names groups by their area, with a number where there are several', () => {
    const everybody = [...people(12), ...people(5, 'teknisk', 't')]
    const draft = propose({ ...ask, people: everybody })
    expect(draft.map(({ name }) => name)).toEqual(['kultur 1', 'kultur 2', 'teknisk'])
    expect(unseated(draft, everybody)).toEqual([])
  })

  it('moves nobody when one more comes, and keeps names that were given', () => {
    const first = propose({ ...ask, people: people(12) })
    const named = rename(first, first[0]?.key ?? '', 'Bord ved vindauget')
    const later = propose({ ...ask, people: people(13), draft: named })
    for (const group of named) {
      const after = later.find(({ key }) => key === group.key)
      expect(after?.name).toBe(group.name)
      expect(after?.people).toEqual(expect.arrayContaining([...group.people]))
    }
  })

  it('is made anew if asked for, and no two groups are called the same', () => {
    const first = propose({ ...ask, people: people(24) })
    const wishes = { wanted: 4, min: 4, max: 8 }
    const anew = propose({ ...ask, people: people(24), wishes, draft: first, keep: false })
    expect(anew).toHaveLength(6)
    expect(new Set(anew.map(({ name }) => name)).size).toBe(6)
    expect(new Set(anew.map(({ key }) => key)).size).toBe(6)
  })

  it('of nobody is nothing', () => {
    expect(propose({ ...ask, people: [] })).toEqual([])
  })
})

describe('placing by hand', () => {
  const everybody = people(4)
  const [a, b, c, d] = everybody as [GroupMember, GroupMember, GroupMember, GroupMember]
  const groups = [stored('1', [a, b]), stored('2', [c, d])]
  const draft = draftOf(groups, everybody)

  it('puts somebody into one group and out of the other', () => {
    const moved = place(draft, a.id, '2')
    expect(moved.map((group) => group.people)).toEqual([[b.id], [c.id, d.id, a.id]])
    expect(place(moved, a.id, '2').map((group) => group.people)).toEqual([
      [b.id],
      [c.id, d.id, a.id],
    ])
    expect(unseated(place(draft, a.id, null), everybody)).toEqual([a])
  })

  it('tells what saving would do', () => {
    expect(isUnchanged(changesOf(groups, draft, everybody))).toBe(true)
    const moved = rename(place(draft, a.id, '2'), '1', 'Éin')
    expect(changesOf(groups, moved, everybody)).toMatchObject({
      moves: [{ person: a.id, from: { id: '1' }, to: { key: '2' } }],
      made: [],
      removed: [],
      renamed: [{ from: 'Gruppe 1', to: 'Éin' }],
      written: [],
    })
  })

  it('does not take those who never had a group for a change', () => {
    expect(isUnchanged(changesOf([], [], everybody))).toBe(true)
    const [first] = groups
    const one = first ? [first] : []
    expect(isUnchanged(changesOf(one, draftOf(one, everybody), everybody))).toBe(true)
    const out = changesOf(groups, place(draft, a.id, null), everybody)
    expect(out.moves).toMatchObject([{ person: a.id, from: { id: '1' }, to: null }])
  })

  it('drops a group with nobody in it, and says so', () => {
    const three = [stored('1', [a]), stored('2', [b, c, d])]
    const emptied = place(draftOf(three, everybody), a.id, '2')
    expect(asApplied(emptied)).toEqual([{ name: 'Gruppe 2', people: [b.id, c.id, d.id, a.id] }])
    expect(changesOf(three, emptied, everybody).removed).toEqual(['Gruppe 1'])
  })

  it('tells of no group as gone whose table a tablet may be at', () => {
    const everybody = people(8)
    const emptied = [{ key: 'ny', name: 'Ny', people: everybody.slice(4).map(({ id }) => id) }]
    const removedOf = (hasTable: boolean) => {
      const one = { ...stored('bord', everybody.slice(0, 4)), hasTable }
      return changesOf([one], emptied, everybody).removed
    }
    expect(removedOf(false)).toEqual(['Gruppe bord'])
    expect(removedOf(true)).toEqual([])
  })

  it('warns of a group in which something is written, when somebody leaves or enters', () => {
    const wrote = [stored('1', [a, b], true), stored('2', [c, d])]
    const of = (changed: ReturnType<typeof place>) =>
      changesOf(wrote, changed, everybody).written.map(({ id }) => id)
    expect(of(draft)).toEqual([])
    expect(of(place(draft, a.id, '2'))).toEqual(['1'])
    expect(of(place(draft, c.id, '1'))).toEqual(['1'])
  })

  it('makes a new group of strangers rather than show them what others wrote', () => {
    const wrote = [stored('1', [a, b, c], true)]
    const changes = changesOf(
      wrote,
      [{ key: '1', name: 'Gruppe 1', people: [c.id, d.id] }],
      everybody,
    )
    expect(changes.made).toEqual(['Gruppe 1'])
    expect(changes.moves.map(({ person }) => person)).toEqual([a.id, b.id, c.id, d.id])
    expect(changes.removed).toEqual([]) // it stays with its words
  })

  it('leaves a tablet and those who take part no more to the server', () => {
    const tablet: GroupMember = { ...member('brett'), role: 'group-tablet' }
    const groupsNow = [stored('1', [a, tablet, member('slutta')])]
    const now = draftOf(groupsNow, everybody)
    expect(now[0]?.people).toEqual([a.id])
  })
})

describe('who sits otherwise than wished', () => {
  const culture = people(5)

  it('is nobody where all are of one area and size', () => {
    expect(lookAtGroup(culture, culture, usualWishes)).toEqual({
      areas: ['kultur'],
      sizes: ['M'],
      missed: [],
    })
  })

  it('is said with the reason: too few of an area or a size, or nothing known', () => {
    const technical = member('t1', 'teknisk')
    const small = member('s1', 'kultur', '4635')
    const [noArea, nowhere] = [member('x1', null), member('y1', 'kultur', '')]
    const group = [...culture, technical, small, noArea, nowhere]
    const { missed } = lookAtGroup(group, group, usualWishes)
    expect(missed).toEqual([
      { person: technical, wish: 'area', area: 'teknisk', count: 1, few: true },
      { person: small, wish: 'size', size: 'S', count: 1, few: true },
      { person: noArea, wish: 'no-area' },
      { person: nowhere, wish: 'no-municipality' },
    ])
  })

  it('is not called too few where somebody was moved there by hand', () => {
    const technical = people(6, 'teknisk', 't')
    const [first] = technical
    const { missed } = lookAtGroup(
      [...culture, first as GroupMember],
      [...culture, ...technical],
      usualWishes,
    )
    expect(missed).toMatchObject([{ wish: 'area', count: 6, few: false }])
  })
})
