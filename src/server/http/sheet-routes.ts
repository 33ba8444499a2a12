import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import { idParam } from '../../shared/domain/administration.ts'
import { languageSchema } from '../../shared/domain/text.ts'
import { paths } from '../../shared/protocol/paths.ts'
import type { AppDeps } from '../app-deps.ts'
import { createPaperThreads } from '../papers/paper-thread.ts'
import {
  type FileFailure,
  type FileWish,
  fileKinds,
  fileTypes,
  makeSheetFile,
} from '../papers/sheet-file.ts'
import { Refusal } from './answers.ts'
import { notFound, route } from './route.ts'
import { sessionToken } from './session-cookie.ts'
import { reachGroup } from './within-reach.ts'

const params = v.strictObject({
  group: idParam,
  task: v.pipe(v.string(), v.regex(/^[a-z0-9.-]{1,200}$/)),
  kind: v.picklist(fileKinds),
})
const query = v.strictObject({ language: v.optional(languageSchema, 'nn') })

/** A group's sheets as files: for its people as they stand, for who works with the cohort as they were handed in. */
export const sheetRoutes = (app: FastifyInstance, deps: AppDeps): void => {
  const making = { ...deps, write: createPaperThreads() }
  // Each builds a whole document.
  const limit = {
    max: 120,
    perMs: 600_000,
    quiet: true,
    by: (request: FastifyRequest) => sessionToken(request) ?? request.ip,
  }
  const answer = { type: 'application/octet-stream' }

  route(app, deps, {
    method: 'GET',
    path: paths.sheetFile(':group', ':task', ':kind'),
    access: ['sheet', 'take'],
    summary: 'A sheet of one’s own group as a file: docx, pdf or csv',
    ...{ params, query, answer, limit },
    handle: async ({ reply, actor, params: wish, query: { language } }) => {
      await reachGroup(deps, await actor(), ['sheet', 'take'], wish.group)
      return send(making, reply, { ...wish, language, handedIn: false })
    },
  })

  route(app, deps, {
    method: 'GET',
    path: paths.handedInFile(':group', ':task', ':kind'),
    access: ['sheet', 'see'],
    summary: 'A sheet as its group has handed it in, as a file',
    ...{ params, query, answer, limit },
    handle: async ({ reply, actor, params: wish, query: { language } }) => {
      await reachGroup(deps, await actor(), ['sheet', 'see'], wish.group)
      return send(making, reply, { ...wish, language, handedIn: true })
    },
  })
}

const send = async (
  making: Parameters<typeof makeSheetFile>[0],
  reply: FastifyReply,
  wish: FileWish,
): Promise<FastifyReply> => {
  const file = await makeSheetFile(making, wish)
  if (typeof file === 'string') throw refusalOf(file)
  return reply
    .header('cache-control', 'no-store')
    .header('content-disposition', `attachment; filename="${file.name}"`)
    .type(fileTypes[wish.kind])
    .send(Buffer.from(file.bytes))
}

const refusalOf = (failure: FileFailure): Refusal => {
  switch (failure) {
    case 'not-found':
      return notFound()
    case 'busy':
      return new Refusal('busy', 'too much to read now, try again soon')
    case 'unreadable':
      return new Refusal('server-error', 'the words cannot be read')
  }
}
