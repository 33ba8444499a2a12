import type { FastifyInstance } from 'fastify'
import * as v from 'valibot'
import { paths } from '../../shared/protocol/paths.ts'
import type { AppDeps } from '../app-deps.ts'
import { handleCheck } from '../words/check.ts'
import { readHeld } from '../words/held.ts'
import { readHistory } from '../words/history.ts'
import { Refusal } from './answers.ts'
import { frameOf, sendFrame, withoutStreams } from './frame-body.ts'
import { personBeforeBody, requirePerson } from './session-cookie.ts'

const historyQuery = v.strictObject({
  doc: v.pipe(v.string(), v.maxLength(600), v.excludes('\u0000')),
  after: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number)), '0'),
})
const heldQuery = v.strictObject({ after: v.optional(v.string()) })

/** What syncRoutes has registered, the parser of frames among it, is needed here. */
export const wordsRoutes = (app: FastifyInstance, deps: AppDeps): void => {
  const settings = { ...withoutStreams, ...personBeforeBody(deps) }
  app.post(paths.syncCheck, settings, async (request, reply) => {
    const answer = await handleCheck(deps, request.person, frameOf(request))
    return sendFrame(request, reply, answer)
  })

  app.get(paths.history, async (request, reply) => {
    const person = await requirePerson(deps, request, reply)
    const query = v.safeParse(historyQuery, request.query)
    if (!query.success) throw new Refusal('bad-request', 'doc and after are expected')
    const { doc, after } = query.output
    const history = await readHistory(deps.store, person, doc, after)
    if (history === null) throw new Refusal('not-found', 'no such document')
    reply.header('cache-control', 'no-store')
    return history
  })

  app.get(paths.held, async (request, reply) => {
    const person = await requirePerson(deps, request, reply)
    const query = v.safeParse(heldQuery, request.query)
    const held = query.success ? await readHeld(deps, person, query.output.after) : null
    if (held === null) throw new Refusal('bad-request', 'after is a place that an answer named')
    reply.header('cache-control', 'no-store')
    return held
  })
}
