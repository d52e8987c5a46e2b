import { createFetcher, type Fetcher } from './adapters/fetch/http-fetcher.ts'
import type { FeedSecrets, FeedSource } from './app/ports/feed-source.ts'
import { valueOf } from './config/feed-settings.ts'
import { withDotEnv, type Environment } from './config/load-settings.ts'
import type { Settings } from './config/settings.ts'
import type { Street } from './street.ts'

/** A fetcher as the settings want it. */
export function openFetcher(street: Street, version: string, { fetch }: Settings): Fetcher {
  const { nowMs, serviceTime } = street
  const { contact_url: contactUrl, proxy_url: proxy } = fetch
  return createFetcher({
    ...{ version, nowMs, allowAddresses: fetch.allow_addresses },
    ...(contactUrl === undefined ? {} : { contactUrl }),
    ...(proxy === undefined ? {} : { proxyUrl: valueOf(proxy, withDotEnv(street.env)) }),
    ...(serviceTime === undefined ? {} : { sleep: serviceTime.sleep }),
  })
}

/** Headers, cookies and passwords by the URL of the feed that they are for. */
export type SecretsByUrl = ReadonlyMap<string, FeedSecrets>

/** What the operator's feeds need to be let in. */
export function feedSecrets({ feeds }: Settings, env: Environment): SecretsByUrl {
  return new Map(
    feeds.flatMap(({ url, headers, cookies, basic_auth: login }) => {
      if (headers === undefined && cookies === undefined && login === undefined) return []
      const secrets: FeedSecrets = {
        ...(headers === undefined ? {} : { headers: valuesOf(headers, env) }),
        ...(cookies === undefined ? {} : { cookies: valueOf(cookies, env) }),
        ...(login === undefined
          ? {}
          : { basicAuth: { user: valueOf(login.user, env), password: valueOf(login.password, env) } }),
      }
      return [[url, secrets] as const]
    }),
  )
}

function valuesOf(
  headers: Readonly<Record<string, string>>,
  env: Environment,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, valueOf(value, env)]))
}

/** Words of secrets that no log may show. */
export function secretWords(secrets: SecretsByUrl): string[] {
  return [...secrets.values()].flatMap(({ headers = {}, cookies, basicAuth }) => [
    ...Object.values(headers).filter((value) => value.length >= MIN_SECRET_CHARS),
    ...(cookies === undefined ? [] : [cookies]),
    ...(basicAuth === undefined ? [] : [basicAuth.password]),
  ])
}

/** Shorter header values, as a language, are no secrets; to star them out would spoil the log. */
const MIN_SECRET_CHARS = 8

/** The same source; it knows the secrets of the operator's feeds. Never for what a tenant asks for. */
export function withSecrets(web: FeedSource, secrets: SecretsByUrl): FeedSource {
  return {
    fetchFeed: (request) => {
      const known = request.secrets ?? secrets.get(request.url)
      return web.fetchFeed(known === undefined ? request : { ...request, secrets: known })
    },
  }
}
