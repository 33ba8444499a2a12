import type { FastifyInstance } from 'fastify'
import * as v from 'valibot'
import { idParam } from '../../shared/domain/administration.ts'
import type { Actor } from '../../shared/domain/policy.ts'
import {
  cohortRegistrationSchema,
  madeLinkSchema,
  newLinkSchema,
  registeredSchema,
  registrationSchema,
  registrationSightSchema,
} from '../../shared/domain/registration.ts'
import { paths } from '../../shared/protocol/paths.ts'
import type { AppDeps } from '../app-deps.ts'
import type { By } from '../people/cohorts.ts'
import { findCohort } from '../people/read-cohort-groups.ts'
import { lookAtRegistration, registerPeople } from '../people/registration.ts'
import {
  closeRegistrationLink,
  findPlaceOf,
  makeRegistrationLink,
} from '../people/registration-links.ts'
import { admitWaiting, readCohortRegistration, removeWaiting } from '../people/waiting-list.ts'
import { tellEntered } from '../words/membership.ts'
import { Refusal } from './answers.ts'
import { demand, notFound, route } from './route.ts'

const withId = v.strictObject({ id: idParam })
const withToken = v.object({ token: v.string() })

/** A municipality registers its people, and whom the cohort has no seat for waits. */
export const registrationRoutes = (app: FastifyInstance, deps: AppDeps): void => {
  route(app, deps, {
    method: 'GET',
    path: paths.registration(':token'),
    access: ['link', 'look'],
    summary: 'For which cohort and municipality a link registers people',
    params: withToken,
    answer: registrationSightSchema,
    limit: { max: 120, perMs: 60_000 },
    handle: async ({ reply, params: { token } }) => {
      const sight = await lookAtRegistration(deps.db, token, deps.now())
      reply.header('cache-control', 'no-store')
      return typeof sight === 'string' ? refuseLink(sight) : sight
    },
  })

  route(app, deps, {
    method: 'POST',
    path: paths.registration(':token'),
    access: ['link', 'enter'],
    summary:
      'Register people of that municipality; an address that is known is answered as a new one',
    params: withToken,
    body: registrationSchema,
    answer: registeredSchema,
    limit: { max: 30, perMs: 600_000 },
    handle: async ({ params: { token }, body }) => {
      const done = await deps.store.write((tx) => registerPeople(tx, deps, token, body))
      if (typeof done === 'string') return refuseLink(done)
      await tellEntered(deps, done.entered)
      return done.registered
    },
  })

  route(app, deps, {
    method: 'GET',
    path: paths.cohortRegistration(':id'),
    access: ['registration', 'list'],
    summary: 'The links by which municipalities register for a cohort, and who waits for a seat',
    params: withId,
    answer: cohortRegistrationSchema,
    handle: async ({ reply, actor, params: { id } }) => {
      await reach(await actor(), 'list', await findCohort(deps.db, id), id)
      const registration = await readCohortRegistration(deps.db, id)
      if (!registration) throw notFound()
      reply.header('cache-control', 'no-store')
      return registration
    },
  })

  route(app, deps, {
    method: 'POST',
    path: paths.registrationLinks(':id'),
    access: ['registration', 'change'],
    summary: 'Make a link for a municipality; its token is told once',
    params: withId,
    body: newLinkSchema,
    answer: madeLinkSchema,
    handle: async ({ reply, actor, params: { id }, body }) => {
      const by = await reach(await actor(), 'change', await findCohort(deps.db, id), id)
      const made = await deps.store.write((tx) =>
        makeRegistrationLink(tx, by, { ...body, cohort: id }, deps.now()),
      )
      if (made === 'not-found') throw notFound()
      if (made === 'no-such-day')
        throw new Refusal('bad-request', 'lastDay: today or later, within a year')
      reply.header('cache-control', 'no-store')
      return made
    },
  })

  route(app, deps, {
    method: 'DELETE',
    path: paths.registrationLink(':id'),
    access: ['registration', 'change'],
    summary: 'Close a link: nobody registers by it any more',
    params: withId,
    answer: 'nothing',
    handle: async ({ reply, actor, params: { id } }) => {
      const by = await reach(
        await actor(),
        'change',
        await findPlaceOf(deps.db, 'registration_link', id),
      )
      await deps.store.write((tx) => closeRegistrationLink(tx, by, id, deps.now()))
      return reply.code(204).send()
    },
  })

  route(app, deps, {
    method: 'POST',
    path: paths.admission(':id'),
    access: ['registration', 'change'],
    summary: 'Give somebody who waits a seat',
    params: withId,
    answer: 'nothing',
    handle: async ({ reply, actor, params: { id } }) => {
      const by = await reach(
        await actor(),
        'change',
        await findPlaceOf(deps.db, 'waiting_person', id),
      )
      const done = await deps.store.write((tx) => admitWaiting(tx, deps, by, id))
      if (done === 'not-found') throw notFound()
      if (done === 'over-capacity') throw new Refusal(done, 'every seat is taken')
      await tellEntered(deps, done.entered)
      return reply.code(204).send()
    },
  })

  route(app, deps, {
    method: 'DELETE',
    path: paths.waitingPerson(':id'),
    access: ['registration', 'change'],
    summary: 'Take somebody off the waiting list, with all that is known of them',
    params: withId,
    answer: 'nothing',
    handle: async ({ reply, actor, params: { id } }) => {
      const by = await reach(
        await actor(),
        'change',
        await findPlaceOf(deps.db, 'waiting_person', id),
      )
      if (!(await deps.store.write((tx) => removeWaiting(tx, by, id, deps.now())))) throw notFound()
      return reply.code(204).send()
    },
  })
}

/** Who does it and where, if it is there and within their reach. */
const reach = async (
  actor: Actor,
  action: 'list' | 'change',
  place: { network: string; cohort?: string } | null,
  cohort = place?.cohort ?? null,
): Promise<By> => {
  if (!place) throw notFound()
  demand(actor, ['registration', action], { network: place.network, cohort })
  return { network: place.network, by: actor.person }
}

const refuseLink = (failure: keyof typeof messages): never => {
  const code = failure === 'no-such-audience' ? 'bad-request' : failure
  throw new Refusal(code, messages[failure])
}
const messages = {
  'wrong-link': 'no such link',
  'link-expired': 'the link is too old',
  'link-closed': 'the link is closed',
  'link-full': 'the link has registered as many as it may',
  'no-such-audience': 'people: the programme is for no such audience',
}
