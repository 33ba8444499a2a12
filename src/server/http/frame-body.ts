import { promisify } from 'node:util'
import { gunzipSync, gzip } from 'node:zlib'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { limits } from '../../shared/protocol/frames.ts'
import { Refusal } from './answers.ts'

const zip = promisify(gzip)
const type = 'application/octet-stream'
/** Bytes; below, the header costs more than it saves. */
const zippedFrom = 1024

/** What is sent and answered. */
export const frameShape = { type } as const

/**
 * A route's setting. Frames are zipped here and not by the plugin that the other routes have: its streams cost more than all else
 * that is done with some kilobytes.
 */
export const withoutStreams = { compress: false, decompress: false } as const

/** Requests with a frame arrive unzipped. The limit holds before and after: no more than that is ever kept. */
export const parseFrames = (app: FastifyInstance): void => {
  const bodyLimit = limits.requestBytes
  app.addContentTypeParser(type, { parseAs: 'buffer', bodyLimit }, (request, body, done) => {
    try {
      done(null, unzipped(request, body as Buffer))
    } catch (error) {
      done(error as Error)
    }
  })
}

/** Not as a Buffer, whose every part would be a Buffer again: a thousand of them cost more than reading the frame. */
export const frameOf = ({ body }: FastifyRequest): Uint8Array => {
  if (!Buffer.isBuffer(body)) throw new Refusal('bad-request', 'a sync frame is expected')
  return new Uint8Array(body.buffer, body.byteOffset, body.byteLength)
}

export const sendFrame = async (
  request: FastifyRequest,
  reply: FastifyReply,
  frame: Uint8Array,
): Promise<FastifyReply> => {
  reply.type(type).header('cache-control', 'no-store')
  const isZipped = frame.length >= zippedFrom && takesGzip(request.headers['accept-encoding'])
  if (isZipped) reply.header('content-encoding', 'gzip')
  const { buffer, byteOffset, byteLength } = isZipped
    ? await zip(frame, { chunkSize: chunkFor(frame.length) })
    : frame
  return reply.send(Buffer.from(buffer, byteOffset, byteLength))
}

const unzipped = (request: FastifyRequest, body: Buffer): Buffer => {
  const encoding = request.headers['content-encoding'] ?? 'identity'
  if (encoding === 'identity') return body
  if (encoding !== 'gzip') throw new Refusal('bad-request', 'only gzip is unzipped')
  try {
    const chunkSize = chunkFor(body.length * 4)
    return gunzipSync(body, { maxOutputLength: limits.requestBytes, chunkSize })
  } catch (error) {
    const isBomb = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    throw isBomb
      ? new Refusal('too-large', 'request too large')
      : new Refusal('bad-request', 'gzip that is none')
  }
}

/** What is as long as we guess comes in one piece; zlib's own are 16 KB each, and joined afterwards. */
const chunkFor = (guess: number): number => Math.min(Math.max(guess, 1024), limits.requestBytes)

const takesGzip = (accepted: string | string[] = ''): boolean =>
  String(accepted)
    .split(',')
    .some((one) => {
      const [coding = '', quality = 'q=1'] = one.split(';').map((part) => part.trim())
      return coding === 'gzip' && Number(quality.slice(2)) > 0
    })
