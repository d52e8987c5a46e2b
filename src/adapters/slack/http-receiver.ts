import type { AddressInfo } from 'node:net'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { HTTPReceiver, type Installation, type InstallationStore as BoltStore } from '@slack/bolt'
import { frontServer, httpFront, type RequestHandler } from './http-front.ts'
import type { SeenRequests } from './seen-requests.ts'
import { BOT_SCOPES } from './scopes.ts'
import { silentLogger } from './silent-logger.ts'
import type { SlackInstall, SlackInstallations } from './slack-tokens.ts'
import { webOptions } from './slack-web.ts'

/** Many workspaces install the app by OAuth. */
export interface OAuthOptions {
  readonly clientId: string
  readonly clientSecret: string
  readonly stateSecret: string
  /** Where people's browsers find this service, without a slash at the end. */
  readonly publicUrl: string
  readonly installations: SlackInstallations
  /** Hears of each installation; `installer` is the person who made it. */
  readonly onInstalled: (install: SlackInstall, installer: string) => void
}

/** Where requests of Slack arrive. */
export interface SlackListen {
  readonly host: string
  readonly port: number
}

/** How to be reached. */
export interface HttpReceiverOptions {
  readonly signingSecret: string
  /** `null` where another server hands requests on. */
  readonly listen: SlackListen | null
  readonly apiUrl: string | null
  readonly seen: SeenRequests
  readonly nowMs: () => number
  /** `null` where the only workspace's token is known. */
  readonly oauth: OAuthOptions | null
}

/** Where Slack sends commands, interactions and events. */
export const EVENTS_PATH = '/slack/events'

/** Where people begin to install the app. */
const INSTALL_PATH = '/slack/install'

/** Where Slack sends them back to. */
export const REDIRECT_PATH = '/slack/oauth_redirect'

/** A receiver of Bolt with a stricter door before it. */
export interface HttpMode {
  readonly receiver: HTTPReceiver
  readonly handler: RequestHandler
  /** Gives the port it listens on, where it does. */
  start(): Promise<number | undefined>
  stop(): Promise<void>
}

/** Builds the HTTP side; nothing listens before `start`. */
export function httpMode(options: HttpReceiverOptions): HttpMode {
  const receiver = new HTTPReceiver({
    signingSecret: options.signingSecret,
    endpoints: [EVENTS_PATH],
    logger: silentLogger,
    ...(options.oauth === null ? {} : oauthOptions(options.oauth, options.apiUrl)),
  })
  const handler = httpFront({
    ...{
      signingSecret: options.signingSecret,
      signedPath: EVENTS_PATH,
      seen: options.seen,
      nowMs: options.nowMs,
    },
    next: (request, response) => {
      receiver.requestListener(request, response)
    },
  })
  if (options.listen === null) {
    return { receiver, handler, start: () => Promise.resolve(undefined), stop: () => Promise.resolve() }
  }
  const server = frontServer(handler)
  const { listen: place } = options
  return { receiver, handler, start: () => listen(server, place), stop: () => close(server) }
}

function listen(server: Server, { host, port }: SlackListen): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      reject(new Error(`Cannot listen for Slack on ${host}:${port}: ${error.message}`))
    })
    server.listen(port, host, () => {
      resolve((server.address() as AddressInfo).port)
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve()
    })
    server.closeIdleConnections()
  })
}

function oauthOptions(
  { clientId, clientSecret, stateSecret, publicUrl, installations, onInstalled }: OAuthOptions,
  apiUrl: string | null,
) {
  return {
    ...{ clientId, clientSecret, stateSecret },
    scopes: Object.keys(BOT_SCOPES),
    redirectUri: `${publicUrl}${REDIRECT_PATH}`,
    installationStore: boltStore(installations),
    installerOptions: {
      directInstall: true,
      installPath: INSTALL_PATH,
      redirectUriPath: REDIRECT_PATH,
      clientOptions: webOptions(apiUrl),
      ...(apiUrl === null ? {} : { authorizationUrl: new URL('../oauth/v2/authorize', apiUrl).href }),
      callbackOptions: {
        success: (
          installed: Installation,
          _options: unknown,
          _request: IncomingMessage,
          response: ServerResponse,
        ) => {
          onInstalled(readInstallation(installed), installed.user.id)
          page(response, 200, 'tidings is installed. Go back to Slack and type /newsroom setup.')
        },
        failure: (_error: Error, _options: unknown, _request: IncomingMessage, response: ServerResponse) => {
          page(response, 400, `tidings was not installed. Begin again at ${INSTALL_PATH}.`)
        },
      },
    },
  }
}

function page(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': "default-src 'none'",
    'Cache-Control': 'no-store',
  })
  response.end(`<!doctype html><meta charset="utf-8"><title>tidings</title><p>${words}</p>`)
}

function boltStore(installations: SlackInstallations): BoltStore {
  return {
    storeInstallation: (installation) => installations.save(readInstallation(installation)),
    fetchInstallation: async ({ teamId }) => {
      const install = teamId === undefined ? null : await installations.load(teamId)
      if (install === null) throw new Error('not installed there')
      return toBolt(install)
    },
    deleteInstallation: async ({ teamId }) => {
      if (teamId !== undefined) await installations.remove(teamId)
    },
  }
}

/** Throws where an organization installs, or no bot comes with it: neither is of use here. */
function readInstallation({ team, bot }: Installation): SlackInstall {
  if (team === undefined || bot === undefined)
    throw new Error('only one workspace at a time can install this app')
  return {
    ...{ team: team.id, teamName: team.name ?? team.id },
    ...{ botToken: bot.token, botId: bot.id, botUserId: bot.userId, scopes: bot.scopes },
  }
}

function toBolt({
  team,
  teamName,
  botToken,
  botId,
  botUserId,
  scopes,
}: SlackInstall): Installation<'v2', false> {
  return {
    team: { id: team, name: teamName },
    enterprise: undefined,
    user: { token: undefined, scopes: undefined, id: '' },
    bot: { token: botToken, id: botId, userId: botUserId, scopes: [...scopes] },
    isEnterpriseInstall: false,
    authVersion: 'v2',
  }
}
