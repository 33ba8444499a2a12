import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as v from 'valibot'
import { calendarSchema, icalendarType, madeCalendarSchema } from '../../shared/domain/calendar.ts'
import { idSchema, languageSchema } from '../../shared/domain/text.ts'
import { paths } from '../../shared/protocol/paths.ts'
import type { AppDeps } from '../app-deps.ts'
import { feedMadeAt, makeFeed, personOfFeed } from '../calendar/calendar-feed.ts'
import { readCalendar, readStopCalendar } from '../calendar/read-calendar.ts'
import { notFound, route } from './route.ts'
import { sessionToken } from './session-cookie.ts'

const inLanguage = v.strictObject({ language: v.optional(languageSchema, 'nn') })
/** Programs add things of their own to an address. */
const inSomeLanguage = v.object({ language: v.fallback(languageSchema, 'nn') })

/** The gatherings in people's own calendars: a secret address for each person, and single files. */
export const calendarRoutes = (app: FastifyInstance, deps: AppDeps): void => {
  const origin = ({ protocol, host }: FastifyRequest): string =>
    deps.publicOrigin ?? `${protocol}://${host}`
  const pageOf = (request: FastifyRequest) => (stop: string) => `${origin(request)}/samling/${stop}`

  route(app, deps, {
    method: 'GET',
    path: paths.calendar,
    access: ['calendar', 'make'],
    summary: 'When one’s secret address for calendar programs was made',
    answer: calendarSchema,
    handle: async ({ reply, person }) => {
      reply.header('cache-control', 'no-store')
      return { madeAt: await feedMadeAt(deps.db, person) }
    },
  })

  route(app, deps, {
    method: 'POST',
    path: paths.calendar,
    access: ['calendar', 'make'],
    summary: 'Make one’s secret address for calendar programs; the one before ends',
    query: inLanguage,
    answer: madeCalendarSchema,
    limit: {
      max: 20,
      perMs: 600_000,
      by: (request) => sessionToken(request) ?? request.ip,
    },
    handle: async ({ request, reply, person, query: { language } }) => {
      const token = await deps.store.write((tx) => makeFeed(tx, person, deps.now()))
      if (token === null) throw notFound()
      reply.header('cache-control', 'no-store')
      const address = `${origin(request)}${paths.calendarFeed(token)}`
      return { address: language === 'nn' ? address : `${address}?language=${language}` }
    },
  })

  route(app, deps, {
    method: 'GET',
    path: paths.calendarFeed(':token([\\w-]{1,80})'),
    access: ['calendar', 'read'],
    summary: 'Somebody’s calendar, for whichever program has its secret address',
    params: v.object({ token: v.string() }),
    query: inSomeLanguage,
    answer: { type: icalendarType },
    // The large calendar services ask for everybody from a few addresses; nobody finds 192 bits by trying.
    limit: { max: 600, perMs: 60_000, quiet: true },
    handle: async ({ request, reply, params: { token }, query: { language } }) => {
      const person = await personOfFeed(deps.db, token)
      const calendar =
        person && (await readCalendar(deps.db, person, { language, pageOf: pageOf(request) }))
      if (!calendar) throw notFound()
      const etag = `"${createHash('sha256').update(calendar).digest('hex').slice(0, 32)}"`
      reply
        .header('etag', etag)
        .header('cache-control', 'private, no-cache')
        .header('x-robots-tag', 'noindex')
        .header('x-content-type-options', 'nosniff')
      if (request.headers['if-none-match']?.includes(etag)) return reply.code(304).send()
      return asCalendar(reply).send(calendar)
    },
  })

  route(app, deps, {
    method: 'GET',
    path: paths.stopCalendar(':stop'),
    access: ['gathering', 'read'],
    summary: 'One stop of one’s own cohort as a file for a calendar program',
    params: v.strictObject({ stop: idSchema }),
    query: inLanguage,
    answer: { type: icalendarType },
    handle: async ({ request, reply, person, params: { stop }, query: { language } }) => {
      const asked = { language, pageOf: pageOf(request) }
      const calendar = await readStopCalendar(deps.db, person, stop, asked)
      if (!calendar) throw notFound()
      reply
        .header('cache-control', 'no-store')
        .header('content-disposition', `attachment; filename="${stop}.ics"`)
      return asCalendar(reply).send(calendar)
    },
  })
}

const asCalendar = (reply: FastifyReply): FastifyReply =>
  reply.type(`${icalendarType}; charset=utf-8`)
