import {
  allowInsecureRequests,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  discovery,
  enableNonRepudiationChecks,
} from 'openid-client'
import type { ProviderSettings } from './settings.ts'

export interface Provider {
  settings: ProviderSettings
  /** Asks the provider how it works, when somebody needs it; null = it does not answer now. */
  configuration(): Promise<Configuration | null>
}

const minute = 60 * 1000
const keptFor = 60 * minute
/** So that not everybody waits for a provider that is down. */
const failureKeptFor = 10_000

/** Nothing is asked here: a provider that is down stops neither the server nor the other ways in. */
export const createProviders = (
  settings: readonly ProviderSettings[],
  now: () => number,
  timeoutMs = 5000,
): ReadonlyMap<string, Provider> =>
  new Map(settings.map((one) => [one.id, createProvider(one, now, timeoutMs)]))

const createProvider = (
  settings: ProviderSettings,
  now: () => number,
  timeoutMs: number,
): Provider => {
  let kept: { asked: Promise<Configuration | null>; until: number } | null = null
  return {
    settings,
    configuration: () => {
      if (kept && now() < kept.until) return kept.asked
      const mine = { asked: discover(settings, timeoutMs), until: now() + keptFor }
      kept = mine
      void mine.asked.then((found) => {
        if (found === null) mine.until = now() + failureKeptFor
      })
      return mine.asked
    },
  }
}

const discover = (
  { issuer, clientId, clientSecret }: ProviderSettings,
  timeoutMs: number,
): Promise<Configuration | null> =>
  discovery(issuer, clientId, undefined, asItLikes(clientSecret), {
    timeout: timeoutMs / 1000,
    // The connection says who the provider is, and the signature says it again.
    execute: [
      enableNonRepudiationChecks,
      ...(issuer.protocol === 'http:' ? [allowInsecureRequests] : []),
    ],
  }).catch(() => null)

/** A provider that does not say how it takes a client's secret takes it as HTTP's own authorization. */
const asItLikes =
  (secret: string): ClientAuth =>
  (server, ...rest) => {
    const ways = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    const auth = ways.includes('client_secret_post') ? ClientSecretPost : ClientSecretBasic
    auth(secret)(server, ...rest)
  }
