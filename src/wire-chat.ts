import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { botIdOf } from './adapters/discord/bot-directory.ts'
import type { Fetcher } from './adapters/fetch/http-fetcher.ts'
import type { Store } from './adapters/storage/open-store.ts'
import { createCommandDesk } from './app/answer-command.ts'
import type { DigestSender } from './app/commands/command-family.ts'
import type { Courtesy } from './app/courtesy.ts'
import type { ShardOption } from './cli/run-command.ts'
import { TenantBots } from './app/tenant-bots.ts'
import type { ChatPlatform, CommandDesk, PrivateNote } from './app/ports/chat.ts'
import type { OutcomeLog } from './app/ports/outcome-log.ts'
import type { PageReader } from './app/ports/page-reader.ts'
import type { Publisher } from './app/ports/publisher.ts'
import type { Server } from './app/run-service.ts'
import { FollowTeller, serveFollowers } from './app/tell-followers.ts'
import type { Environment } from './config/load-settings.ts'
import type { Settings } from './config/settings.ts'

/** A chat platform from both sides: digests go out, questions come in. */
export interface ChatSide {
  readonly publisher: Publisher
  readonly chat: ChatPlatform
  /** Answers requests of the platform that another server hands on; `false` where one is none of its own. */
  readonly handle?: (request: IncomingMessage, response: ServerResponse) => boolean
}

/** The platforms that the environment has tokens for, and what is wrong with the rest. */
export interface OpenedChats {
  readonly sides: readonly ChatSide[]
  readonly problems: readonly string[]
}

/** What opening the platforms needs. */
export interface OpenChatsInput {
  readonly store: Store
  readonly log: OutcomeLog
  readonly nowMs: () => number
  /** The part of the Discord servers; `null` for all. */
  readonly shard: ShardOption | null
  /** A server of pages runs in this process and hands requests on: no port of their own is opened for them. */
  readonly hasPages: boolean
}

/** What the desk and the followers need of the house. */
export interface ChatHouse {
  readonly env: Environment
  readonly store: Store
  readonly sender: DigestSender
  readonly fetcher: () => Fetcher
  readonly pages: PageReader
  readonly log: OutcomeLog
  readonly nowMs: () => number
  /** Other work of the process stands back for answers. */
  readonly courtesy: Courtesy
  /** Where pages for browsers are, or `null`. */
  readonly publicUrl: string | null
}

/** Opens Discord and Slack where their tokens are set. Nothing connects before it serves or sends. */
export async function openChats(
  env: Environment,
  settings: Settings,
  { store, log, nowMs, shard, hasPages }: OpenChatsInput,
): Promise<OpenedChats> {
  const sides: ChatSide[] = []
  const bots = new TenantBots(store.subscriptions, nowMs)
  const problems: string[] = []
  const token = env['DISCORD_TOKEN']
  if (token) {
    const { openDiscord } = await import('./adapters/discord/open-discord.ts')
    sides.push(
      openDiscord({
        ...{ token, apiUrl: env['DISCORD_API_URL'] || null, shard, requests: store.requests, log, nowMs },
        bots: { isOfOther: (tenant) => isOfOtherBot(env, bots, tenant) },
      }),
    )
  }
  const { slackModeOf } = await import('./config/slack-mode.ts')
  const mode = slackModeOf(env, settings)
  if (mode.kind === 'problem') problems.push(mode.problem)
  else if (mode.kind !== 'none') {
    const { openSlack } = await import('./adapters/slack/open-slack.ts')
    sides.push(
      openSlack({
        mode: mode.kind === 'socket' ? mode : { ...mode, listen: hasPages ? null : mode.listen },
        ...{ apiUrl: env['SLACK_API_URL'] || null, log, nowMs },
        ...{ store: store.subscriptions, requests: store.requests },
      }),
    )
  }
  return { sides, problems }
}

/** The bot of Discord that this process is, where it is one. */
export function discordBotOf(env: Environment): string | null {
  return botIdOf(env['DISCORD_TOKEN'] ?? '')
}

async function isOfOtherBot(env: Environment, bots: TenantBots, tenant: string | null): Promise<boolean> {
  const bot = discordBotOf(env)
  if (bot === null) return false
  return tenant === null ? bots.hasOthers(bot) : bots.isOfOther(tenant, bot)
}

/** The desk for all platforms, with everything that it needs of them. */
export function openDesk(sides: readonly ChatSide[], house: ChatHouse): CommandDesk {
  const { store, sender, fetcher, pages, log, nowMs, courtesy, publicUrl } = house
  const chats = new Map(sides.map(({ chat }) => [chat.platform, chat]))
  const desk = createCommandDesk({
    ...{ ...store, people: store.subscriptions, sender, reader: pages, nowMs, publicUrl },
    web: { fetchFeed: (request) => fetcher().fetchFeed(request) },
    pages: { fetchPage: (request) => fetcher().fetchPage(request) },
    newId: randomUUID,
    tell: (note) => tell(chats, note),
    channelProblem: async (platform, tenant, channel) =>
      (await chats.get(platform)?.channelProblem?.(tenant, channel)) ?? null,
    channelName: async (platform, tenant, channel) =>
      (await chats.get(platform)?.channelName?.(tenant, channel)) ?? null,
    enterChannel: async (platform, tenant, channel) =>
      (await chats.get(platform)?.enterChannel?.(tenant, channel)) ?? null,
    openThread: async (platform, tenant, channel, title) =>
      (await chats.get(platform)?.openThread?.(tenant, channel, title)) ?? null,
    onFailure: failureLog(log),
  })
  return {
    ...desk,
    answer: (request, signal) => courtesy.attend(() => desk.answer(request, signal)),
    complete: (request) => courtesy.attend(() => desk.complete(request)),
  }
}

/** Platforms and the teller of followers as servers of the gateway role. */
export function chatServers(sides: readonly ChatSide[], desk: CommandDesk, house: ChatHouse): Server[] {
  if (sides.length === 0) return []
  const chats = new Map(sides.map(({ chat }) => [chat.platform, chat]))
  const bots = new TenantBots(house.store.subscriptions, house.nowMs)
  const teller = new FollowTeller({
    ...{ ...house.store, nowMs: house.nowMs, onFailure: failureLog(house.log) },
    isElsewhere: async (platform, tenant) =>
      platform === 'discord' && (await isOfOtherBot(house.env, bots, tenant)),
    tell: (note) => tell(chats, note),
  })
  return [
    ...sides.map(({ chat }): Server => ({
      role: 'gateway',
      name: chat.platform,
      serve: (stop) => chat.serve(desk, stop),
    })),
    {
      role: 'gateway',
      name: 'followers',
      serve: (stop) => serveFollowers(teller, { stop, pause, log: house.log }),
    },
  ]
}

async function pause(ms: number, stop: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal: stop }).catch(() => undefined)
}

function tell(
  chats: ReadonlyMap<string, ChatPlatform>,
  note: PrivateNote,
): Promise<'told' | 'closed' | 'failed'> {
  return chats.get(note.platform)?.tell(note) ?? Promise.resolve('failed')
}

function failureLog(log: OutcomeLog): (error: unknown, what: string) => void {
  return (error, what) => {
    const problem = error instanceof Error ? error.message : String(error)
    log({ level: 'error', what: 'command-failed', facts: { command: what, problem } })
  }
}
