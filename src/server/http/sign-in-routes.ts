import type { FastifyInstance, FastifyReply } from 'fastify'
import * as v from 'valibot'
import {
  newLinkSchema,
  type ProviderFailure,
  signInWaysSchema,
  startedProviderSchema,
  startProviderSchema,
} from '../../shared/domain/sign-in.ts'
import { paths } from '../../shared/protocol/paths.ts'
import type { AppDeps } from '../app-deps.ts'
import { finishFlow, flowLifetime, startFlow } from '../oidc/flow.ts'
import { deviceLabel } from '../people/devices.ts'
import { Refusal } from './answers.ts'
import { notFound, route } from './route.ts'
import { hostCookie, setSessionCookie } from './session-cookie.ts'

const flowCookie = 'loft_flow'

/** A new link by mail, and the own login. */
export const signInRoutes = (app: FastifyInstance, deps: AppDeps): void => {
  const { mail, oidc } = deps

  route(app, deps, {
    method: 'GET',
    path: paths.signInWays,
    access: ['session', 'open'],
    summary: 'How one may sign in here besides by a code',
    answer: signInWaysSchema,
    handle: () => ({
      mail: mail !== null,
      providers: [...oidc.providers.values()].map(({ settings: { id, label } }) => ({ id, label })),
    }),
  })

  route(app, deps, {
    method: 'POST',
    path: paths.newLink,
    access: ['session', 'open'],
    summary: 'Send a new link to whoever has this address; answered alike whether anybody has',
    body: newLinkSchema,
    answer: 'nothing',
    // A hall of people comes from one address. Mailboxes are guarded by the limit of each person.
    limit: { max: 120, perMs: 600_000 },
    handle: ({ reply, body: { email } }) => {
      if (mail === null) throw notFound()
      mail.newLink(email)
      return reply.code(204).send()
    },
  })

  route(app, deps, {
    method: 'POST',
    path: paths.oidcStart,
    access: ['session', 'open'],
    summary:
      'Begin to sign in at a provider; the answer says where to go, and sets a cookie for the way back',
    body: startProviderSchema,
    answer: startedProviderSchema,
    limit: { max: 60, perMs: 60_000 },
    handle: async ({ reply, body: { provider, code } }) => {
      const started = await startFlow(oidc, { provider, invitation: code })
      if (started === 'no-provider' || started === 'provider-down' || started === 'code-expired') {
        throw new Refusal(started, 'no way in')
      }
      if (typeof started === 'string') throw new Refusal('provider-down', 'no way in')
      reply.setCookie(hostCookie(app, flowCookie), started.browserCookie, {
        path: '/',
        httpOnly: true,
        sameSite: 'lax', // the way back is another site's link
        secure: deps.secureCookies,
        maxAge: flowLifetime / 1000,
      })
      return { redirectTo: started.redirectTo }
    },
  })

  route(app, deps, {
    method: 'GET',
    path: paths.oidcReturn(':provider'),
    access: ['session', 'open'],
    summary: 'Where a provider sends the browser back to',
    params: v.object({ provider: v.string() }),
    answer: { type: 'text/html' },
    limit: { max: 60, perMs: 60_000 },
    handle: async ({ request, reply, params: { provider } }) => {
      reply
        .clearCookie(hostCookie(app, flowCookie), { path: '/', secure: deps.secureCookies })
        .header('cache-control', 'no-store')
      const signedIn = await finishFlow(oidc, {
        provider,
        url: request.url,
        browserCookie: request.cookies[hostCookie(app, flowCookie)],
        label: deviceLabel(request.headers['user-agent']),
      })
      if (typeof signedIn === 'string') return backToPage(reply, signedIn)
      setSessionCookie(reply, signedIn.token, signedIn.expiresAt)
      return reply.redirect('/')
    },
  })
}

/** No page of ours, but a way to one: the provider's address, with what it says, must not stay in the browser. */
const backToPage = (reply: FastifyReply, failure: ProviderFailure): FastifyReply =>
  reply.redirect(`/inn?feil=${failure}`)
