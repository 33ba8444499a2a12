import { chunkKeys, wholeCacheName } from '../../shared/media/chunk-cache.ts'
import { deleteFile, listChunkKeys, makeRoom, putWithRoom } from '../../shared/media/evict.ts'
import { chunkRange, chunkSizeFor, type Manifest } from '../../shared/media/manifest.ts'
import type { MediaDeps } from './media-deps.ts'

/**
 * Earlier releases kept whole files, checked against their hash. Cuts each into pieces and throws that cache away; a file that
 * finds no room for a moment stays whole, and plays from there until the next start. Its pieces go again: words need the room.
 */
export const cutWholeFiles = async (deps: MediaDeps, cache: Cache): Promise<void> => {
  if (!(await deps.caches.has(wholeCacheName))) return
  const old = await deps.caches.open(wholeCacheName)
  for (const request of await old.keys()) {
    const sha256 = /\/media\/([0-9a-f]{64})$/.exec(request.url)?.[1]
    const file = await (await old.match(request))?.blob()
    const type = file?.type === 'audio/mp4' ? 'audio/mp4' : 'video/mp4'
    if (sha256 && file && !(await cut(deps, cache, { sha256, size: file.size, type }, file))) {
      await deleteFile(cache, await listChunkKeys(cache), sha256)
      return
    }
    await old.delete(request)
  }
  await deps.caches.delete(wholeCacheName)
}

const cut = async (
  deps: MediaDeps,
  cache: Cache,
  about: Pick<Manifest, 'sha256' | 'size' | 'type'>,
  file: Blob,
): Promise<boolean> => {
  const { sha256, size, type } = about
  if (!(await makeRoom(cache, new Set([sha256]), size, deps.estimate))) return false
  const put = (key: string, body: BodyInit, type: string): Promise<boolean> =>
    putWithRoom(cache, new Set([sha256]), () =>
      cache.put(key, new Response(body, { headers: { 'content-type': type } })),
    )
  const chunkSize = chunkSizeFor(size)
  const chunks: string[] = []
  for (let index = 0; index * chunkSize < size; index++) {
    const { first, last } = chunkRange({ size, chunkSize }, index)
    const bytes = new Uint8Array(await file.slice(first, last + 1).arrayBuffer())
    chunks.push(await deps.digest(bytes))
    if (!(await put(chunkKeys.chunk(sha256, index), new Blob([bytes]), type))) return false
  }
  const pin = { item: null, files: [about], order: 0 }
  const json = 'application/json'
  return (
    (await put(
      chunkKeys.manifest(sha256),
      JSON.stringify({ ...about, chunkSize, chunks }),
      json,
    )) && put(chunkKeys.pin(sha256), JSON.stringify(pin), json)
  )
}
