import { readdirSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { publishFolder } from '../../../src/server/content/content-store.ts'
import { databaseContentStore } from '../../../src/server/content/database-content-store.ts'
import { fingerprint } from '../../../src/server/content/fingerprint.ts'
import { manifestReader } from '../../../src/server/content/manifests.ts'
import { sha256 } from '../../../src/server/store/hash.ts'
import { temporaryFolder } from '../../temporary-folder.ts'
import { eachStore } from '../stores.ts'
import { contentFolder, edited, type Files, writeSample } from './sample-package.ts'

const newVersion = edited('programme.yaml', 'version: 1.0.0', 'version: 1.1.0')
const newWords: Files = { 'modules/strategi/klart/nn.md': 'Skriv meir.\n' }

eachStore(({ newStore }) => {
  const setUp = async () => {
    const { db } = await newStore()
    const mediaDir = join(temporaryFolder(), 'media')
    const store = databaseContentStore(db, mediaDir, () => 1)
    const publish = (files: Files = {}) => publishFolder(store, writeSample(contentFolder(), files))
    const outcome = async (files: Files = {}) => {
      const result = await publish(files)
      return result.ok ? result.outcome : result.problems
    }
    const everything = async () => ({
      versions: await db.selectFrom('package_version').selectAll().execute(),
      texts: await db.selectFrom('package_text').selectAll().execute(),
      open: await db.selectFrom('open_text').selectAll().execute(),
      media: await db.selectFrom('media').selectAll().execute(),
    })
    return { db, mediaDir, publish, outcome, everything }
  }

  test('a published package is stored whole: outline, texts, media rows and media files', async () => {
    const { publish, everything, mediaDir } = await setUp()
    const result = await publish()
    if (!result.ok) throw new Error('the sample is refused')
    expect(result.outcome).toBe('published')
    const { hash, outlineJson, texts, media } = result.package
    const stored = await everything()
    expect(stored.versions).toEqual([
      { id: 'base', version: '1.0.0', hash, outline: outlineJson, published_at: 1 },
    ])
    expect(new Map(stored.texts.map((text) => [text.hash, text.body]))).toEqual(texts)
    expect(stored.media.map((row) => row.hash).sort()).toEqual([...media.keys()].sort())
    const files = readdirSync(mediaDir)
    expect(files).toHaveLength(media.size)
    for (const file of files) {
      expect(sha256(readFileSync(join(mediaDir, file)))).toBe(file.split('.')[0])
    }
  })

  test('publishing the same again changes nothing', async () => {
    const { outcome, everything } = await setUp()
    await outcome()
    const before = await everything()
    expect(await outcome()).toBe('unchanged')
    expect(await everything()).toEqual(before)
  })

  test('a published version never changes', async () => {
    const { outcome, everything } = await setUp()
    await outcome()
    const before = await everything()
    expect(await outcome(newWords)).toBe('version-taken')
    expect(await everything()).toEqual(before)
  })

  test('a new version stands beside the old one; what both share is stored once', async () => {
    const { outcome, everything } = await setUp()
    await outcome()
    const before = await everything()
    expect(await outcome({ ...newVersion, ...newWords })).toBe('published')
    const after = await everything()
    expect(after.versions.map((row) => row.version)).toEqual(['1.0.0', '1.1.0'])
    expect(after.versions[0]).toEqual(before.versions[0])
    expect(after.texts).toHaveLength(before.texts.length + 1)
    expect(after.media).toEqual(before.media)
  })

  test('a package with a mistake is not imported at all, and the one in use is untouched', async () => {
    const { outcome, everything, mediaDir } = await setUp()
    await outcome()
    const before = { ...(await everything()), files: readdirSync(mediaDir) }
    const broken = { 'modules/strategi/film/nb.md': null, ...newVersion, ...newWords }
    expect(await outcome(broken)).toContainEqual(
      expect.objectContaining({ file: expect.stringContaining('strategi/film') }),
    )
    expect({ ...(await everything()), files: readdirSync(mediaDir) }).toEqual(before)
  })

  test('an import that breaks in the middle leaves nothing, and succeeds the next time', async () => {
    const { db, outcome, everything } = await setUp()
    await db.schema.alterTable('media').renameTo('away').execute()
    await expect(outcome()).rejects.toThrow(/media/)
    await db.schema.alterTable('away').renameTo('media').execute()
    expect(await everything()).toEqual({ versions: [], texts: [], open: [], media: [] })
    expect(await outcome()).toBe('published')
  })

  test('a media file that cannot be copied publishes nothing', async () => {
    const { db, everything } = await setUp()
    const notAFolder = join(temporaryFolder(), 'file')
    writeFileSync(notAFolder, '')
    const store = databaseContentStore(db, notAFolder, () => 1)
    await expect(publishFolder(store, writeSample(contentFolder()))).rejects.toThrow()
    expect(await everything()).toEqual({ versions: [], texts: [], open: [], media: [] })
  })

  test('a half-written media file is written again, a whole one is left as it is', async () => {
    const { outcome, mediaDir } = await setUp()
    await outcome()
    const [half = '', whole = ''] = readdirSync(mediaDir).map((name) => join(mediaDir, name))
    const size = statSync(half).size
    writeFileSync(half, 'x')
    const before = statSync(whole).mtimeMs
    await outcome(newVersion)
    expect(statSync(half).size).toBe(size)
    expect(statSync(whole).mtimeMs).toBe(before)
  })

  test('a media file that got lost comes back when the server starts again', async () => {
    const { outcome, mediaDir } = await setUp()
    await outcome()
    const [lost = ''] = readdirSync(mediaDir).map((name) => join(mediaDir, name))
    unlinkSync(lost)
    expect(await outcome()).toBe('unchanged')
    expect(statSync(lost).size).toBeGreaterThan(0)
  })

  test('a damaged file is looked through once, and again when it has been replaced', async () => {
    const { db, mediaDir, publish } = await setUp()
    const result = await publish()
    if (!result.ok) throw new Error('the sample is refused')
    const [name = ''] = readdirSync(mediaDir)
    const hash = name.split('.')[0] ?? ''
    const file = join(mediaDir, name)
    const whole = readFileSync(file)
    await db.deleteFrom('media_manifest').execute()
    let reads = 0
    const manifestOf = manifestReader(db, mediaDir, (path) => {
      reads++
      return fingerprint(path)
    })

    unlinkSync(file)
    expect(await manifestOf(hash)).toBeNull()
    expect(reads).toBe(0)

    writeFileSync(file, whole.subarray(1))
    expect(await manifestOf(hash)).toBeNull()
    expect(await manifestOf(hash)).toBeNull()
    expect(reads).toBe(1)

    writeFileSync(file, whole)
    expect(JSON.parse((await manifestOf(hash)) ?? 'null')).toMatchObject({ sha256: hash })
    expect(reads).toBe(2)
  })

  test('each file has its manifest, also when an earlier release has published the version', async () => {
    const { db, publish, outcome } = await setUp()
    const result = await publish()
    if (!result.ok) throw new Error('the sample is refused')
    const manifests = () => db.selectFrom('media_manifest').selectAll().orderBy('hash').execute()
    const before = await manifests()
    expect(before.map(({ body }) => JSON.parse(body))).toEqual(
      [...result.package.media.values()]
        .map(({ manifest }) => manifest)
        .sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1)),
    )
    await db.deleteFrom('media_manifest').execute()
    expect(await outcome()).toBe('unchanged')
    expect(await manifests()).toEqual(before)
  })

  test('only texts of items that the editor marked open are open', async () => {
    const { publish, everything } = await setUp()
    const open = edited(
      'modules/strategi/visjon/item.yaml',
      'kind: article',
      'kind: article\nopen: true',
    )
    const result = await publish(open)
    if (!result.ok) throw new Error('the sample is refused')
    const article = result.package.outline.modules[0]?.items.find((item) => item.open)
    const hashes = (await everything()).open.map((row) => row.hash)
    expect(hashes.sort()).toEqual(Object.values(article?.text ?? {}).sort())
  })

  test('several nodes that publish the same version at the same time publish it once', async () => {
    const { outcome, everything } = await setUp()
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => outcome()))
    expect(outcomes.sort()).toEqual(['published', 'unchanged', 'unchanged', 'unchanged'])
    expect((await everything()).versions).toHaveLength(1)
  })
})
