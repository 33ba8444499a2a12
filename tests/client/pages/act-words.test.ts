import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { beforeAll, expect, test, vi } from 'vitest'
import { loadStrings, setLanguage } from '../../../src/client/i18n/i18n.ts'
import { sayAct } from '../../../src/client/pages/admin/act-words.ts'
import { keepingWords } from '../../../src/client/pages/admin/keeping-words.ts'
import type { Act } from '../../../src/shared/domain/administration.ts'

const repo = resolve(import.meta.dirname, '../../..')
const act = (of: Partial<Act>): Act => ({
  id: 'x',
  at: 0,
  act: 'cohort.changed',
  by: 'person-1',
  subject: 'cohort-1',
  detail: {},
  ...of,
})
const names = { 'person-1': 'Administrator, Vestland', 'cohort-1': 'Kull 1' }

beforeAll(async () => {
  vi.stubGlobal('document', { documentElement: { lang: '' } })
  await setLanguage('nn')
  await loadStrings({
    nn: () => import('../../../src/client/i18n/nn-admin.ts'),
    nb: () => import('../../../src/client/i18n/nb-admin.ts'),
  })
})

test('each act that the server records has a sentence of its own', () => {
  const sources = globSync('src/server/**/*.ts', { cwd: repo })
    .map((path) => readFileSync(join(repo, path), 'utf8'))
    .join('\n')
  const recorded = new Set(
    [...sources.matchAll(/\bact(?: =|:) (?:\w+ \? )?'(\w+\.\w+)'(?: : '(\w+\.\w+)')?/g)].flatMap(
      ([, one, other]) => [one, other].filter((name) => name !== undefined),
    ),
  )
  expect(recorded.size).toBeGreaterThan(10)
  expect(recorded).toContain('report.opened')
  const strings = JSON.parse(readFileSync(join(repo, 'locales/nn/admin.json'), 'utf8'))
  const without = [...recorded].filter((name) => !strings[`act_${name.replace('.', '_')}`])
  expect(without).toEqual([])
})

test('a change is told with what it changed', () => {
  const detail = { capacity: 60, version: '1.2.0', renamed: true }
  expect(sayAct(act({ detail }), names)).toBe(
    'Administrator, Vestland endra Kull 1: nytt namn, 60 plassar, utgåve 1.2.0 av programmet.',
  )
  const run = { endsOn: '2027-06-01', keepMonths: 12 }
  expect(sayAct(act({ act: 'run.changed', detail: run }), names)).toContain(
    'siste dag 1. juni 2027, alt blir sletta 12 månader etter',
  )
})

test('no id is ever shown, not of whoever is erased, nor of an act that nobody has a sentence for', () => {
  for (const one of [
    act({ by: 'b3f1c2', subject: 'f00ba4' }),
    act({ act: 'group.moved', subject: 'f00ba4', detail: { from: 'aa11', to: 'bb22' } }),
    act({ act: 'contact.added', subject: 'f00ba4', detail: { municipality: '4614' } }),
    act({ act: 'thing.unheard', by: 'b3f1c2' }),
  ]) {
    const said = sayAct(one, names)
    expect(said).not.toMatch(/b3f1c2|f00ba4|aa11|bb22|thing|act_|\{\{/)
    expect(said).toMatch(/\.$/)
  }
  expect(sayAct(act({ act: 'run.erased', by: null, detail: { people: 7 } }), names)).toContain('7')
})

test('what happens to a run’s people is said before it is stored', () => {
  const now = new Date(2026, 10, 26)
  const say = (endsOn: string | null, keepMonths: number | null) =>
    keepingWords({ endsOn, keepMonths }, 200, now)
  expect(say('2027-06-01', 12)).toMatchObject({ isNow: false })
  expect(say('2027-06-01', 12).text).toMatch(/^1\. juni 2028 blir 200 personar og alt/)
  expect(say('2027-08-31', 6).text).toMatch(/^29\. februar 2028/)
  expect(say('2026-01-01', 3)).toMatchObject({ isNow: true })
  expect(say('2027-06-01', null).text).toMatch(/sluttar 1\. juni 2027/)
  expect(say(null, 12).isNow).toBe(false)
})
