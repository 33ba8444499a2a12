import * as v from 'valibot'

/** Such as `ansattporten`: the name of a provider in the settings. */
export const providerIdSchema = v.pipe(v.string(), v.regex(/^[a-z0-9]{1,40}$/))

/** `GET /api/v1/session/ways`: how one may sign in here besides by a code. */
export const signInWaysSchema = v.strictObject({
  /** A new link can be asked for by mail. */
  mail: v.boolean(),
  providers: v.array(v.strictObject({ id: providerIdSchema, label: v.string() })),
})
export type SignInWays = v.InferOutput<typeof signInWaysSchema>

/** `POST /api/v1/session/new-link`: answered alike whether anybody has the address. */
export const newLinkSchema = v.strictObject({
  email: v.pipe(v.string(), v.trim(), v.maxLength(254), v.email()),
})

/** `POST /api/v1/oidc/start`. `code` = that of the open invitation; null = somebody who is bound already. */
export const startProviderSchema = v.strictObject({
  provider: providerIdSchema,
  code: v.nullable(v.pipe(v.string(), v.nonEmpty(), v.maxLength(100))),
})
export const startedProviderSchema = v.strictObject({ redirectTo: v.string() })

/** Why a sign-in at a provider let nobody in; the page gets it as `/inn?feil=<one of these>`. */
export const providerFailures = [
  'no-provider',
  'provider-down',
  'provider-failed',
  'no-flow',
  'flow-expired',
  'declined',
  'no-invitation',
  'code-expired',
  'already-bound',
] as const
export type ProviderFailure = (typeof providerFailures)[number]
