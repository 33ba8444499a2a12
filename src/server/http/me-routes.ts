import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import { ownDataFileName, ownDataPageName } from '../../shared/domain/own-data.ts'
import { meSchema } from '../../shared/domain/person.ts'
import { languageSchema } from '../../shared/domain/text.ts'
import { paths } from '../../shared/protocol/paths.ts'
import type { AppDeps } from '../app-deps.ts'
import { eraseThemselves } from '../people/erase-people.ts'
import { readMe } from '../people/me.ts'
import { ownDataFile } from '../people/own-data/own-data-file.ts'
import { ownDataPage } from '../people/own-data/own-data-page.ts'
import { readOwnFacts } from '../people/own-data/own-facts.ts'
import { readOwnWords } from '../people/own-data/own-words.ts'
import { Refusal } from './answers.ts'
import { notFound, route } from './route.ts'
import { sessionToken } from './session-cookie.ts'

/** Who somebody is here, all that the server has of them, and how they are forgotten. */
export const meRoutes = (app: FastifyInstance, deps: AppDeps): void => {
  route(app, deps, {
    method: 'GET',
    path: paths.me,
    access: ['me', 'read'],
    summary: 'Who is signed in, and where their words belong',
    answer: meSchema,
    handle: async ({ person }) => {
      const me = await readMe(deps.db, person)
      if (!me) throw new Refusal('not-signed-in', 'sign in first')
      return me
    },
  })

  // Each reads all that somebody has written; a hall shares one address, so it is the session that may not ask too often.
  const seldom = {
    max: 20,
    perMs: 600_000,
    by: (request: FastifyRequest) => sessionToken(request) ?? request.ip,
  }
  const factsOf = async (person: string) => {
    const facts = await readOwnFacts(deps.db, person, deps.now())
    if (!facts) throw new Refusal('not-signed-in', 'sign in first')
    return facts
  }

  route(app, deps, {
    method: 'GET',
    path: paths.ownData,
    access: ['me', 'export'],
    summary: 'All that the server has of whoever asks: src/shared/domain/own-data.ts',
    answer: { type: 'application/json' },
    limit: seldom,
    handle: async ({ reply, person }) => {
      const facts = await factsOf(person)
      const pieces = ownDataFile(facts, readOwnWords(deps, person), deps.now())
      return asDownload(reply, ownDataFileName, 'application/json; charset=utf-8').send(
        Readable.from(pieces),
      )
    },
  })

  route(app, deps, {
    method: 'GET',
    path: paths.ownDataPage,
    access: ['me', 'export'],
    summary: 'The same as a page for people, without scripts',
    query: v.object({ language: v.optional(languageSchema, 'nn') }),
    answer: { type: 'text/html' },
    limit: seldom,
    handle: async ({ reply, person, query: { language } }) => {
      const facts = await factsOf(person)
      const words = readOwnWords(deps, person)
      const pieces = ownDataPage(facts, words, { language, now: deps.now() })
      return asDownload(reply, ownDataPageName, 'text/html; charset=utf-8')
        .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
        .send(Readable.from(pieces))
    },
  })

  route(app, deps, {
    method: 'DELETE',
    path: paths.me,
    access: ['me', 'erase'],
    summary: 'Erase oneself and all own words, for ever',
    answer: 'nothing',
    limit: { max: 120, perMs: 600_000 },
    handle: async ({ reply, person }) => {
      const outcome = await eraseThemselves(deps, person)
      if (outcome === 'not-found') throw notFound()
      if (outcome === 'last-administrator')
        throw new Refusal(outcome, 'the network has no other administrator')
      deps.scrubber.wanted()
      return reply.code(204).send()
    },
  })
}

const asDownload = (reply: FastifyReply, name: string, type: string): FastifyReply =>
  reply
    .type(type)
    .header('cache-control', 'no-store')
    .header('content-disposition', `attachment; filename="${name}"`)
