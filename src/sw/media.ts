import { parseRange } from './range.ts'

/** The page puts whole, checked files here; the name carries no build id, so that an update drops no film. */
export const mediaCacheName = 'loft-media'

/** Answers from a kept file, with the bytes that the player asks for; the file is read from disk only where it is played. */
export const answerFromFile = async (request: Request, kept: Response): Promise<Response> => {
  const file = await kept.blob()
  const type = kept.headers.get('content-type') ?? 'application/octet-stream'
  const headers = { 'content-type': type, 'accept-ranges': 'bytes' }
  const range = parseRange(request.headers.get('range'), file.size)
  if (range === 'unsatisfiable') {
    return new Response(null, {
      status: 416,
      headers: { 'content-range': `bytes */${file.size}` },
    })
  }
  if (range === null) {
    return new Response(file, { headers: { ...headers, 'content-length': String(file.size) } })
  }
  const part = file.slice(range.first, range.last + 1, type)
  return new Response(part, {
    status: 206,
    headers: {
      ...headers,
      'content-range': `bytes ${range.first}-${range.last}/${file.size}`,
      'content-length': String(part.size),
    },
  })
}

/**
 * The network's answer as if it came from here. A player in Chromium refuses bytes of the same film from two origins, and a
 * made answer has none: a film that was opened from the network and kept meanwhile would break at the next seek.
 */
export const asOurs = ({ body, status, statusText, headers }: Response): Response =>
  new Response(body, { status, statusText, headers })
