import type { FastifyInstance } from 'fastify'
import * as v from 'valibot'
import { idParam, madeSchema } from '../../shared/domain/administration.ts'
import {
  invitedSchema,
  invitingSchema,
  newPersonSchema,
  peopleListSchema,
  personChangeSchema,
} from '../../shared/domain/people.ts'
import { peopleFileLimits, peoplePreviewSchema } from '../../shared/domain/people-file.ts'
import { type Access, type Actor, reachOf } from '../../shared/domain/policy.ts'
import { paths } from '../../shared/protocol/paths.ts'
import type { AppDeps } from '../app-deps.ts'
import { eraseByAdministrator } from '../people/erase-people.ts'
import { invite } from '../people/invitations.ts'
import { importPeople } from '../people/people-file/import-people.ts'
import { planPeople } from '../people/people-file/plan-people.ts'
import { readPeople } from '../people/read-people.ts'
import { addPerson, rewritePerson, type WrittenPerson } from '../people/write-person.ts'
import { tellEntered } from '../words/membership.ts'
import { Refusal } from './answers.ts'
import { demand, notFound, route } from './route.ts'

const withId = v.strictObject({ id: idParam })
const csv = { type: 'text/csv' } as const
const change: Access = ['person', 'change']

/** Who is in the network: by file, by hand, invited, erased. */
export const peopleRoutes = (app: FastifyInstance, deps: AppDeps): void => {
  // Bytes, for nobody knows yet in which alphabet they are.
  app.addContentTypeParser(
    csv.type,
    { parseAs: 'buffer', bodyLimit: peopleFileLimits.bytes + 1 },
    (_request, body, done) => done(null, body),
  )

  route(app, deps, {
    method: 'GET',
    path: paths.people,
    access: ['person', 'list'],
    summary:
      'The people of the network, or of the cohorts that one works with, without addresses then',
    answer: peopleListSchema,
    handle: async ({ reply, actor }) => {
      const { roles, network, facilitates } = await actor()
      const all = reachOf(roles, ['person', 'list']) === 'network'
      const list = await readPeople(
        deps.db,
        { network, cohorts: all ? null : facilitates, withAddresses: all },
        deps.now(),
      )
      reply.header('cache-control', 'no-store')
      return { ...list, mail: deps.mail !== null }
    },
  })

  route(app, deps, {
    method: 'POST',
    path: paths.peoplePreview,
    access: change,
    summary: 'What importing this file of people would do, and every problem in it',
    body: csv,
    answer: peoplePreviewSchema,
    bodyLimit: peopleFileLimits.bytes + 1,
    limit: { max: 60, perMs: 60_000 },
    handle: async ({ request, actor }) => {
      const { network } = allowed(await actor(), change)
      const plan = await planPeople(deps.db, { network, bytes: bytesOf(request.body) })
      return plan.preview
    },
  })

  route(app, deps, {
    method: 'POST',
    path: paths.peopleImport,
    access: change,
    summary: 'Import a file of people: all of it, or nothing where there is one problem',
    body: csv,
    answer: peoplePreviewSchema,
    bodyLimit: peopleFileLimits.bytes + 1,
    limit: { max: 30, perMs: 60_000 },
    handle: async ({ request, actor }) => {
      const { network, person } = allowed(await actor(), change)
      const bytes = bytesOf(request.body)
      const done = await deps.store.write((tx) =>
        importPeople(tx, deps, { network, by: person, bytes }),
      )
      if (!done) throw notFound()
      await tellEntered(deps, done.entered)
      return done.preview
    },
  })

  route(app, deps, {
    method: 'POST',
    path: paths.people,
    access: change,
    summary: 'Add one person by hand',
    body: newPersonSchema,
    answer: madeSchema,
    handle: async ({ actor, body }) => {
      const by = byOf(allowed(await actor(), change))
      const { id } = await finish(
        deps,
        await deps.store.write((tx) => addPerson(tx, deps, by, body)),
      )
      return { id }
    },
  })

  route(app, deps, {
    method: 'PUT',
    path: paths.person(':id'),
    access: change,
    summary: 'Change what is known of a person, their roles among it',
    params: withId,
    body: personChangeSchema,
    answer: 'nothing',
    handle: async ({ reply, actor, params: { id }, body }) => {
      const by = byOf(allowed(await actor(), change))
      await finish(deps, await deps.store.write((tx) => rewritePerson(tx, deps, by, id, body)))
      return reply.code(204).send()
    },
  })

  route(app, deps, {
    method: 'DELETE',
    path: paths.person(':id'),
    access: ['person', 'erase'],
    summary: 'Erase a person of the network and all own words, for ever',
    params: withId,
    answer: 'nothing',
    handle: async ({ reply, actor, params: { id } }) => {
      const { network, person } = allowed(await actor(), ['person', 'erase'])
      const { people } = await readPeople(
        deps.db,
        { network, cohorts: null, withAddresses: false },
        deps.now(),
      )
      if (!people.some((one) => one.id === id)) throw notFound()
      const done = await eraseByAdministrator(deps, { by: person, network }, id)
      if (done === 'not-found') throw notFound()
      if (done === 'last-administrator') throw new Refusal(done, 'the network has no other one')
      deps.scrubber.wanted()
      return reply.code(204).send()
    },
  })

  route(app, deps, {
    method: 'POST',
    path: paths.invitations,
    access: ['person', 'invite'],
    summary: 'Invite people: by mail, or by links that are told in this answer alone',
    body: invitingSchema,
    answer: invitedSchema,
    limit: { max: 60, perMs: 60_000 },
    handle: async ({ reply, actor, body: { people } }) => {
      const { network, person } = allowed(await actor(), ['person', 'invite'])
      const byMail = deps.mail !== null
      const invited = await deps.store.write((tx) =>
        invite(tx, { network, by: person, people, byMail }, deps.now()),
      )
      if (invited.left.length === people.length) throw notFound()
      deps.mail?.wanted()
      reply.header('cache-control', 'no-store')
      return invited
    },
  })
}

const allowed = (actor: Actor, access: Access): Actor => {
  demand(actor, access, { network: actor.network })
  return actor
}
const byOf = ({ network, person }: Actor) => ({ network, by: person })

const finish = async (deps: AppDeps, done: WrittenPerson) => {
  if (done === 'not-found') throw notFound()
  if (typeof done === 'string') throw new Refusal(done, 'nothing is changed')
  await tellEntered(deps, done.entered)
  return done
}

const bytesOf = (body: unknown): Uint8Array => {
  if (!Buffer.isBuffer(body)) throw new Refusal('bad-request', 'a CSV file is expected')
  return body
}
