import type { FastifyInstance } from 'fastify'
import * as v from 'valibot'
import { limits } from '../../shared/protocol/frames.ts'
import { heldAnswerSchema, historyAnswerSchema } from '../../shared/protocol/history.ts'
import { paths } from '../../shared/protocol/paths.ts'
import type { AppDeps } from '../app-deps.ts'
import { handleCheck } from '../words/check.ts'
import { readHeld } from '../words/held.ts'
import { readHistory } from '../words/history.ts'
import { Refusal } from './answers.ts'
import { frameOf, frameShape, sendFrame } from './frame-body.ts'
import { notFound, route } from './route.ts'

const historyQuery = v.strictObject({
  doc: v.pipe(v.string(), v.maxLength(600), v.excludes('\u0000')),
  after: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number)), '0'),
})
const heldQuery = v.strictObject({ after: v.optional(v.string()) })

/** What syncRoutes has registered, the parser of frames among it, is needed here. */
export const wordsRoutes = (app: FastifyInstance, deps: AppDeps): void => {
  route(app, deps, {
    method: 'POST',
    path: paths.syncCheck,
    access: ['words', 'sync'],
    summary:
      'Compare documents with the server; src/shared/protocol/check-frames.ts describes the frame',
    body: frameShape,
    answer: frameShape,
    erasedToo: true,
    isOverToo: true,
    isFrame: true,
    bodyLimit: limits.requestBytes,
    handle: async ({ request, reply, person }) =>
      sendFrame(request, reply, await handleCheck(deps, person, frameOf(request), request.isOver)),
  })

  route(app, deps, {
    method: 'GET',
    path: paths.history,
    access: ['words', 'read'],
    summary: 'Every accepted update of a document, in order: its earlier versions',
    query: historyQuery,
    answer: historyAnswerSchema,
    handle: async ({ reply, person, query: { doc, after } }) => {
      const history = await readHistory(deps.store, person, doc, after)
      if (history === null) throw notFound()
      reply.header('cache-control', 'no-store')
      return history
    },
  })

  route(app, deps, {
    method: 'GET',
    path: paths.held,
    access: ['words', 'read'],
    summary: 'What one has written for groups after losing the right to write there',
    query: heldQuery,
    answer: heldAnswerSchema,
    handle: async ({ reply, person, query: { after } }) => {
      const held = await readHeld(deps, person, after)
      if (held === null) throw new Refusal('bad-request', 'after is a place that an answer named')
      reply.header('cache-control', 'no-store')
      return held
    },
  })
}
