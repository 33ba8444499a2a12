import type { FastifyInstance } from 'fastify'
import * as v from 'valibot'
import { idParam, madeSchema } from '../../shared/domain/administration.ts'
import {
  allContactsSchema,
  contactBodySchema,
  contactListSchema,
} from '../../shared/domain/contact.ts'
import type { Actor } from '../../shared/domain/policy.ts'
import { paths } from '../../shared/protocol/paths.ts'
import type { AppDeps } from '../app-deps.ts'
import type { By } from '../people/cohorts.ts'
import {
  addContact,
  changeContact,
  contactsFor,
  readAllContacts,
  removeContact,
} from '../people/contacts.ts'
import { demand, notFound, route } from './route.ts'

const withId = v.strictObject({ id: idParam })

/** Whom one can ask, and who they are. */
export const contactRoutes = (app: FastifyInstance, deps: AppDeps): void => {
  route(app, deps, {
    method: 'GET',
    path: paths.contacts,
    access: ['contact', 'read'],
    summary: 'Contact persons of the network and of one’s own municipality',
    answer: contactListSchema,
    handle: async ({ reply, person, actor }) => {
      const { network } = await actor()
      reply.header('cache-control', 'no-store')
      return { contacts: await contactsFor(deps.db, network, person) }
    },
  })

  route(app, deps, {
    method: 'GET',
    path: paths.allContacts,
    access: ['contact', 'change'],
    summary: 'All contact persons of the network',
    answer: allContactsSchema,
    handle: async ({ reply, actor }) => {
      const { network } = changing(await actor())
      reply.header('cache-control', 'no-store')
      return readAllContacts(deps.db, network)
    },
  })

  route(app, deps, {
    method: 'POST',
    path: paths.allContacts,
    access: ['contact', 'change'],
    summary: 'Add a contact person',
    body: contactBodySchema,
    answer: madeSchema,
    handle: async ({ actor, body }) => {
      const by = changing(await actor())
      const made = await deps.store.write((tx) => addContact(tx, by, body, deps.now()))
      if (!made) throw notFound()
      return made
    },
  })

  route(app, deps, {
    method: 'PUT',
    path: paths.contact(':id'),
    access: ['contact', 'change'],
    summary: 'Change a contact person',
    params: withId,
    body: contactBodySchema,
    answer: 'nothing',
    handle: async ({ reply, actor, params: { id }, body }) => {
      const by = changing(await actor())
      const found = await deps.store.write((tx) => changeContact(tx, by, id, body, deps.now()))
      if (!found) throw notFound()
      return reply.code(204).send()
    },
  })

  route(app, deps, {
    method: 'DELETE',
    path: paths.contact(':id'),
    access: ['contact', 'change'],
    summary: 'Remove a contact person',
    params: withId,
    answer: 'nothing',
    handle: async ({ reply, actor, params: { id } }) => {
      const by = changing(await actor())
      if (!(await deps.store.write((tx) => removeContact(tx, by, id, deps.now())))) throw notFound()
      return reply.code(204).send()
    },
  })
}

const changing = (actor: Actor): By => {
  demand(actor, ['contact', 'change'], { network: actor.network })
  return { network: actor.network, by: actor.person }
}
