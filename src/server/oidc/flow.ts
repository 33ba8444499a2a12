import { randomBytes } from 'node:crypto'
import {
  AuthorizationResponseError,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client'
import { hashOfCode, lookAtInvitation } from '../people/invitations.ts'
import type { SignedIn } from '../people/sessions.ts'
import { sha256 } from '../store/hash.ts'
import type { Store } from '../store/store.ts'
import { enter } from './enter.ts'
import type { Provider } from './providers.ts'

const minute = 60 * 1000
/** The flow cookie lives as long. */
export const flowLifetime = 10 * minute

export interface OidcDeps {
  store: Store
  now: () => number
  providers: ReadonlyMap<string, Provider>
  /** The whole address to which a provider sends people back; each has one of its own, and their clients know it. */
  redirectUri: (provider: string) => string
}

/**
 * `no-flow`: it was not begun in this browser, not with this provider, or has been finished. `declined`: the person said no.
 * `provider-failed`: the provider does not answer, or what it says is not to be trusted. `no-invitation`: nobody here has bound
 * themselves to this identity. `already-bound`: the identity is somebody else's in the invitation's network.
 */
export type OidcFailure =
  | 'no-provider'
  | 'provider-down'
  | 'no-flow'
  | 'flow-expired'
  | 'declined'
  | 'provider-failed'
  | 'no-invitation'
  | 'code-expired'
  | 'already-bound'

export interface StartedFlow {
  redirectTo: string
  /** Goes into an HttpOnly cookie: only this browser can finish. SameSite=Lax, for the way back is another site's link. */
  browserCookie: string
}

/** Begins to sign in: with an open invitation's code, or as somebody who has bound themselves before. */
export const startFlow = async (
  { store, now, providers, redirectUri }: OidcDeps,
  { provider: id, invitation }: { provider: string; invitation: string | null },
): Promise<StartedFlow | OidcFailure> => {
  const provider = providers.get(id)
  if (!provider) return 'no-provider'
  if (invitation !== null && (await lookAtInvitation(store.db, invitation, now())) !== 'open') {
    return 'code-expired'
  }
  const configuration = await provider.configuration()
  if (!configuration) return 'provider-down'

  const [state, nonce, verifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()]
  const browserCookie = randomBytes(32).toString('base64url')
  await store.write(async (db) => {
    await db.deleteFrom('oidc_flow').where('expires_at', '<=', now()).execute()
    await db
      .insertInto('oidc_flow')
      .values({
        state: sha256(state),
        provider: id,
        browser: sha256(browserCookie),
        nonce,
        verifier,
        invitation: invitation === null ? null : hashOfCode(invitation),
        expires_at: now() + flowLifetime,
      })
      .execute()
  })
  const redirectTo = buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri(id),
    scope: provider.settings.scope,
    state,
    nonce,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    // On a shared machine somebody else may be signed in at the provider: who is bound is to say who they are.
    ...(invitation !== null && { prompt: 'login' }),
  })
  return { redirectTo: redirectTo.href, browserCookie }
}

export interface Finishing {
  provider: string
  /** What the provider sent the browser to; only its query is read. */
  url: string
  browserCookie: string | undefined
  /** Names the device. */
  label: string | null
}

/** Ends what `startFlow` has begun, once, whatever comes of it. */
export const finishFlow = async (
  deps: OidcDeps,
  { provider: id, url, browserCookie, label }: Finishing,
): Promise<SignedIn | OidcFailure> => {
  const { store, now, providers, redirectUri } = deps
  const provider = providers.get(id)
  if (!provider) return 'no-provider'
  const current = new URL(redirectUri(id))
  current.search = new URL(url, current).search
  const state = current.searchParams.get('state')
  if (state === null || browserCookie === undefined) return 'no-flow'

  // 1. One statement takes the flow: of two that finish it, one does.
  const flow = await store.write((db) =>
    db
      .deleteFrom('oidc_flow')
      .where('state', '=', sha256(state))
      .where('browser', '=', sha256(browserCookie))
      .where('provider', '=', id)
      .returningAll()
      .executeTakeFirst(),
  )
  if (!flow) return 'no-flow'
  if (flow.expires_at <= now()) return 'flow-expired'

  // 2. Who it is. Outside of a transaction: the provider may be slow.
  const configuration = await provider.configuration()
  if (!configuration) return 'provider-down'
  const identity = await identify(configuration, current, { ...flow, state })
  if (typeof identity === 'string') return identity

  // 3. Whom that lets in.
  return store.write((db) => enter({ now }, db, identity, flow.invitation, label))
}

/** Issuer and subject are all that is taken from what the provider tells. */
const identify = async (
  configuration: Configuration,
  current: URL,
  { state, nonce, verifier }: { state: string; nonce: string; verifier: string },
): Promise<{ issuer: string; subject: string } | 'declined' | 'provider-failed'> => {
  try {
    const tokens = await authorizationCodeGrant(configuration, current, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    })
    const claims = tokens.claims()
    // An empty subject would be one and the same person to us, whoever they are.
    return claims?.sub ? { issuer: claims.iss, subject: claims.sub } : 'provider-failed'
  } catch (error) {
    const said = error instanceof AuthorizationResponseError ? error.error : null
    return said === 'access_denied' ? 'declined' : 'provider-failed'
  }
}
