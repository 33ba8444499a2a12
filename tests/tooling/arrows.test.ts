import { execFile } from 'node:child_process'
import { cpSync, globSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../temporary-folder.ts'

const repo = resolve(import.meta.dirname, '../..')

interface Cruised {
  modules: { source: string }[]
  summary: { violations: { rule: { name: string }; from: string; to: string }[] }
}

/** Runs the tool as its users do: on src, with the rules of this repo. */
const cruise = (folder: string): Promise<Cruised> =>
  new Promise((done, fail) => {
    const tool = join(repo, 'node_modules/.bin/depcruise')
    const args = ['src', '--config', '.dependency-cruiser.cjs', '--output-type', 'json']
    const options = { cwd: folder, maxBuffer: 64 * 1024 * 1024 }
    execFile(tool, args, options, (error, stdout, stderr) => {
      if (stdout) done(JSON.parse(stdout))
      else fail(error ?? new Error(stderr))
    })
  })

const copyOfSources = (): string => {
  const folder = temporaryFolder()
  for (const part of [
    'src',
    'locales',
    'package.json',
    'tsconfig.base.json',
    '.dependency-cruiser.cjs',
  ]) {
    cpSync(join(repo, part), join(folder, part), { recursive: true })
  }
  symlinkSync(join(repo, 'node_modules'), join(folder, 'node_modules'))
  return folder
}

const sourcesIn = (folder: string): string[] => globSync('src/**/*.{ts,tsx}', { cwd: folder })

test('no import goes against the arrows', async () => {
  const { modules, summary } = await cruise(repo)
  const wrong = summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)
  expect(wrong).toEqual([])
  // The tool reads nothing at all when it finds no compiler for TypeScript, and then has nothing to complain of.
  const read = modules.map((module) => module.source)
  expect(read).toEqual(expect.arrayContaining(sourcesIn(repo)))
})

/** File, what it imports, the rule that is broken. Each stands for one arrow. */
const planted = [
  ['src/shared/domain/x.ts', '../../server/config.ts', 'shared-imports-no-program'],
  ['src/shared/protocol/x.ts', '../../client/i18n/i18n.ts', 'shared-imports-no-program'],
  ['src/shared/words/x.ts', 'node:fs', 'only-the-server-imports-node'],
  ['src/client/state/x.ts', '../../server/config.ts', 'client-imports-no-other-program'],
  ['src/client/offline/x.ts', '../../sw/range.ts', 'client-imports-no-other-program'],
  ['src/client/i18n/x.ts', 'path', 'only-the-server-imports-node'],
  ['src/sw/x.ts', '../client/i18n/i18n.ts', 'sw-imports-no-other-program'],
  ['src/server/people/x.ts', '../../client/i18n/i18n.ts', 'server-imports-no-other-program'],
  ['src/server/people/y.ts', '../../../tests/x.ts', 'src-imports-no-tests'],
  ['src/server/people/z.ts', './not-there.ts', 'nothing-unresolved'],
  ['src/client/components/x.tsx', '../storage/clock.ts', 'components-touch-no-storage'],
  ['src/client/components/y.tsx', '../state/session.ts', 'components-touch-no-storage'],
  ['src/client/pages/x.tsx', '../storage/clock.ts', 'pages-take-state-only'],
  ['src/client/pages/y.tsx', '../media/media-library.ts', 'pages-take-state-only'],
  ['src/client/state/y.ts', '../pages/links.ts', 'state-imports-no-page'],
  ['src/client/storage/x.ts', '../state/session.ts', 'storage-imports-no-layer-above'],
  ['src/client/sync/x.ts', '../state/session.ts', 'sync-imports-no-layer-above'],
  ['src/client/media/x.ts', '../state/session.ts', 'media-imports-no-layer-above'],
  ['src/server/http/x.ts', '../store/schema.ts', 'http-goes-through-services'],
  ['src/server/sync/x.ts', '../http/answers.ts', 'services-know-no-http'],
  ['src/server/content/x.ts', '../app.ts', 'services-know-no-http'],
  ['src/server/store/x.ts', '../people/me.ts', 'store-imports-no-service'],
  ['src/server/store/y.ts', 'node:sqlite', 'only-main-names-the-database'],
  ['src/client/state/z.ts', 'dexie', 'only-the-owner-imports-dexie'],
  ['src/client/sync/y.ts', 'yjs', 'only-the-owner-imports-yjs'],
  ['src/client/components/z.tsx', 'i18next', 'only-the-owner-imports-i18next'],
  ['src/client/offline/y.ts', 'workbox-routing', 'only-the-owner-imports-workbox'],
  ['src/client/pages/y.ts', 'workbox-window', 'only-the-owner-imports-workbox-window'],
  ['src/server/people/w.ts', 'kysely', 'only-the-owner-imports-kysely'],
  ['src/server/sync/y.ts', 'fastify', 'only-the-owner-imports-fastify'],
  ['src/server/sync/z.ts', '@fastify/static', 'only-the-owner-imports-fastify'],
  ['src/server/people/v.ts', 'nodemailer', 'only-the-owner-imports-nodemailer'],
  ['src/server/http/y.ts', 'openid-client', 'only-the-owner-imports-openid-client'],
  ['src/server/http/z.ts', 'csv-parse', 'only-the-owner-imports-csv-parse'],
  ['src/server/mail/x.ts', 'ical-generator', 'only-the-owner-imports-ical-generator'],
  ['src/server/mail/y.ts', 'pdfkit', 'only-the-owner-imports-pdfkit'],
  ['src/server/mail/z.ts', 'docx', 'only-the-owner-imports-docx'],
  ['src/shared/domain/circle.ts', './circle.ts', 'no-circles'],
] as const

test.for(['import', 'import type'])(
  'every wrong arrow is found when it is planted (%s)',
  async (how) => {
    const folder = copyOfSources()
    mkdirSync(join(folder, 'tests'))
    writeFileSync(join(folder, 'tests/x.ts'), 'export {}\n')
    for (const [file, target] of planted) {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(
        join(folder, file),
        `${how} * as x from '${target}'\nexport type X = typeof x\n`,
      )
    }
    const { summary } = await cruise(folder)
    const found = summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`)
    for (const [file, , rule] of planted) expect.soft(found).toContain(`${rule}: ${file}`)
  },
)

test('every rule has a planted import that breaks it', () => {
  const rules = readFileSync(join(repo, '.dependency-cruiser.cjs'), 'utf8')
  const never = [...rules.matchAll(/never\('([^']+)'/g)].map(([, name]) => name)
  const owned = [...rules.matchAll(/owned\('([^']+)'/g)].map(
    ([, name]) => `only-the-owner-imports-${name}`,
  )
  expect(new Set(planted.map(([, , rule]) => rule))).toEqual(new Set([...never, ...owned]))
})
