import type { MediaFile } from '../../shared/domain/outline.ts'
import { paths } from '../../shared/protocol/paths.ts'
import { cacheName, type MediaDeps } from './media-deps.ts'

/** One file, read as it comes so that progress can be shown; a wrong hash is tried once more. */
export const download = async (
  deps: MediaDeps,
  file: MediaFile,
  signal: AbortSignal,
  progress: (bytes: number) => void,
): Promise<'kept' | 'damaged'> => {
  const cache = await deps.caches.open(cacheName)
  if (await cache.match(paths.media(file.sha256))) {
    progress(file.size)
    return 'kept'
  }
  for (const attempt of [1, 2]) {
    const response = await deps.fetch(paths.media(file.sha256), { signal })
    if (!response.ok || !response.body) throw new Error(`media: ${response.status}`)
    const parts: Uint8Array<ArrayBuffer>[] = []
    for await (const part of chunks(response.body)) {
      parts.push(part)
      if (attempt === 1) progress(part.length)
    }
    const blob = new Blob(parts, { type: file.type })
    if ((await deps.digest(await blob.arrayBuffer())) !== file.sha256) continue
    await cache.put(
      paths.media(file.sha256),
      new Response(blob, { headers: { 'content-type': file.type } }),
    )
    return 'kept'
  }
  return 'damaged'
}

async function* chunks(body: ReadableStream<Uint8Array<ArrayBuffer>>) {
  const reader = body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    yield value
  }
}
