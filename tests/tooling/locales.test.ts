import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { build } from 'vite'
import { expect, test } from 'vitest'
import { localeCheck, localeMistakes } from '../../scripts/locale-check.ts'
import config from '../../vite.config.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const repo = resolve(import.meta.dirname, '../..')
const languages = ['nn', 'nb']

/** A page of one line with these strings, such as `{ 'nn/common': { skip: 'Til innhaldet' } }`. */
const pageWith = (strings: Record<string, unknown>): string => {
  const folder = temporaryFolder()
  writeFileSync(
    join(folder, 'index.html'),
    '<!doctype html><script type="module" src="/x.js"></script>',
  )
  writeFileSync(join(folder, 'x.js'), 'console.log(1)')
  for (const [name, entries] of Object.entries(strings)) {
    const file = join(folder, 'locales', `${name}.json`)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, JSON.stringify(entries))
  }
  return folder
}

const mistakes = (strings: Record<string, unknown>): string[] =>
  localeMistakes(join(pageWith(strings), 'locales'), languages)

const buildPage = (strings: Record<string, unknown>) => {
  const root = pageWith(strings)
  return build({
    root,
    configFile: false,
    logLevel: 'silent',
    build: { write: false },
    plugins: [localeCheck(join(root, 'locales'), languages)],
  })
}

test('nynorsk and bokmål have the same keys and placeholders, and no empty text', () => {
  expect(localeMistakes(join(repo, 'locales'), languages)).toEqual([])
})

test('every key is used somewhere', () => {
  const sources = globSync('src/**/*.{ts,tsx}', { cwd: repo })
    .map((path) => readFileSync(join(repo, path), 'utf8'))
    .join('\n')
  const words = new Set([...sources.matchAll(/['"`]([\w-]+)['"`]/g)].map(([, word]) => word))
  // A key is made from parts in template strings alone, such as `phase_${phase}`.
  const beginnings = [...sources.matchAll(/`([\w-]+[_-])\$\{/g)].map(([, start = '']) => start)
  const unused = globSync('locales/nn/*.json', { cwd: repo }).flatMap((path) =>
    Object.keys(JSON.parse(readFileSync(join(repo, path), 'utf8')))
      .filter((key) => !words.has(key.replace(/_(zero|one|two|few|many|other)$/, '')))
      .filter((key) => !beginnings.some((start) => key.startsWith(start)))
      .map((key) => `${path}: ${key}`),
  )
  expect(unused).toEqual([])
})

test('the build of the page is told to check', () => {
  const plugins = [config.plugins]
    .flat(9)
    .map((plugin) => plugin && 'name' in plugin && plugin.name)
  expect(plugins).toContain('loft-locale-check')
})

test('a key that is missing in one language fails the build, with its name', async () => {
  await expect(
    buildPage({
      'nn/common': { skip: 'Til innhaldet', close: 'Lukk' },
      'nb/common': { skip: 'Til innholdet' },
    }),
  ).rejects.toThrow('nb/common.json: close is missing')
  await expect(buildPage({ 'nn/common': {}, 'nb/common': { close: 'Lukk' } })).rejects.toThrow(
    'nn/common.json: close is missing',
  )
})

test('a page whose languages agree is built', async () => {
  const strings = { left: '{{minutes}} min att' }
  await expect(
    buildPage({ 'nn/common': strings, 'nb/common': { left: 'igjen: {{ minutes }} min' } }),
  ).resolves.toBeDefined()
})

test.for([
  [
    'a namespace that is missing',
    { 'nn/common': {}, 'nn/home': { a: 'a' }, 'nb/common': {} },
    ['nb/home.json is missing'],
  ],
  ['a language that is missing', { 'nn/common': { a: 'a' } }, ['nb/common.json is missing']],
  [
    'an empty text',
    { 'nn/common': { a: ' ', b: 'b' }, 'nb/common': { a: 'a', b: '' } },
    ['nn/common.json: a is no text', 'nb/common.json: b is no text'],
  ],
  [
    'something that is no text',
    { 'nn/common': { a: null, b: { c: 'c' } }, 'nb/common': { a: 'a', b: 'b' } },
    ['nn/common.json: a is no text', 'nn/common.json: b is no text'],
  ],
  [
    'a placeholder that one language lacks or spells otherwise',
    {
      'nn/common': { a: '{{done}} av {{of}}', b: '{{namn}}' },
      'nb/common': { a: '{{done}}', b: '{{navn}}' },
    },
    [
      'nn/common.json: b lacks {{navn}}',
      'nb/common.json: a lacks {{of}}',
      'nb/common.json: b lacks {{namn}}',
    ],
  ],
] as const)('%s is told', ([, strings, told]) => {
  expect(mistakes(strings)).toEqual(told)
})
