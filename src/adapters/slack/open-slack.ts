import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ChatPlatform } from '../../app/ports/chat.ts'
import type { OutcomeLog } from '../../app/ports/outcome-log.ts'
import type { Publisher } from '../../app/ports/publisher.ts'
import type { RequestMemory } from '../../app/ports/request-memory.ts'
import type { RequestHandler } from './http-front.ts'
import { httpMode, type SlackListen } from './http-receiver.ts'
import { PostPace } from './post-pace.ts'
import { SeenRequests } from './seen-requests.ts'
import { SlackChat, type OnInstalled, type SlackEntrance } from './slack-chat.ts'
import { SlackPublisher } from './slack-publisher.ts'
import { oneToken, SlackInstallations, type InstallationStore, type SlackTokens } from './slack-tokens.ts'
import { SlackWeb } from './slack-web.ts'
import { SocketReceiver } from './socket-receiver.ts'
import { tokenSeal } from './token-seal.ts'

/** How the app is connected. */
export type SlackMode =
  /** One workspace, no public address. */
  | { readonly kind: 'socket'; readonly botToken: string; readonly appToken: string }
  /** One workspace, signed requests. */
  | {
      readonly kind: 'http'
      readonly botToken: string
      readonly signingSecret: string
      readonly listen: SlackListen | null
    }
  /** Many workspaces by OAuth. Tokens are sealed with a key drawn from `stateSecret`. */
  | {
      readonly kind: 'oauth'
      readonly signingSecret: string
      readonly clientId: string
      readonly clientSecret: string
      readonly stateSecret: string
      /** Where browsers find this service, without a slash at the end. */
      readonly publicUrl: string
      /** Of the operator's own workspace, for digests of the settings file; `null` where there are none. */
      readonly botToken: string | null
      readonly listen: SlackListen | null
    }

/** What Slack needs. */
export interface SlackOptions {
  readonly mode: SlackMode
  /** `SLACK_API_URL`: a proxy or GovSlack, ending in `/api/`; `null` for slack.com. */
  readonly apiUrl: string | null
  readonly store: InstallationStore
  /** Common to all processes. */
  readonly requests: RequestMemory
  readonly log: OutcomeLog
  readonly nowMs: () => number
}

/** Slack as a place to send to and as a platform to ask on. */
export interface Slack {
  readonly publisher: Publisher
  readonly chat: ChatPlatform
  /**
   * Answers a request of another server where its path begins with `/slack/`; `false` where it does not. For modes whose `listen` is `null`;
   * while nothing is served the answer is 503.
   */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => boolean
}

/** Opens Slack; nothing connects before `chat.serve`. */
export function openSlack(options: SlackOptions): Slack {
  const { mode, log, nowMs } = options
  const apiUrl = options.apiUrl === null ? null : withSlash(options.apiUrl)
  const installations =
    mode.kind === 'oauth'
      ? new SlackInstallations(options.store, tokenSeal(mode.stateSecret), nowMs, mode.botToken)
      : null
  const tokens: SlackTokens = installations ?? oneToken(mode.botToken ?? '')
  const web = new SlackWeb({ apiUrl, tokens, nowMs })
  const seen = new SeenRequests(options.requests, nowMs)
  let handler: RequestHandler | null = null
  const chat = new SlackChat({
    ...{ web, apiUrl, log, nowMs },
    installed: async () =>
      mode.kind === 'oauth'
        ? (await options.store.tenants()).filter(
            ({ platform, removedAtMs }) => platform === 'slack' && removedAtMs === null,
          )
        : [],
    checkEntrance: () =>
      mode.kind === 'socket' ? checkAppToken(mode.appToken, { apiUrl, nowMs }) : Promise.resolve([]),
    seen,
    openEntrance: (onInstalled) => {
      const entrance = openEntrance({ ...options, apiUrl }, installations, seen, onInstalled)
      handler = entrance.handler
      return entrance
    },
  })
  return {
    publisher: new SlackPublisher({ web, pace: new PostPace(), nowMs }),
    chat,
    handle: (request, response) => {
      if (request.url?.startsWith('/slack/') !== true) return false
      if (handler === null) response.writeHead(503).end()
      else handler(request, response)
      return true
    },
  }
}

/** Asks for the address of a connection, and makes none. */
async function checkAppToken(
  appToken: string,
  { apiUrl, nowMs }: Pick<SlackOptions, 'apiUrl' | 'nowMs'>,
): Promise<readonly string[]> {
  const web = new SlackWeb({ apiUrl, tokens: oneToken(appToken), nowMs })
  const answer = await web.call({ tenant: null, method: 'apps.connections.open', args: {} })
  if (answer.kind === 'done') return []
  if (answer.kind !== 'error') return ['Cannot connect to Slack: it does not answer']
  const words = 'make an app-level token with the scope "connections:write"; it begins with xapp-'
  return [`Cannot connect to Slack: SLACK_APP_TOKEN is refused (${answer.code}): ${words}`]
}

function openEntrance(
  { mode, apiUrl, log, nowMs }: SlackOptions,
  installations: SlackInstallations | null,
  seen: SeenRequests,
  onInstalled: OnInstalled,
): SlackEntrance & { readonly handler: RequestHandler | null } {
  if (mode.kind === 'socket') {
    const receiver = new SocketReceiver({ appToken: mode.appToken, apiUrl, log })
    return {
      ...{ receiver, hasInstaller: false, start: () => receiver.start(), stop: () => receiver.stop() },
      forget: () => Promise.resolve(),
      handler: null,
    }
  }
  const oauth =
    mode.kind === 'oauth' && installations !== null ? { ...mode, installations, onInstalled } : null
  const http = httpMode({
    ...{ signingSecret: mode.signingSecret, listen: mode.listen, apiUrl, seen, nowMs, oauth },
  })
  return {
    ...{
      receiver: http.receiver,
      handler: http.handler,
      hasInstaller: oauth !== null,
      start: () => http.start(),
      stop: () => http.stop(),
    },
    forget: (tenant) => installations?.remove(tenant) ?? Promise.resolve(),
    ...(installations === null || mode.botToken === null
      ? {}
      : { adopt: adoptionBy(installations, mode.botToken) }),
  }
}

function adoptionBy(
  installations: SlackInstallations,
  botToken: string,
): NonNullable<SlackEntrance['adopt']> {
  return (own, scopes) => installations.save({ ...own, botToken, scopes })
}

function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`
}
